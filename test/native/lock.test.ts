import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { skip } from '../skip.ts';
import { addon, addonFile, error, Scratch, value } from './addon.ts';

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

/** Another process that holds the lock until it is killed. */
async function holder(file: string, note: string): Promise<ChildProcess> {
  const script = `
    const { lockFile } = require(${JSON.stringify(addonFile)});
    globalThis.lock = lockFile(${JSON.stringify(file)}, ${JSON.stringify(note)});
    console.log(globalThis.lock.ok);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(line.toString()).toBe('true\n');
  return child;
}

test('is held by one process at a time, which says who it is, and ends with it', async () => {
  const file = scratch.file('host.lock');
  expect(value(addon.isLocked(file))).toBe(false);
  const other = await holder(file, 'process 1: “run”');
  expect(value(addon.isLocked(file))).toBe(true);
  expect(error(addon.lockFile(file, 'us'))).toEqual({
    code: 'EWOULDBLOCK',
    call: 'flock',
    message: 'process 1: “run”',
    path: file,
  });
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(value(addon.isLocked(file))).toBe(false);
  const lock = value(addon.lockFile(file, 'us'));
  expect(error(addon.lockFile(file, 'us again')).message).toBe('us');
  lock.release();
  lock.release();
  expect(value(addon.isLocked(file))).toBe(false);
  value(addon.lockFile(file, '')).release();
});

test('can be asked for by everybody, whatever the umask', () => {
  const before = process.umask(0o077);
  const file = scratch.file('umask.lock');
  value(addon.lockFile(file, 'note')).release();
  process.umask(before);
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('follows no link, and takes no folder and no file of another user', (context) => {
  const link = scratch.file('link.lock');
  symlinkSync(scratch.file('victim'), link);
  expect(error(addon.lockFile(link, 'note'))).toMatchObject({ code: 'ELOOP', path: link });
  expect(error(addon.isLocked(link))).toMatchObject({ code: 'ELOOP', path: link });
  const folder = scratch.file('folder.lock');
  mkdirSync(folder);
  expect(error(addon.lockFile(folder, 'note'))).toMatchObject({ code: 'EISDIR', path: folder });
  if (process.getuid?.() !== 0) skip(context, 'the rest needs root, to give a file away');
  const theirs = scratch.write('theirs.lock', Buffer.from('note of theirs'));
  chownSync(theirs, 65_534, 65_534);
  chmodSync(theirs, 0o666);
  expect(error(addon.lockFile(theirs, 'note'))).toMatchObject({ code: 'EPERM', path: theirs });
  expect(value(addon.isLocked(theirs))).toBe(false);
});

test('takes strings only', () => {
  expect(error(addon.lockFile(7 as unknown as string, 'note')).code).toBe('BAD_ARGUMENT');
  expect(error(addon.lockFile(scratch.file('x'), 7 as unknown as string)).code).toBe('BAD_ARGUMENT');
  expect(error(addon.isLocked(undefined as unknown as string)).code).toBe('BAD_ARGUMENT');
});
