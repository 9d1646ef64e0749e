/** The flows against the machine: the calls computed from the steps are the calls the transfers counted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NativeAddon, Outcome, TransferMeasurement } from '../../native/addon.d.ts';
import { loadAddon } from '../../src/lab/addon.ts';
import { countsForTransfer, PAGE_BYTES } from '../../src/model/flow.ts';
import { transferShape } from '../../src/model/modes/calls.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { factsFor } from '../facts.ts';
import { skip } from '../skip.ts';
import { ROOT } from './lab.ts';

let addon: NativeAddon;
let directory: string;

beforeAll(() => {
  const loaded = loadAddon(ROOT);
  if (!loaded.ok) throw new Error(loaded.problem.message);
  addon = loaded.value;
  directory = mkdtempSync(path.join(tmpdir(), 'zcl-calls-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Way {
  readonly mode: ModeDescriptor;
  readonly path: PathId;
}

interface Size {
  readonly bytes: number;
  readonly bufferBytes: number;
  readonly receiverBufferBytes?: number;
  readonly durable?: boolean;
}

const ways = modeDescriptors().flatMap((mode) =>
  mode.paths.map((path) => ({ mode, path, name: `${mode.id}, ${path}` })),
);

/** What a host, or the filesystem of temporary files, says to a mode that it does not have. */
const REFUSALS = ['EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EPERM'];

async function move({ mode, path }: Way, size: Size): Promise<Outcome<TransferMeasurement>> {
  const { bytes, bufferBytes, receiverBufferBytes = 65_536, durable = false } = size;
  if (path === 'process-to-process') {
    return addon.startExchange({ mode: mode.id, bytes, seed: 1, bufferBytes, peer: 'thread', verify: false }).done;
  }
  const source = await addon.openSource({ kind: 'generated', directory, bytes, seed: 1 });
  if (!source.ok) return source;
  try {
    const destination =
      path === 'file-to-file'
        ? ({ kind: 'file', directory } as const)
        : ({ kind: 'socket', receiverBufferBytes } as const);
    const request = { mode: mode.id, destination, bufferBytes, verify: false, ...(durable ? { durable } : {}) };
    return await addon.startTransfer(source.value, request).done;
  } finally {
    source.value.close();
  }
}

async function expectCallsAsComputed(way: Way, size: Size): Promise<void> {
  const moved = await move(way, size);
  if (!moved.ok) throw new Error(`${moved.error.code}: ${moved.error.message}`);
  const { sender, observed, bytes } = moved.value;
  expect(bytes).toBe(size.bytes);

  const { pipeBytes } = observed;
  const directBufferBytes = observed['directBufferBytes'] ?? size.bufferBytes;
  const settings = { ...size, directBufferBytes, ...(pipeBytes === undefined ? {} : { pipeBytes }) };
  const flow = way.mode.here(
    factsFor(way.path, { durable: size.durable ?? false, wholeBlocks: bytes % PAGE_BYTES === 0 }),
  );
  const { calls, callsAtMost } = countsForTransfer(flow, transferShape(way.mode, settings, bytes));
  for (const [name, count] of Object.entries(calls)) {
    const made = sender.calls[name] ?? 0;
    if (callsAtMost.includes(name)) expect(made, name).toBeLessThanOrEqual(count);
    else expect(made, name).toBe(count);
  }
  // A call that was never made need not be counted.
  const made = Object.keys(sender.calls).filter((name) => sender.calls[name] !== 0);
  expect(made.filter((name) => calls[name] === undefined)).toEqual([]);
}

describe.each(ways)('$name', (way) => {
  beforeEach(async (context) => {
    const tried = await move(way, { bytes: 8192, bufferBytes: 4096 });
    if (!tried.ok && REFUSALS.includes(tried.error.code)) skip(context, tried.error.message);
  });

  test('makes the calls its flow says, for any size and buffer', async () => {
    // At most some thousand calls each, so that small buffers meet small sources.
    const shapes = fc
      .record({ bufferBytes: fc.integer({ min: 1, max: 300_000 }), calls: fc.integer({ min: 0, max: 400 }) })
      .chain(({ bufferBytes, calls }) =>
        fc.record({
          bufferBytes: fc.constant(bufferBytes),
          bytes: fc
            .integer({ min: -1, max: 1 })
            .map((off) => Math.max(0, Math.min(bufferBytes * calls, 2 ** 21) + off)),
          receiverBufferBytes: fc.integer({ min: 512, max: 2 ** 20 }),
        }),
      );
    await fc.assert(
      fc.asyncProperty(shapes, ({ bytes, bufferBytes, receiverBufferBytes }) =>
        expectCallsAsComputed(way, { bytes, bufferBytes, receiverBufferBytes }),
      ),
      { numRuns: 60 },
    );
  });

  test.each([
    { bytes: 0, bufferBytes: 4096 },
    { bytes: 1, bufferBytes: 1 },
    { bytes: 4095, bufferBytes: 4096 },
    { bytes: 4096, bufferBytes: 4096 },
    { bytes: 4097, bufferBytes: 4096 },
    { bytes: 10_007, bufferBytes: 97 },
    { bytes: 2 ** 20, bufferBytes: 2 ** 30 },
  ])('moves $bytes bytes with a buffer of $bufferBytes in the calls of its flow', async ({ bytes, bufferBytes }) => {
    await expectCallsAsComputed(way, { bytes, bufferBytes });
  });

  if (way.path === 'file-to-file') {
    test('and with fdatasync at its end, where it is to be durable', async () => {
      for (const bytes of [1, 4097, 2 ** 20]) {
        await expectCallsAsComputed(way, { bytes, bufferBytes: 4096, durable: true });
      }
    });
  }
});
