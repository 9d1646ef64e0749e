/** How far the predictions of the cost model are from what is measured, file to file with a warm source. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from '@playwright/test';
import { inRepository, removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import { predictionErrors, withPredictions } from '../../src/model/cost/prediction.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Calibration } from '../../src/model/result/prediction.ts';
import type { Result } from '../../src/model/result/result.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { formatBytes, formatPercent } from '../../src/model/units.ts';
import { work } from './addon.ts';
import { medianOf, report } from './figures.ts';

/** The modes the lab began with, for which there is an aim, and the others that are predicted at all. */
const AIMED_AT = ['read-write', 'mmap-write', 'sendfile'];
const OTHERS = ['splice', 'copy-file-range', 'mmap-mmap'];
const AIM = 0.15;

for (const [preset, modes] of [
  ['seed', AIMED_AT],
  ['full', [...AIMED_AT, ...OTHERS]],
] as const) {
  test(`cost model, ${preset}`, async () => {
    mkdirSync(work, { recursive: true });
    try {
      const calibration = JSON.parse(await lab('calibrate', '--json', '--dir', work)) as Calibration;
      const file = path.join(work, `${preset}.zcresult.json`);
      await lab('run', '--quiet', '--preset', preset, '--modes', modes.join(','), '--dir', work, '--json', file);
      publish(preset, { ...(JSON.parse(readFileSync(file, 'utf8')) as Result), calibration });
    } finally {
      removeFolder(work);
    }
  });
}

function lab(...args: readonly string[]): Promise<string> {
  const locks = temporaryFolder('bench-locks');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [inRepository('dist', 'cli.js'), ...args],
      { env: { ...process.env, ZERO_COPY_LAB_LOCK_PARENT: locks }, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        removeFolder(locks);
        if (error === null) resolve(stdout);
        else reject(new Error(stderr.trim() || error.message));
      },
    );
  });
}

interface CaseError {
  readonly mode: string;
  readonly ofWall: number;
  /** Of the CPU time: what is left of the error where waiting for a CPU does not count. */
  readonly ofCpu: number;
}

function publish(preset: string, result: Result): void {
  const predicted = withPredictions(result);
  const errors = predictionErrors(predicted).map(({ case: index, predictedNs, relative }): CaseError => {
    const one = predicted.cases[index] as Case;
    const cpuNs = medianOf(countedSamples(one).map(({ sender }) => sender.cpuNs));
    return { mode: one.mode, ofWall: Math.abs(relative), ofCpu: Math.abs(predictedNs - cpuNs) / cpuNs };
  });
  const { bytes, rounds } = result.experiment;
  const what = `cost model, \`${preset}\` preset, file-to-file, warm, ${formatBytes(bytes)}, ${rounds} rounds: median absolute error of`;
  const figure = (modes: readonly string[]) => {
    const these = errors.filter(({ mode }) => modes.includes(mode));
    const ofWall = medianOf(these.map((each) => each.ofWall));
    const ofCpu = medianOf(these.map((each) => each.ofCpu));
    const load = (os.loadavg()[0] ?? 0).toFixed(1);
    const measured = `${formatPercent(ofWall)} of the time, ${formatPercent(ofCpu)} of the CPU time (${these.length} cases; load ${load})`;
    return { ofWall, measured };
  };
  const { ofWall, measured } = figure(AIMED_AT);
  report({
    what: `${what} ${AIMED_AT.join(', ')}`,
    measured,
    budget: `below ${formatPercent(AIM)}`,
    pass: ofWall < AIM,
  });
  for (const mode of new Set(errors.map((each) => each.mode))) {
    report({ what: `${what} ${mode}`, measured: figure([mode]).measured, budget: null, pass: null });
  }
}
