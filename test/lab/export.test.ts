/** Results as files of other kinds, through the command line, from a real run to what lies on the disk. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { smallFilesystem, Workplace } from './lab.ts';

const SMALL = ['--size', '1MiB', '--rounds', '6', '--modes', 'read-write,sendfile', '--quiet'];

async function measured(place: Workplace): Promise<string> {
  const { code, stderr } = await place.run(['run', ...SMALL, '--json', place.path('run.zcresult.json')]);
  expect([code, stderr]).toEqual([0, '']);
  return place.path('run.zcresult.json');
}

test('a report with its pictures beside it, a picture, and rows', async () => {
  const place = new Workplace();
  const file = await measured(place);
  const result = place.read('run.zcresult.json');

  expect(await place.run(['export', file, '--format', 'md', '-o', 'run.md'])).toMatchObject({ code: 0, stderr: '' });
  const report = readFileSync(place.path('run.md'), 'utf8');
  for (const { text } of result.findings) expect(report).toContain(text.slice(0, 20).trimEnd());
  const pictures = [...report.matchAll(/\]\((run-pictures\/[a-z-]+\.svg)\)/g)].map(([, href]) => href as string);
  expect(pictures).toContain('run-pictures/headline.svg');
  expect(readdirSync(place.path('run-pictures')).sort()).toEqual(pictures.map((each) => path.basename(each)).sort());

  const picture = await place.run(['export', file, '--format', 'svg', '--theme', 'dark']);
  expect(picture).toMatchObject({ code: 0, stderr: '' });
  expect(picture.stdout).toMatch(/^<\?xml .*<\/svg>\n$/s);
  const flow = await place.run(['export', file, '--format', 'svg', '--mode', 'sendfile', '-o', 'flow.svg']);
  expect(flow).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(place.path('flow.svg'), 'utf8')).toContain('sendfile');

  const rows = await place.run(['export', file, '--format', 'csv']);
  const samples = result.cases.reduce((sum, one) => sum + one.samples.length, 0);
  expect(rows.stdout.trim().split('\r\n')).toHaveLength(samples + 1);
});

test('nothing is left of a report that does not fit on its disk', async (context) => {
  const place = new Workplace();
  const file = await measured(place);
  const small = smallFilesystem(context, place, 'size=12k');
  const { code, stderr } = await place.run(['export', file, '--format', 'md', '-o', path.join(small, 'run.md')]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/The filesystem of .*small\/.* is full\. Free some space/);
  expect(readdirSync(small)).toEqual([]);
});

test('a report of a later export takes the place of an earlier one, and of nothing else', async () => {
  const place = new Workplace();
  const file = await measured(place);
  mkdirSync(place.path('run-pictures'));
  place.write('run-pictures/mine.txt', 'mine');
  place.write('run.md', 'an earlier one');
  expect((await place.run(['export', file, '--format', 'md', '-o', 'run.md'])).code).toBe(0);
  expect(readFileSync(place.path('run.md'), 'utf8')).toMatch(/^# File to file/);
  expect(existsSync(place.path('run-pictures/mine.txt'))).toBe(true);
});
