/** What cannot be compared at all: rules as data, each with its sentence. */
import * as l10n from '@vscode/l10n';
import { pathDescriptor } from '../paths.ts';
import { type Outcome, ok, refuse } from '../problems.ts';
import type { Experiment } from '../result/experiment.ts';
import type { Problem } from '../result/problem.ts';
import type { Result } from '../result/result.ts';
import { FEWEST_RESULTS, MOST_RESULTS } from './comparison.ts';

/** A result under the name of its file. */
export interface NamedResult {
  readonly name: string;
  readonly result: Result;
}

interface Refusal {
  readonly code: string;
  readonly applies: (one: Result, reference: Result) => boolean;
  readonly text: (one: NamedResult, reference: NamedResult) => Omit<Problem, 'code'>;
}

const REFUSALS: readonly Refusal[] = [
  {
    code: 'still-running',
    applies: ({ status }) => status === 'running',
    text: ({ name }) => ({
      message: l10n.t('{0} is still being measured.', name),
      hint: l10n.t('Compare when the run is over.'),
    }),
  },
  {
    code: 'measures-nothing',
    applies: ({ experiment }) => experiment.kind === 'hazards',
    text: ({ name }) => ({
      message: l10n.t(
        '{0} shows what happens when something goes wrong; it measures nothing that could be compared.',
        name,
      ),
      hint: l10n.t('Choose results of measurements.'),
    }),
  },
  {
    code: 'another-path',
    applies: (one, reference) => one.experiment.path !== reference.experiment.path,
    text: (one, reference) => ({
      message: l10n.t(
        '{0} is of the path "{1}", {2} of "{3}": they move bytes to different places and have no case in common.',
        reference.name,
        pathDescriptor(reference.result.experiment.path).name,
        one.name,
        pathDescriptor(one.result.experiment.path).name,
      ),
      hint: l10n.t('Choose results of one path.'),
    }),
  },
  {
    code: 'another-kind',
    applies: (one, reference) => one.experiment.kind !== reference.experiment.kind,
    text: (one, reference) => ({
      message: l10n.t(
        '{0} measures {1}, {2} measures {3}: their numbers do not mean the same.',
        reference.name,
        kindText(reference.result.experiment.kind),
        one.name,
        kindText(one.result.experiment.kind),
      ),
      hint: l10n.t('Choose results of one kind.'),
    }),
  },
];

/** The first reason why these results cannot be compared. */
export function comparable(results: readonly NamedResult[]): Outcome<null> {
  const [reference] = results;
  if (reference === undefined || results.length < FEWEST_RESULTS || results.length > MOST_RESULTS) {
    return refuse(
      'not-so-many',
      l10n.t('{0} results cannot be compared.', results.length),
      l10n.t('Choose {0} to {1} results.', FEWEST_RESULTS, MOST_RESULTS),
    );
  }
  for (const one of results) {
    const refusal = REFUSALS.find(({ applies }) => applies(one.result, reference.result));
    if (refusal !== undefined) return { ok: false, problem: { code: refusal.code, ...refusal.text(one, reference) } };
  }
  return ok(null);
}

function kindText(kind: Experiment['kind']): string {
  switch (kind) {
    case 'measurement':
      return l10n.t('how fast each mode is');
    case 'objects':
      return l10n.t('many small files');
    case 'equal-rate':
      return l10n.t('CPU time at one rate');
    case 'hazards':
      return l10n.t('nothing');
  }
}
