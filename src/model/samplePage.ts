/** The raw samples of a case, a page of them at a time: nobody looks at thousands of rows at once. */
import * as l10n from '@vscode/l10n';
import { type Outcome, ok, refuse } from './problems.ts';
import type { Result } from './result/result.ts';
import type { Sample } from './result/sample.ts';

/** At most so many samples go to a page at once. */
export const SAMPLES_A_PAGE = 100;

export interface SamplePage {
  /** Index into the cases. */
  readonly case: number;
  /** Place of the first of these samples among all of the case, with the warm-up. */
  readonly offset: number;
  readonly total: number;
  readonly samples: readonly Sample[];
}

/** The samples of a case from a place on. Beyond the last there are none. Refuses a case that does not exist. */
export function samplePageOf({ cases }: Pick<Result, 'cases'>, index: number, offset: number): Outcome<SamplePage> {
  const one = cases[index];
  if (one === undefined) {
    return refuse(
      'no-such-case',
      l10n.t('The result has {0} cases, and none with the number {1}.', cases.length, index + 1),
      l10n.t('The file was changed meanwhile: close the page and open it again.'),
    );
  }
  const samples = one.samples.slice(offset, offset + SAMPLES_A_PAGE);
  return ok({ case: index, offset, total: one.samples.length, samples });
}
