/** 64 streams of 1 GiB each: they arrive, and hold no more than their buffers. */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NativeSource } from '../../native/addon.d.ts';
import { addon, everyWay, holdings, openFile, Scratch, value } from '../native/addon.ts';
import { skipWhereRefused } from '../native/trial.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const STREAMS = 64;
const BUFFER_BYTES = 64 * 1024;
const QUEUE_DEPTH = 4;
/** What each end of a stream may hold: buffers of a ring, and the stacks of its threads as far as they are touched. */
const MOST_BYTES_EACH = (QUEUE_DEPTH + 1) * BUFFER_BYTES + 256 * 1024;
/** Node's own heap breathes; a leak of one page per MiB moved would be 256 MiB. */
const MOST_GROWTH_BYTES = 8 * MIB;
const LOOK_MS = 200;

const scratch = new Scratch();
let small: NativeSource;
let large: NativeSource;
beforeAll(async () => {
  small = await openFile(scratch.sparse('small', STREAMS * MIB));
  large = await openFile(scratch.sparse('large', STREAMS * GIB));
});
afterAll(() => {
  small.close();
  large.close();
  scratch.remove();
});

test.for(everyWay().filter(({ path, mode }) => path === 'file-to-socket' && mode !== 'direct-msg-zerocopy'))(
  `$mode: ${STREAMS} streams of 1 GiB neither fail nor grow`,
  async (way, context) => {
    await skipWhereRefused(context, way, scratch);
    await move(small, way.mode); // what is made once is made
    const before = { ...holdings(scratch.directory), memory: anonymousBytes() };
    const peak = await move(large, way.mode);
    const after = { ...holdings(scratch.directory), memory: anonymousBytes() };
    expect(after.descriptors).toEqual(before.descriptors);
    expect(after.threads).toBe(before.threads);
    expect(after.memory - before.memory).toBeLessThan(MOST_GROWTH_BYTES);
    expect(peak - before.memory).toBeLessThan(2 * STREAMS * MOST_BYTES_EACH);
  },
);

/** @returns the most memory of its own that this process had meanwhile */
async function move(source: NativeSource, mode: string): Promise<number> {
  const running = addon.startTransfer(source, {
    mode,
    destination: { kind: 'socket', receiver: 'discard', receiverBufferBytes: BUFFER_BYTES },
    bufferBytes: BUFFER_BYTES,
    options: { queueDepth: QUEUE_DEPTH },
    streams: STREAMS,
    verify: false,
  });
  let over = false;
  void running.done.then(() => {
    over = true;
  });
  let peak = 0;
  while (!over) {
    peak = Math.max(peak, anonymousBytes());
    await Promise.race([running.done, setTimeout(LOOK_MS)]);
  }
  const measured = value(await running.done);
  expect(measured.streams?.map(({ bytes }) => bytes)).toEqual(Array(STREAMS).fill(source.bytes / STREAMS));
  return peak;
}

function anonymousBytes(): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
