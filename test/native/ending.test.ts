import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addon, addonFile, destinations, everyWay, holdings, openFile, Scratch, transfer } from './addon.ts';
import { skipWhereRefused, skipWithoutMiddle } from './trial.ts';

const GIB = 2 ** 30;

let scratch: Scratch;
let huge: string;
beforeAll(() => {
  scratch = new Scratch();
  huge = scratch.sparse('huge', 64 * GIB);
});
afterAll(() => scratch.remove());

/** A program that starts a transfer of 64 GiB and runs `then` when the first bytes are there. */
function program(mode: string, path: string, then: string): string {
  const destination =
    path === 'file-to-file'
      ? { kind: 'file', directory: scratch.directory }
      : { kind: 'socket', receiverBufferBytes: 4096 };
  const request = JSON.stringify({ mode, destination, bufferBytes: 65_536, verify: false });
  return `
    const addon = require(${JSON.stringify(addonFile)});
    addon.openSource({ kind: 'file', path: ${JSON.stringify(huge)} }).then(({ value: source }) => {
      const running = addon.startTransfer(source, ${request});
      source.warm();
      const look = () => {
        if (running.bytesSoFar() === 0) return setImmediate(look);
        ${then}
      };
      look();
    });`;
}

test.for(everyWay())('$mode, $path: the process may exit in the middle', async (way, context) => {
  await skipWhereRefused(context, way, scratch);
  await skipWithoutMiddle(context, way, scratch);
  const { mode, path } = way;
  for (const [then, status] of [
    ['process.exit(7)', 7],
    ['throw new Error("planted")', 1],
  ] as const) {
    const child = spawnSync(process.execPath, ['-e', program(mode, path, then)], { encoding: 'utf8', timeout: 60_000 });
    expect([child.signal, child.status]).toEqual([null, status]);
  }
});

// All processes of a user share one queue of signals, and any of them can fill it.
test('a cancel gets through where the queue of signals has no room', () => {
  const then = `
    running.done.then(({ error }) => process.exit(error?.code === 'CANCELLED' ? 7 : 1));
    running.cancel();`;
  const command = 'ulimit -i 0 && exec "$0" -e "$1"';
  const args = ['-c', command, process.execPath, program('sendfile', 'file-to-socket', then)];
  const child = spawnSync('bash', args, { encoding: 'utf8', timeout: 60_000 });
  expect([child.signal, child.status]).toEqual([null, 7]);
});

test.for(everyWay())('$mode, $path: a worker thread may be ended in the middle', async (way, context) => {
  await skipWhereRefused(context, way, scratch);
  await skipWithoutMiddle(context, way, scratch);
  const { mode, path } = way;
  const source = await openFile(scratch.write('small', Buffer.alloc(10)));
  const destination = destinations(scratch.directory)[path];
  if (destination === undefined) throw new Error(path);
  await transfer(source, { mode, destination, bufferBytes: 10, verify: false });
  source.close();
  const before = holdings(scratch.directory);
  const then = `require('node:worker_threads').parentPort.postMessage('under way'); setImmediate(look);`;
  const worker = new Worker(program(mode, path, then), { eval: true });
  await once(worker, 'message');
  await worker.terminate();
  expect(holdings(scratch.directory)).toEqual(before);
});

test('modes are sorted', () => {
  expect(addon.modes).toEqual([...addon.modes].sort());
});
