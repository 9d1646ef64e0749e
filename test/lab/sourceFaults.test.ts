/** What happens to the source of a run in its fifth round. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result/result.ts';
import { aCompleteResult } from '../unit/fixtures.ts';
import { type Ended, loopFilesystem, ONE_LINE, Workplace, whether } from './lab.ts';
import { addEarlier, fileOf } from './underWay.ts';

const SIZE = 8 * 2 ** 20;
const MODES = 'read-write,mmap-write,sendfile,splice';

/** Runs from a file, does something to it in the fifth round, and holds what is left to what is promised. */
async function withSource(
  source: string,
  place: Workplace,
  disturb: () => void,
  rounds: number,
  more: readonly string[] = [],
): Promise<{ readonly ended: Ended; readonly result: Result }> {
  const earlier = addEarlier(place, aCompleteResult());
  const before = readFileSync(earlier);
  const args = ['--source', source, '--modes', MODES, '--rounds', String(rounds), '--dir', place.folder, ...more];
  const running = place.start(['run', ...args, '--json', fileOf(place), '--quiet']);
  const name = path.basename(fileOf(place));
  await running.until('the fifth round', () => whether(place.samplesOf(name).some(({ round }) => round === 5)));
  disturb();
  const ended = await running.ended;
  expect(readFileSync(earlier).equals(before)).toBe(true);
  const left = place.files().filter((file) => !source.endsWith(`/${file}`) && file !== 'source');
  expect(left).toEqual(['earlier.zcresult.json', name]);
  return { ended, result: place.read(name) };
}

/** As many as there may be: a run that something ends is not to end by itself before that. */
const WITHOUT_END = 1000;

/** Every case keeps the rounds it had, and the run says in one line what became of its source. */
function expectEnded({ ended, result }: { ended: Ended; result: Result }, says: RegExp): void {
  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(ONE_LINE) });
  expect(ended.stderr).toMatch(says);
  for (const one of result.cases) expect(one.samples.length).toBeGreaterThanOrEqual(5);
}

function content(seed: number): Buffer {
  return Buffer.alloc(SIZE, `content ${seed}`);
}

describe('goes on with the file it opened', () => {
  test.each([
    ['deleted', (source: string) => rmSync(source)],
    ['made unreadable', (source: string) => chmodSync(source, 0)],
    [
      'replaced by another of its name',
      (source: string) => {
        writeFileSync(`${source}.new`, content(2));
        renameSync(`${source}.new`, source);
      },
    ],
  ] as const)('a source that is %s', async (_, disturb) => {
    const place = new Workplace();
    const source = place.write('source', content(1));
    const { ended, result } = await withSource(source, place, () => disturb(source), 30);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(result.status).toBe('complete');
    for (const one of result.cases) expect(one.samples).toHaveLength(31);
  });
});

test('a source that is truncated ends the run', async () => {
  const place = new Workplace();
  const source = place.write('source', content(1));
  const disturbed = await withSource(source, place, () => truncateSync(source, 1000), WITHOUT_END);
  expectEnded(disturbed, /The source \S*source ended before its size: it was truncated during the run/);
});

test('a source whose disk cannot be read any more fails each case, with the reason', async (context) => {
  const place = new Workplace();
  const mounted = loopFilesystem(context, 'ext4', place.base);
  const source = path.join(mounted, 'source');
  writeFileSync(source, content(1));
  spawnSync('sync', ['-f', source]);
  const image = mounted.replace(/-mounted$/, '');
  const disturbed = await withSource(source, place, () => truncateSync(image, 4096), WITHOUT_END, ['--cache', 'cold']);
  expectEnded(disturbed, /EIO|could not be read|read error|input\/output/i);
});
