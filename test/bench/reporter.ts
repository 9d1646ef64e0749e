/** Prints the figures as one Markdown table, with the machine and the date they belong to, and what has changed since. */
import os from 'node:os';
import path from 'node:path';
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { againstVariable, saveBaselineVariable } from '../../scripts/lib/bench.mjs';
import { repository } from '../../scripts/lib/folders.mjs';
import { changesInWords, changesSince, kindOf, newSince } from './baseline.ts';
import { readBaseline, saveBaseline, thisMachine } from './baselineFile.ts';
import type { Figure } from './figures.ts';
import { FIGURE } from './figures.ts';

// biome-ignore lint/style/noDefaultExport: Playwright loads this export
export default class FigureReporter implements Reporter {
  private readonly figures: Figure[] = [];

  onTestBegin(test: TestCase): void {
    process.stderr.write(`measuring ${test.title}\n`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    for (const annotation of result.annotations) {
      if (annotation.type === FIGURE) this.figures.push(JSON.parse(annotation.description ?? '') as Figure);
    }
    for (const error of result.errors) process.stderr.write(`${test.title}: ${error.message ?? ''}\n`);
  }

  onEnd(result: FullResult): void {
    const machine = `${os.cpus()[0]?.model ?? 'unknown CPU'}, ${os.availableParallelism()} CPUs, Linux ${os.release()}, Node ${process.version}`;
    const rows = this.figures.map(({ what, measured, budget, pass }) =>
      [what, measured, budget ?? '', pass === null ? '' : pass ? 'pass' : '**miss**'].join(' | '),
    );
    process.stdout.write(
      `\n${new Date(result.startTime).toISOString().slice(0, 10)}, ${machine}\n\n` +
        `| what | measured | budget | |\n|---|---|---|---|\n${rows.map((row) => `| ${row} |\n`).join('')}`,
    );
    // Beside another commit nothing is measured that has a stored figure.
    if (process.env[againstVariable] === undefined) this.compare(new Date(result.startTime));
  }

  private compare(started: Date): void {
    const baseline = readBaseline(thisMachine());
    const words = changesInWords(changesSince(baseline, this.figures), newSince(baseline, this.figures));
    process.stdout.write(`\nAgainst what was stored for ${kindOf(baseline.machine)}:\n${words}\n`);
    if (process.env[saveBaselineVariable] === undefined) return;
    process.stdout.write(`Stored in ${path.relative(repository, saveBaseline(baseline, this.figures, started))}.\n`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
