/** What happens to the folder of a result while its run is under way. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openResult, readResult, writeResult } from '../../src/lab/resultFile.ts';
import { skip } from '../skip.ts';
import { aCompleteResult } from '../unit/fixtures.ts';
import { ENDLESS, ONE_LINE, type Running, Workplace, whether } from './lab.ts';

/** A folder for results with an earlier one in it. */
function withEarlier(place: Workplace): { readonly folder: string; readonly earlier: string; readonly bytes: Buffer } {
  const folder = place.path('results');
  const earlier = path.join(folder, 'earlier.zcresult.json');
  mkdirSync(folder);
  writeResult(earlier, aCompleteResult());
  return { folder, earlier, bytes: readFileSync(earlier) };
}

const INTO = ['--json', 'results/now.zcresult.json'];

async function rounds(place: Workplace, running: Running, least: number): Promise<void> {
  const last = () => Math.max(...place.samplesOf('results/now.zcresult.json').map(({ round }) => round), 0);
  await running.until('some rounds', () => whether(last() >= least));
}

test('it is deleted: the run, which would go on for long, ends and says so', async () => {
  const place = new Workplace();
  const { folder } = withEarlier(place);
  const running = place.start([...ENDLESS, ...INTO]);
  await rounds(place, running, 2);
  rmSync(folder, { recursive: true });
  const ended = await running.ended;
  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(ONE_LINE) });
  expect(ended.stderr).toContain('/results was deleted while the run was under way: there is no place for its result.');
  expect(place.files()).toEqual([]);
});

test('it takes no more files: that is said, and whoever opens the result later has all of it', async (context) => {
  const place = new Workplace();
  const { folder, earlier, bytes } = withEarlier(place);
  const running = place.start(['run', '--size', '4MiB', '--rounds', '20', '--quiet', ...INTO]);
  await rounds(place, running, 2);
  const closed = (flag: '+i' | '-i') => spawnSync('chattr', [flag, folder]).status === 0;
  onTestFinished(() => void closed('-i'));
  // Permissions do not keep root out.
  if (!closed('+i')) skip(context, 'needs root, and a filesystem that knows immutable folders');
  const ended = await running.ended;
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(ONE_LINE) });
  expect(ended.stderr).toContain('now.zcresult.json is not permitted');

  const file = path.join(folder, 'now.zcresult.json');
  expect(readResult(file)).toMatchObject({ ok: true, value: { status: 'running' } });
  const looked = openResult(file);
  closed('-i');
  const opened = openResult(file);
  expect(opened).toEqual(looked);
  expect(opened).toMatchObject({ ok: true, value: { status: 'complete', reason: null } });
  if (opened.ok) for (const one of opened.value.cases) expect(one.samples).toHaveLength(21);
  expect(readResult(file)).toEqual(opened);
  expect(readdirSync(folder).sort()).toEqual(['earlier.zcresult.json', 'now.zcresult.json']);
  expect(readFileSync(earlier).equals(bytes)).toBe(true);
});
