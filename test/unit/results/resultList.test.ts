/** The results in folders, and that a file is read again only when it changed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeResult } from '../../../src/lab/resultFile.ts';
import type { ListedResult } from '../../../src/lab/resultList.ts';
import { ResultList } from '../../../src/lab/resultList.ts';
import { aCompleteResult, temporaryFolder } from '../fixtures.ts';

function labels(listed: readonly ListedResult[]): Readonly<Record<string, string | null>> {
  const entries = listed.map(({ file, head }) => [
    path.basename(file),
    head.ok ? head.value.label : `problem: ${head.problem.code}`,
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, string | null>>;
}

function write(folder: string, name: string, label: string): string {
  const file = path.join(folder, name);
  writeResult(file, { ...aCompleteResult(), label });
  return file;
}

test('are those that end like results; nothing else is touched', async () => {
  const folder = temporaryFolder();
  write(folder, 'a.zcresult.json', 'A');
  write(folder, '.draft.zcresult.json', 'draft');
  write(folder, 'other.json', 'other');
  mkdirSync(path.join(folder, 'folder.zcresult.json'));
  // Opening it would wait for somebody to write.
  execFileSync('mkfifo', [path.join(folder, 'pipe.zcresult.json')]);
  writeFileSync(path.join(folder, 'bad.zcresult.json'), '{');
  const listed = await new ResultList().inFolders([folder, path.join(folder, 'none')]);
  expect(labels(listed)).toEqual({ 'a.zcresult.json': 'A', 'bad.zcresult.json': 'problem: unreadable-result' });
});

test('follow what happens to the files', async () => {
  const [folder, second] = [temporaryFolder(), temporaryFolder()];
  const list = new ResultList();
  const now = async () => labels(await list.inFolders([folder, second]));
  expect(await now()).toEqual({});
  const a = write(folder, 'a.zcresult.json', 'A');
  write(second, 'b.zcresult.json', 'B');
  expect(await now()).toEqual({ 'a.zcresult.json': 'A', 'b.zcresult.json': 'B' });
  write(folder, 'a.zcresult.json', 'A, changed');
  renameSync(path.join(second, 'b.zcresult.json'), path.join(second, 'c.zcresult.json'));
  expect(await now()).toEqual({ 'a.zcresult.json': 'A, changed', 'c.zcresult.json': 'B' });
  rmSync(a);
  expect(await now()).toEqual({ 'c.zcresult.json': 'B' });
});

test('are read again only when time or size of the file changed', async () => {
  const folder = temporaryFolder();
  const file = write(folder, 'a.zcresult.json', 'one');
  const then = new Date(2026, 0, 1);
  utimesSync(file, then, then);
  const list = new ResultList();
  const [before] = await list.inFolders([folder]);
  // The same size and the same time: what nobody could tell is not looked at.
  write(folder, 'a.zcresult.json', 'two');
  utimesSync(file, then, then);
  expect(labels(await list.inFolders([folder]))).toEqual({ 'a.zcresult.json': 'one' });
  expect((await list.inFolders([folder]))[0]?.head).toBe(before?.head);
  utimesSync(file, then, new Date(2026, 0, 2));
  expect(labels(await list.inFolders([folder]))).toEqual({ 'a.zcresult.json': 'two' });
});

test('of many files are all there, each once', async () => {
  const folder = temporaryFolder();
  const names = Array.from({ length: 100 }, (_, index) => `${index}.zcresult.json`);
  for (const name of names) write(folder, name, name);
  const listed = await new ResultList().inFolders([folder]);
  expect(listed.map(({ file }) => path.basename(file)).sort()).toEqual([...names].sort());
});
