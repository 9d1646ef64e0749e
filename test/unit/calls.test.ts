/** How many calls a mode makes, against loops that move bytes as the kernel lets them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TransferShape } from '../../src/model/flow.ts';
import { MAX_CALL_BYTES } from '../../src/model/flow.ts';
import type { CallSettings } from '../../src/model/modes/calls.ts';
import { callSettingsOf, transferShape } from '../../src/model/modes/calls.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { CallFit } from '../../src/model/modes/descriptor.ts';
import { aSample } from './fixtures.ts';

const PAGE = 4096;

function shape(fit: CallFit | undefined, settings: CallSettings, bytes: number): TransferShape {
  return transferShape({ chunk: 'buffer', ...(fit === undefined ? {} : { fit }) }, settings, bytes);
}

/** What goes into an empty pipe from offset `at`: a slot takes no more than the rest of a page. */
function fill(at: number, wanted: number, pipe: number): number {
  return Math.min(wanted, pipe - (at % PAGE));
}

const pipes = fc.integer({ min: 0, max: 8 }).map((power) => PAGE * 2 ** power);
/** Buffers near the size of a pipe are the hard ones. */
const cases = fc
  .record({ pipe: pipes, off: fc.integer({ min: -5000, max: 5000 }), any: fc.integer({ min: 1, max: 4e6 }) })
  .chain(({ pipe, off, any }) =>
    fc.record({
      pipe: fc.constant(pipe),
      buffer: fc.constantFrom(Math.max(1, pipe + off), any, Math.ceil(any / PAGE) * PAGE),
    }),
  )
  .chain(({ pipe, buffer }) =>
    fc.record({
      pipe: fc.constant(pipe),
      buffer: fc.constant(buffer),
      bytes: fc.integer({ min: 0, max: Math.min(30 * buffer, 4e6) }),
    }),
  );

/** An exact number is met; a bound is not passed, and is not there without need. */
function expectMet(counted: number, { calls, callsAtMost }: TransferShape): void {
  if (callsAtMost) expect(counted).toBeLessThanOrEqual(calls);
  else expect(counted).toBe(calls);
}

describe('calls of a transfer', () => {
  test('of a plain buffer: one for each, as far as a call goes', () => {
    expect(shape(undefined, { bufferBytes: 65536 }, 65537)).toEqual({ bytes: 65537, calls: 2, callsAtMost: false });
    expect(shape(undefined, { bufferBytes: 2 ** 40 }, MAX_CALL_BYTES + 1).calls).toBe(2);
    expect(shape(undefined, { bufferBytes: 1 }, 0).calls).toBe(0);
  });

  test('of a mode that moves all it can: one per 2 GiB less a page', () => {
    expect(MAX_CALL_BYTES).toBe(0x7ffff000);
    for (const mode of modeDescriptors().filter(({ chunk }) => chunk === 'whole')) {
      expect(transferShape(mode, { bufferBytes: null }, 2 ** 31).calls, mode.id).toBe(2);
      expect(transferShape(mode, { bufferBytes: 4096 }, 2 ** 20).calls, mode.id).toBe(1);
    }
  });

  test('of O_DIRECT: the buffer as it was rounded up, else to pages', () => {
    expect(shape('blocks', { bufferBytes: 100 }, 8193).calls).toBe(3);
    expect(shape('blocks', { bufferBytes: 100, directBufferBytes: 512 }, 8193).calls).toBe(17);
  });

  test('through a pipe that is emptied every time', () => {
    fc.assert(
      fc.property(cases, ({ pipe, buffer, bytes }) => {
        let counted = 0;
        for (let at = 0; at < bytes; counted++) at += fill(at, Math.min(buffer, bytes - at), pipe);
        expectMet(counted, shape('pipe', { bufferBytes: buffer, pipeBytes: pipe }, bytes));
      }),
      { numRuns: 1000 },
    );
  });

  test('through such a pipe buffer by buffer, out of a ring of them', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 9 }), ({ pipe, buffer, bytes }, buffers) => {
        let counted = 0;
        for (let at = 0; at < bytes; at += buffer) {
          const chunk = Math.min(buffer, bytes - at);
          const offset = at % (buffer * buffers);
          for (let done = 0; done < chunk; counted++) done += fill(offset + done, chunk - done, pipe);
        }
        expectMet(counted, shape('pipe-per-buffer', { bufferBytes: buffer, pipeBytes: pipe }, bytes));
      }),
      { numRuns: 1000 },
    );
  });

  test('through a pipe that somebody else empties: whatever room there is', () => {
    const room = fc.infiniteStream(fc.integer({ min: 1, max: 16 }));
    fc.assert(
      fc.property(cases, room, ({ pipe, buffer, bytes }, slots) => {
        let counted = 0;
        for (let at = 0; at < bytes; at += buffer) {
          const chunk = Math.min(buffer, bytes - at);
          const offset = at % (buffer * 3);
          for (let done = 0; done < chunk; counted++) {
            done += fill(offset + done, chunk - done, PAGE * (slots.next().value as number));
          }
        }
        expectMet(counted, shape('slots', { bufferBytes: buffer, pipeBytes: pipe }, bytes));
      }),
      { numRuns: 1000 },
    );
  });

  test('a bound is given only where there is no telling', () => {
    expect(shape('pipe', { bufferBytes: 65536 }, 1e6).callsAtMost).toBe(false);
    expect(shape('pipe', { bufferBytes: 300_000 }, 1e6).callsAtMost).toBe(false);
    expect(shape('pipe', { bufferBytes: 65535 }, 1e6).callsAtMost).toBe(true);
    expect(shape('pipe-per-buffer', { bufferBytes: 2 ** 21 }, 1e7).callsAtMost).toBe(false);
    expect(shape('slots', { bufferBytes: 4096 }, 1e6).callsAtMost).toBe(false);
    expect(shape('slots', { bufferBytes: 65536 }, 1e6).callsAtMost).toBe(true);
  });

  test('pipes, slots and blocks bound the calls of these modes, and of no others', () => {
    const fits = modeDescriptors().flatMap(({ id, fit }) => (fit === undefined ? [] : [[id, fit]]));
    expect(Object.fromEntries(fits)).toEqual({
      splice: 'pipe',
      'io-uring-splice': 'pipe',
      'unix-splice': 'pipe-per-buffer',
      'vmsplice-splice': 'pipe-per-buffer',
      vmsplice: 'slots',
      direct: 'blocks',
      'io-uring-direct': 'blocks',
      'direct-msg-zerocopy': 'blocks',
    });
  });

  test('a pipe is as large as the buffer, from 64 KiB to 1 MiB, and a power of two of pages', () => {
    const calls = (bufferBytes: number, pipeBytes?: number) =>
      shape('pipe', { bufferBytes, ...(pipeBytes === undefined ? {} : { pipeBytes }) }, 2 ** 24).calls;
    expect(calls(4096)).toBe(2 ** 12);
    expect(calls(2 ** 20)).toBe(16);
    expect(calls(2 ** 22)).toBe(16);
    expect(calls(2 ** 22, 2 ** 21)).toBe(8);
    expect(calls(2 ** 22, 1)).toBe(2 ** 12);
    expect(calls(2 ** 22, 70_000)).toBe(2 ** 7);
  });
});

describe('the settings of a case', () => {
  const one = { bufferBytes: 1000, options: { pipeBytes: 65536 }, samples: [] };

  test('are those asked for, until a transfer has shown what it got', () => {
    expect(callSettingsOf(one)).toEqual({ bufferBytes: 1000, pipeBytes: 65536 });
    const observed = { pipeBytes: 8192, directBufferBytes: 1024 };
    expect(callSettingsOf({ ...one, samples: [aSample(1, { observed })] })).toEqual({ bufferBytes: 1000, ...observed });
  });

  test('have the buffer as it is where a transfer rounded nothing', () => {
    expect(callSettingsOf({ ...one, options: {}, samples: [aSample(1)] })).toEqual({
      bufferBytes: 1000,
      directBufferBytes: 1000,
    });
  });

  test('have no buffer in a mode that moves all it can', () => {
    expect(callSettingsOf({ bufferBytes: null, options: {}, samples: [aSample(1)] })).toEqual({ bufferBytes: null });
  });
});
