/** The lab beside the tools a user would take, as the command line's self-check measures them. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { test } from '@playwright/test';
import { inRepository, removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import type { JudgedComparison, SelfcheckReport } from '../../src/model/selfcheck.ts';
import { formatBytes, formatNumber, mibPerSecond } from '../../src/model/units.ts';
import { work } from './addon.ts';
import { medianOf, ratioWords, report } from './figures.ts';

const ROUNDS = 10;

interface Judged extends Omit<SelfcheckReport, 'comparisons'> {
  readonly comparisons: readonly JudgedComparison[];
}

test('selfcheck', async () => {
  mkdirSync(work, { recursive: true });
  const { bytes, comparisons } = await selfcheck();
  removeFolder(work);
  for (const { command, version, mode, path: route, problem, toolNs, labNs, ratio, sameWork, verdict } of comparisons) {
    report({
      what: `${mode}, ${route}, ${formatBytes(bytes)}, ${ROUNDS} rounds: throughput against \`${command}\` (${version ?? 'not installed'})`,
      measured:
        ratio === null
          ? (problem?.message ?? '')
          : `${ratioWords(ratio)}, ${speed(bytes, labNs)} to ${speed(bytes, toolNs)} MiB/s`,
      budget: sameWork ? 'not wholly beyond 1 ± 10 %' : null,
      pass: sameWork && ratio !== null ? verdict !== 'differs' : null,
      ...(ratio === null ? {} : { lasting: { ...ratio, better: 'higher' } as const }),
    });
  }
});

function speed(bytes: number, times: readonly number[]): string {
  return formatNumber(mibPerSecond(bytes, medianOf(times)));
}

function selfcheck(): Promise<Judged> {
  const args = [inRepository('dist', 'cli.js'), 'selfcheck', '--json', '--dir', work, '--rounds', String(ROUNDS)];
  const locks = temporaryFolder('bench-locks');
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ZERO_COPY_LAB_LOCK_PARENT: locks };
    execFile(process.execPath, args, { env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      removeFolder(locks);
      // A difference is exit code 1, and a figure here.
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(JSON.parse(stdout) as Judged);
    });
  });
}
