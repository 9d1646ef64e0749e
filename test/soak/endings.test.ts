/** Runs of the command line that are cancelled or killed at random moments: what is left is a whole result or nothing. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openResult } from '../../src/lab/resultFile.ts';
import { seededRandom } from '../../src/model/random.ts';
import { ENDLESS, gone, Workplace } from '../lab/lab.ts';

const RUNS = 150;
/** The latest moment, in ms: by then such a run is some rounds in, on a fast host and on a slow one. */
const LATEST_MS = 1500;

type Ending = 'cancel' | 'bench process killed' | 'command line killed' | 'both killed';
const ENDINGS: readonly Ending[] = ['cancel', 'bench process killed', 'command line killed', 'both killed'];

test(`${RUNS} runs ended at random moments`, async () => {
  const random = seededRandom(11);
  const seen = new Map<string, number>();
  for (let index = 0; index < RUNS; index++) {
    const ending = ENDINGS[index % ENDINGS.length] as Ending;
    const place = new Workplace();
    const running = place.start([...ENDLESS, '--path', index % 2 === 0 ? 'file-to-file' : 'file-to-socket']);
    const bench = await running.bench();
    // The moment itself is what is drawn; nothing is waited for.
    await new Promise((resolve) => setTimeout(resolve, random() * LATEST_MS));
    if (ending === 'bench process killed' || ending === 'both killed') process.kill(bench, 'SIGKILL');
    if (ending === 'command line killed' || ending === 'both killed') running.kill('SIGKILL');
    if (ending === 'cancel') running.kill('SIGINT');
    await running.ended;
    await gone(bench);

    const file = place.resultFile();
    const opened = file === undefined ? undefined : openResult(file);
    if (opened !== undefined)
      expect(opened, `${index}: ${ending}`).toMatchObject({ ok: true, value: { status: 'partial' } });
    // A writer killed before its document has its name leaves its work in progress; a reader that finishes the run removes it.
    const left = place
      .files()
      .filter((name) => !/(^|\/)(\.zero-copy|\.gitignore|[^./][^/]*\.zcresult\.json)$/.test(name));
    if (file !== undefined || ending === 'cancel') expect(left, `${index}: ${ending}`).toEqual([]);
    const kept = `${ending}, ${file === undefined ? 'nothing kept' : 'partial'}`;
    seen.set(kept, (seen.get(kept) ?? 0) + 1);
    expect(existsSync(`/proc/${bench}/exe`)).toBe(false);
  }
  expect(seen.get('cancel, partial')).toBeGreaterThan(0);
  expect(seen.get('bench process killed, partial')).toBeGreaterThan(0);
});
