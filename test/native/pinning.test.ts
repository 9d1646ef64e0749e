import { readdirSync, readFileSync } from 'node:fs';
import { release as kernelRelease } from 'node:os';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { NativeSource, NativeTransfer } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, destinations, error, everyWay, exchangeModes, Scratch, underWay, value } from './addon.ts';
import { skipWhereRefused } from './trial.ts';

let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: 2 ** 20, seed: 1 }));
});
afterAll(() => {
  source.close();
  scratch.remove();
});

/** The CPUs a thread or a process may run on, as a list of ranges. */
function allowed(task: string): string {
  const [, list] = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync(`${task}/status`, 'utf8')) ?? [];
  if (list === undefined) throw new Error(`no CPUs in ${task}/status`);
  return list;
}

const all = allowed('/proc/self');
const cpus = all.split(',').flatMap((range) => {
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
});

/** The kernel's release: 602 is 6.2. */
function release(): number {
  const [major = 0, minor = 0] = kernelRelease().split('.').map(Number);
  return major * 100 + minor;
}

/** Two CPUs that this process may use. */
function two(context: TestContext): { senderCpu: number; receiverCpu: number } {
  const [receiverCpu, senderCpu] = cpus;
  if (receiverCpu === undefined || senderCpu === undefined) return skip(context, 'needs two CPUs');
  return { senderCpu, receiverCpu };
}

/** CPUs of what a transfer has started: threads of ours by what they are for, and processes below us. */
async function placesOf(
  start: () => NativeTransfer,
): Promise<{ own: string[]; workers: string[]; consumers: string[] }> {
  const before = new Set(readdirSync('/proc/self/task'));
  const running = start();
  await underWay(running);
  const nameOf = (thread: string) => readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim();
  const threads = readdirSync('/proc/self/task').filter(
    (thread) => !before.has(thread) && nameOf(thread) !== 'zcl-intervals',
  );
  const isWorker = (thread: string) => nameOf(thread).startsWith('iou-wrk');
  const consumers = threads.flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter((pid) => pid !== ''),
  );
  const places = {
    own: threads.filter((thread) => !isWorker(thread)).map((thread) => allowed(`/proc/self/task/${thread}`)),
    workers: threads.filter(isWorker).map((thread) => allowed(`/proc/self/task/${thread}`)),
    consumers: consumers.map((pid) => allowed(`/proc/${pid}`)),
  };
  running.cancel();
  await running.done;
  return { ...places, own: places.own.sort() };
}

// A pace keeps a transfer in its middle until it has been looked at; reflink has none.
const slow = { bytesPerSecond: 10_000, options: { queueDepth: 1 } };

describe.each(everyWay().filter(({ mode }) => mode !== 'reflink'))('$mode, $path', (way) => {
  test('sender and receiver run where they are to, and elsewhere unless they are to', async (context) => {
    await skipWhereRefused(context, way, scratch);
    const { senderCpu, receiverCpu } = two(context);
    const destination = destinations(scratch.directory)[way.path];
    if (destination === undefined) throw new Error(way.path);
    const request = { mode: way.mode, destination, bufferBytes: 4096, verify: false, ...slow };
    const received = (place: string) => (way.path === 'file-to-socket' ? [place] : []);

    const both = await placesOf(() => addon.startTransfer(source, { ...request, senderCpu, receiverCpu }));
    expect(both.own).toEqual([String(senderCpu), ...received(String(receiverCpu))].sort());
    const one = await placesOf(() => addon.startTransfer(source, { ...request, senderCpu }));
    expect(one.own).toEqual([String(senderCpu), ...received(all)].sort());
    const none = await placesOf(() => addon.startTransfer(source, request));
    expect(none.own).toEqual([all, ...received(all)]);
    // Workers of io_uring keep to what their thread asked for since Linux 6.2 (kernel/sched/core.c,
    // __set_cpus_allowed_ptr: user_cpus_ptr); before that they may run wherever the process may.
    const place = release() < 602 ? all : String(senderCpu);
    expect(both.workers.concat(one.workers).filter((each) => each !== place)).toEqual([]);
  });
});

describe.each(exchangeModes)('%s', (mode) => {
  test('producer and consumer run where they are to, and elsewhere unless they are to', async (context) => {
    const { senderCpu, receiverCpu } = two(context);
    const request = { mode, bytes: 2 ** 20, seed: 1, bufferBytes: 4096, verify: false, ...slow };
    const start = (peer: 'thread' | 'process', where: object) => () =>
      addon.startExchange({ ...request, peer, ...where });

    expect(await placesOf(start('thread', { senderCpu, receiverCpu }))).toMatchObject({
      own: [String(senderCpu), String(receiverCpu)].sort(),
    });
    expect((await placesOf(start('thread', { senderCpu }))).own).toEqual([String(senderCpu), all].sort());
    expect((await placesOf(start('process', { senderCpu, receiverCpu }))).consumers).toEqual([String(receiverCpu)]);
    expect((await placesOf(start('process', { senderCpu }))).consumers).toEqual([all]);
  });
});

describe('a CPU that does not exist', () => {
  const nowhere = { code: 'EINVAL', call: 'sched_setaffinity' };

  test.each([8191, 8192, 2 ** 32, 2 ** 40])('is an error: %i', async (cpu) => {
    const destination = { kind: 'socket', receiverBufferBytes: 4096 } as const;
    const request = { mode: 'sendfile', destination, bufferBytes: 4096, verify: false };
    expect(error(await addon.startTransfer(source, { ...request, senderCpu: cpu }).done)).toMatchObject(nowhere);
    expect(error(await addon.startTransfer(source, { ...request, receiverCpu: cpu }).done)).toMatchObject(nowhere);
    for (const peer of ['thread', 'process'] as const) {
      const exchange = { mode: 'pipe', bytes: 1, seed: 1, bufferBytes: 1, peer, verify: false };
      expect(error(await addon.startExchange({ ...exchange, senderCpu: cpu }).done)).toMatchObject(nowhere);
      expect(error(await addon.startExchange({ ...exchange, receiverCpu: cpu }).done)).toMatchObject(nowhere);
    }
  });

  test.each([-1, 0.5, '0'])('is a bad argument where it is no number of one: %o', async (cpu) => {
    const destination = { kind: 'socket', receiverBufferBytes: 4096 } as const;
    const request = { mode: 'sendfile', destination, bufferBytes: 4096, verify: false };
    for (const where of [{ senderCpu: cpu as number }, { receiverCpu: cpu as number }]) {
      expect(error(await addon.startTransfer(source, { ...request, ...where }).done).code).toBe('BAD_ARGUMENT');
    }
  });
});
