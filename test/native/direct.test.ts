import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NativeSource, TransferMeasurement } from '../../native/addon.d.ts';
import { addon, error, openFile, Scratch, transfer, value } from './addon.ts';
import { Filesystem } from './filesystems.ts';
import { skipWhereRefused } from './trial.ts';

const bytes = 1_000_003;

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 9 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});
beforeEach((context) => skipWhereRefused(context, { mode: 'direct', path: 'file-to-file' }, scratch));

function move(bufferBytes: number): Promise<TransferMeasurement> {
  const destination = { kind: 'file', directory: scratch.directory } as const;
  return transfer(source, { mode: 'direct', destination, bufferBytes, verify: false });
}

/** What the smallest buffer is rounded up to. */
async function alignment(): Promise<number> {
  const { observed } = await move(1);
  return observed['directBufferBytes'] ?? 1;
}

test('rounds the buffer up to whole blocks, and says so', async () => {
  const block = await alignment();
  expect(Math.log2(block) % 1).toBe(0);
  expect(block).toBeGreaterThanOrEqual(512);
  for (const [wanted, given] of [
    [block + 1, 2 * block],
    [16 * block - 1, 16 * block],
    [16 * block, undefined],
  ] as const) {
    expect((await move(wanted)).observed['directBufferBytes']).toBe(given);
  }
});

test('moves the end that is no whole block through the page cache, and says so', async () => {
  const block = await alignment();
  const measured = await move(16 * block);
  expect(measured.observed).toEqual({ bufferedTailBytes: bytes % block });
  const reads = Math.ceil(bytes / (16 * block));
  expect(measured.sender.calls).toEqual({ read: reads, write: reads, pwrite: 1 });

  const aligned = await openFile(scratch.write('aligned', Buffer.alloc(64 * block, 'aligned')));
  const destination = { kind: 'file', directory: scratch.directory } as const;
  const whole = await transfer(aligned, { mode: 'direct', destination, bufferBytes: 16 * block, verify: true });
  expect(whole.observed).toEqual({});
  expect(whole.sender.calls).toEqual({ read: 4, write: 4 });
  aligned.close();
});

test('leaves nothing of the source in the page cache', async () => {
  expect(value(await source.drop())).toBeNull();
  await move(65_536);
  expect(value(source.residency())).toBe(0);
});

test('is refused in plain words on a filesystem in memory, on either side', async (context) => {
  const memory = new Filesystem('tmpfs', scratch);
  try {
    const directory = memory.folder(context);
    const destination = { kind: 'file', directory } as const;
    const request = { mode: 'direct', destination, bufferBytes: 4096, verify: false } as const;
    const refusal = {
      code: 'EOPNOTSUPP',
      call: 'open',
      message: 'This filesystem keeps files in memory, where O_DIRECT cannot go around the page cache.',
      path: directory,
    };
    expect(error(await addon.startTransfer(source, request).done)).toEqual(refusal);
    const inMemory = value(await addon.openSource({ kind: 'generated', directory, bytes, seed: 9 }));
    const back = { ...request, destination: { kind: 'file', directory: scratch.directory } } as const;
    expect(error(await addon.startTransfer(inMemory, back).done)).toEqual(refusal);
    inMemory.close();
  } finally {
    memory.remove();
  }
});
