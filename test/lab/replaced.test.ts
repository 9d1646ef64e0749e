/** Names that lead elsewhere in the middle of a run: what is there is neither written, nor cut, nor deleted, and it is said. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { journalOf } from '../../src/lab/journal.ts';
import { openResult } from '../../src/lab/resultFile.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { ENDLESS, ONE_LINE, parsed, type Running, Workplace } from './lab.ts';

const PRECIOUS = 'precious\n';

/** A folder of somebody else, with something in it. */
function victimOf(place: Workplace): { readonly folder: string; expectUntouched(): void } {
  const folder = path.join(place.base, 'victim');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'file'), PRECIOUS);
  return {
    folder,
    expectUntouched: () => {
      expect(readdirSync(folder)).toEqual(['file']);
      expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe(PRECIOUS);
    },
  };
}

/** Waits for two counted rounds. */
async function wellUnderWay(place: Workplace, running: Running): Promise<void> {
  await running.until('two rounds', () => (place.lastRound() >= 2 ? true : undefined));
}

/** Puts a link to somewhere else where a folder was. @returns where the folder is now */
function replaceByLink(folder: string, target: string): string {
  const moved = `${folder}-moved`;
  renameSync(folder, moved);
  symlinkSync(target, folder);
  return moved;
}

test('the results folder becomes a link to another: the result stays in the folder it began in', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  const running = place.start([...ENDLESS, '--dir', place.folder]);
  await wellUnderWay(place, running);
  const moved = replaceByLink(place.path('.zero-copy'), victim.folder);
  running.kill('SIGINT');
  const ended = await running.ended;
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain(
    `.zero-copy was replaced during the run; nothing was written to what is there now. What was measured is in ${moved}`,
  );
  victim.expectUntouched();
  const [name = ''] = readdirSync(moved).filter((each) => each.endsWith('.zcresult.json'));
  expect(readdirSync(moved).sort()).toEqual(['.gitignore', name]);
  const result = parsed(readFileSync(path.join(moved, name), 'utf8'));
  expect(result.status).toBe('partial');
  expect(result.cases.every((one) => countedSamples(one).length >= 1)).toBe(true);
});

test('the result and its journal become links to files of others: the links go, the files stay', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  const target = path.join(victim.folder, 'file');
  const running = place.start(ENDLESS);
  await wellUnderWay(place, running);
  const file = place.resultFile() as string;
  for (const each of [file, journalOf(file)]) {
    rmSync(each);
    symlinkSync(target, each);
  }
  running.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  victim.expectUntouched();
  expect(parsed(readFileSync(file, 'utf8')).status).toBe('partial');
  expect(readdirSync(path.dirname(file)).sort()).toEqual(['.gitignore', path.basename(file)]);
});

test('a journal and a draft that are links before the run lead nowhere', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  const target = path.join(victim.folder, 'file');
  const file = place.path('r.json');
  symlinkSync(target, journalOf(file));
  symlinkSync(target, path.join(path.dirname(file), 'r.zcstacks.json'));
  const ended = await place.run(['run', '--size', '64KiB', '--rounds', '1', '--json', 'r.json', '--quiet']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  victim.expectUntouched();
  expect(parsed(readFileSync(file, 'utf8')).status).toBe('complete');
});

test('the destination becomes a link to another folder: the run ends, keeps what it has, and says so', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  mkdirSync(place.path('data'));
  const running = place.start([...ENDLESS, '--dir', 'data']);
  await wellUnderWay(place, running);
  const moved = replaceByLink(place.path('data'), victim.folder);
  await running.ended;
  victim.expectUntouched();
  expect(readdirSync(moved)).toEqual([]);
  const result = place.result();
  expect(result).toMatchObject({ status: 'partial', reason: { code: 'folder-replaced' } });
  expect(result.reason?.message).toMatch(/data was replaced by another folder during the run\.$/);
});

test('the source becomes a link to another file: the one it began with is moved', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  const source = place.write('source', Buffer.alloc(1 << 20, 7));
  const running = place.start(['run', '--source', 'source', '--rounds', '1000', '--quiet']);
  await wellUnderWay(place, running);
  rmSync(source);
  symlinkSync(path.join(victim.folder, 'file'), source);
  const before = place.lastRound();
  await running.until('two more rounds', () => (place.lastRound() >= before + 2 ? true : undefined));
  running.kill('SIGINT');
  await running.ended;
  victim.expectUntouched();
  const result = place.result();
  expect(result.cases.map(({ status }) => status)).toEqual(result.cases.map(() => 'ok'));
});

test('a CSV that appears in the middle of the run as a link is not written through', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  const running = place.start([...ENDLESS, '--csv', 'out.csv']);
  await wellUnderWay(place, running);
  symlinkSync(path.join(victim.folder, 'file'), place.path('out.csv'));
  running.kill('SIGINT');
  const ended = await running.ended;
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('out.csv is not the file that it was before the run, and was not written.');
  victim.expectUntouched();
  expect(place.result().status).toBe('partial');
});

test('a results folder with something in it gets no .gitignore, by a link or without', async () => {
  const place = new Workplace();
  const victim = victimOf(place);
  symlinkSync(victim.folder, place.path('.zero-copy'));
  const ended = await place.run(['run', '--size', '64KiB', '--rounds', '1', '--quiet']);
  expect(ended.code).toBe(0);
  const names = readdirSync(victim.folder);
  expect(names.filter((name) => !name.endsWith('.zcresult.json'))).toEqual(['file']);
  expect(names).toHaveLength(2);
});

const NAME = 'a\n"\'`$(x) \u001b[31m\u202e;, =1';

test('folders and files of any name work, and say nothing a terminal obeys', async () => {
  const place = new Workplace();
  const folder = place.path(NAME);
  mkdirSync(folder);
  writeFileSync(path.join(folder, NAME), Buffer.alloc(65536, 1));
  const args = ['run', '--source', path.join(NAME, NAME), '--dir', NAME, '--rounds', '1', '--csv', `${NAME}.csv`];
  const ended = await place.run([...args, '--json', path.join(NAME, 'r.json')]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  expect(ended.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(ended.stdout).toContain('a\\x0a');
  const opened = openResult(path.join(folder, 'r.json'));
  expect(opened.ok && opened.value.experiment.source).toEqual({ kind: 'file', path: path.join(folder, NAME) });
  expect(
    readFileSync(place.path(`${NAME}.csv`), 'utf8')
      .trimEnd()
      .split('\r\n').length,
  ).toBeGreaterThan(3);
});

test('a folder whose name is no UTF-8 is refused in one line', async () => {
  const place = new Workplace();
  const folder = Buffer.concat([Buffer.from(`${place.folder}/`), Buffer.from([0x62, 0xff, 0xfe])]);
  mkdirSync(folder);
  writeFileSync(Buffer.concat([folder, Buffer.from('/s')]), Buffer.alloc(4096, 1));
  // Names of arguments are texts to Node; a shell in that folder is how somebody gets there.
  const inside = { through: ['sh', '-c', 'cd "$0"/b* && exec "$@"', place.folder] };
  const ended = await place.run(['run', '--source', 's', '--rounds', '1', '--quiet', '--json', '-'], inside);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('Its name holds bytes that are no UTF-8');
});
