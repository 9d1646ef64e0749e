/** SIGBUS: mmap-mmap lives through its own, and leaves every other to whoever had it before. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readlinkSync, truncateSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addon, error, liarsFile, openFile, Scratch, underWay, value } from './addon.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

const request = (bufferBytes: number) =>
  ({
    mode: 'mmap-mmap',
    destination: { kind: 'file', directory: scratch.directory },
    bufferBytes,
    verify: false,
  }) as const;

describe('a file cut while mmap-mmap copies it', () => {
  test.each([1, 4096, 65_537, 64 * MIB, GIB])('as a source is SIGBUS, with a buffer of %i', async (bufferBytes) => {
    const file = scratch.sparse('cut', 64 * GIB);
    const source = await openFile(file);
    const running = addon.startTransfer(source, request(bufferBytes));
    await underWay(running);
    truncateSync(file, 100);
    expect(error(await running.done)).toEqual({
      code: 'SIGBUS',
      call: 'memcpy',
      message: 'The source was cut short while it was mapped, and reading behind its end raised SIGBUS.',
      path: file,
    });
    source.close();
  });

  test('as a destination is SIGBUS with its folder', async () => {
    const source = await openFile(scratch.sparse('whole', 64 * GIB));
    const running = addon.startTransfer(source, request(65_536));
    await underWay(running);
    // The copy has no name, but a descriptor.
    for (const fd of readdirSync('/proc/self/fd')) {
      if (isCopy(`/proc/self/fd/${fd}`)) truncateSync(`/proc/self/fd/${fd}`, 0);
    }
    expect(error(await running.done)).toMatchObject({ code: 'SIGBUS', call: 'memcpy', path: scratch.directory });
    source.close();
  });

  test('is an error of that transfer, and of no other at the same time', async () => {
    const cut = scratch.sparse('cut', 64 * GIB);
    const kept = await openFile(scratch.write('kept', Buffer.alloc(32 * MIB, 'kept')));
    const doomed = await Promise.all([1, 2, 3, 4].map(() => openFile(cut)));
    const failing = doomed.map((source) => addon.startTransfer(source, request(4096)));
    for (const running of failing) await underWay(running);
    const living = [1, 2, 3, 4].map(() => addon.startTransfer(kept, { ...request(4096), verify: true }));
    truncateSync(cut, 0);
    for (const running of failing) expect(error(await running.done).code).toBe('SIGBUS');
    for (const running of living) expect(value(await running.done).verification).toMatchObject({ ok: true });
    for (const source of [...doomed, kept]) source.close();
  });
});

function isCopy(link: string): boolean {
  try {
    const target = readlinkSync(link);
    return target.startsWith(scratch.directory) && target.endsWith('(deleted)');
  } catch {
    return false; // the descriptor readdir itself had open
  }
}

describe('any other SIGBUS', () => {
  /** A program that lets modes run one after the other, and then `then`. */
  function program(modes: readonly string[], then = ''): string {
    const file = scratch.write('small', Buffer.alloc(10_000));
    return `
      const addon = require(${JSON.stringify(liarsFile)});
      const run = async () => {
        const { value: source } = await addon.openSource({ kind: 'file', path: ${JSON.stringify(file)} });
        for (const mode of ${JSON.stringify(modes)}) {
          await addon.startTransfer(source, { ...${JSON.stringify(request(4096))}, mode }).done;
        }
        ${then}
      };
      run().then(() => console.log('alive'));`;
  }

  function ending(script: string): { signal: string | null; stdout: string } {
    const { signal, stdout } = spawnSync(process.execPath, ['-e', script], {
      cwd: scratch.directory,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { signal, stdout };
  }

  const killed = { signal: 'SIGBUS', stdout: '' };
  const sent = `process.kill(process.pid, 'SIGBUS'); await new Promise((resolve) => setTimeout(resolve, 0));`;

  test('kills the process, as it would have', () => {
    expect(ending(program(['mmap-mmap', 'test-bus-unguarded']))).toEqual(killed);
    expect(ending(program(['mmap-mmap', 'test-bus-on-another-thread']))).toEqual(killed);
    expect(ending(program(['mmap-mmap'], sent))).toEqual(killed);
  });

  test('goes to the handler that was there before', () => {
    const handled = { signal: null, stdout: 'handled' };
    expect(ending(program(['test-bus-others-handle', 'mmap-mmap', 'test-bus-unguarded']))).toEqual(handled);
  });

  test('that was ignored before is ignored when it was sent, and kills when it is a fault', () => {
    const before = ['test-bus-others-ignore', 'mmap-mmap'];
    expect(ending(program(before, sent))).toEqual({ signal: null, stdout: 'alive\n' });
    expect(ending(program([...before, 'test-bus-unguarded']))).toEqual(killed);
  });

  test('kills, and does not crash, when the worker that had the addon is gone', () => {
    const worker = JSON.stringify(program(['mmap-mmap']));
    const script = `
      const { Worker } = require('node:worker_threads');
      new Worker(${worker}, { eval: true }).once('exit', () => process.kill(process.pid, 'SIGBUS'));
      setTimeout(() => {}, 60_000);`;
    expect(ending(script)).toEqual({ signal: 'SIGBUS', stdout: 'alive\n' });
  });
});
