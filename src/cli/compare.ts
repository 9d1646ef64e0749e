/** `zero-copy-lab compare`. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { compareFiles } from '../lab/compareFiles.ts';
import { canJudge, regressionsOf } from '../model/comparison/regression.ts';
import { printableDocument, printableJson } from '../model/plainText.ts';
import { FEWEST_FOR_INTERVAL } from '../model/statistics/median.ts';
import { formatPercent } from '../model/units.ts';
import type { CompareOptions } from './arguments.ts';
import { reportComparison, reportRegression } from './compareReport.ts';
import { complain } from './complaint.ts';
import { EXIT } from './exitCode.ts';

/** @returns the exit code; what failed is said on standard error, so that standard output is the comparison alone */
export function compare({ files, failIfSlower, json }: CompareOptions, width: number): number {
  const say = (message: string) => complain({ message, hint: '' });
  const compared = compareFiles(files.map((file) => path.resolve(file)));
  if (!compared.ok) {
    complain(compared.problem);
    return EXIT.usage;
  }
  const comparison = compared.value;
  const text = json ? printableJson(comparison, 1) : reportComparison(printableDocument(comparison), width);
  process.stdout.write(`${text}\n`);
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
