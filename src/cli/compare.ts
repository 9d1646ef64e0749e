/** `zero-copy-lab compare`. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { compareFiles } from '../lab/compareFiles.ts';
import { canJudge, regressionsOf } from '../model/comparison/regression.ts';
import { FEWEST_FOR_INTERVAL } from '../model/statistics/median.ts';
import { formatPercent } from '../model/units.ts';
import type { CompareOptions } from './arguments.ts';
import { reportComparison, reportRegression } from './compareReport.ts';
import { EXIT } from './exitCode.ts';

/** @returns the exit code; what failed is said on standard error, so that standard output is the comparison alone */
export function compare({ files, failIfSlower, json }: CompareOptions, width: number): number {
  const say = (text: string) => process.stderr.write(`zero-copy-lab: ${text}\n`);
  const compared = compareFiles(files.map((file) => path.resolve(file)));
  if (!compared.ok) {
    say(`${compared.problem.message} ${compared.problem.hint}`);
    return EXIT.usage;
  }
  const comparison = compared.value;
  process.stdout.write(`${json ? JSON.stringify(comparison, null, 1) : reportComparison(comparison, width)}\n`);
  if (failIfSlower === null) return EXIT.done;
  if (!canJudge(comparison)) {
    say(l10n.t('No case could be judged: that needs {0} counted rounds in both results.', FEWEST_FOR_INTERVAL));
    return EXIT.done;
  }
  const regressions = regressionsOf(comparison, failIfSlower);
  for (const each of regressions) {
    say(l10n.t('{0}, which is more than {1} slower.', reportRegression(comparison, each), formatPercent(failIfSlower)));
  }
  return regressions.length === 0 ? EXIT.done : EXIT.regression;
}
