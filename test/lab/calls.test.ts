/** The flows against the machine: the calls computed from the steps are the calls the transfers counted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NativeAddon, NativeSource } from '../../native/addon.d.ts';
import { loadAddon } from '../../src/lab/addon.ts';
import { countsForTransfer } from '../../src/model/flow.ts';
import { transferShape } from '../../src/model/modes/calls.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import { factsFor } from '../facts.ts';
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

async function withSource(bytes: number, use: (source: NativeSource) => Promise<void>): Promise<void> {
  const source = await addon.openSource({ kind: 'generated', directory, bytes, seed: 1 });
  if (!source.ok) throw new Error(source.error.message);
  try {
    await use(source.value);
  } finally {
    source.value.close();
  }
}

const ways = modeDescriptors().flatMap((mode) => mode.paths.map((to) => ({ mode, to, name: `${mode.id}, ${to}` })));

describe.each(ways)('$name', ({ mode, to }) => {
  async function expectCallsAsComputed(bytes: number, bufferBytes: number, receiverBufferBytes: number): Promise<void> {
    await withSource(bytes, async (source) => {
      const destination =
        to === 'file-to-file'
          ? ({ kind: 'file', directory } as const)
          : ({ kind: 'socket', receiverBufferBytes } as const);
      const moved = await addon.startTransfer(source, { mode: mode.id, destination, bufferBytes, verify: false }).done;
      if (!moved.ok) throw new Error(moved.error.message);
      const shape = transferShape(mode, { bufferBytes }, bytes);
      const { calls } = countsForTransfer(mode.here(factsFor(to)), shape);
      // A call that was never made need not be counted.
      const made = Object.entries(moved.value.sender.calls).filter(([, count]) => count > 0);
      expect(Object.fromEntries(made)).toEqual(calls);
      expect(moved.value.bytes).toBe(bytes);
    });
  }

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
        expectCallsAsComputed(bytes, bufferBytes, receiverBufferBytes),
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
    await expectCallsAsComputed(bytes, bufferBytes, 65_536);
  });
});
