/** The command line and the process that measures for it speak the language of the locale. */
import { expect, test } from 'vitest';
import { cells } from '../../src/cli/textTable.ts';
import { Workplace } from './lab.ts';

const HAN = /\p{Script=Han}/u;
const RUN = ['run', '--size', '1MiB', '--rounds', '2', '--modes', 'sendfile', '--json', 'r.json'];

/** As in a shell of somebody with this locale. */
function inLocale(locale: string): readonly string[] {
  return ['env', 'ZERO_COPY_LAB_LANGUAGE=', `LC_ALL=${locale}`];
}

test('a Chinese locale: the table, its columns, and the findings of the result', async () => {
  const place = new Workplace();
  const { stdout, code } = await place.run(RUN, { through: inLocale('zh_CN.UTF-8') });
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  const head = lines.findIndex((line) => line.includes('MiB/s'));
  expect(lines[head]).toMatch(HAN);
  // The numbers end below the end of their heading.
  const heading = /^.*?MiB\/s/.exec(lines[head] ?? '')?.[0] ?? '';
  const row = lines.flatMap((line) => /^sendfile +[\d,.]+/.exec(line)?.[0] ?? [])[0] ?? '';
  expect(cells(row)).toBe(cells(heading));
  const { findings } = place.read('r.json');
  expect(findings.length).toBeGreaterThan(0);
  for (const { text } of findings) expect(text).toMatch(HAN);
});

test('a locale there are no sentences for: English', async () => {
  const place = new Workplace();
  const { stdout } = await place.run(['--help'], { through: inLocale('de_DE.UTF-8') });
  expect(stdout).toMatch(/^Move real bytes/);
});
