/** Cases whose samples are not all of a kind: some were excluded, or the speed changed on the way. */
import * as l10n from '@vscode/l10n';
import type { Case } from '../result/case.ts';
import type { Result } from '../result/result.ts';
import type { Sample } from '../result/sample.ts';
import { changeOf } from '../statistics/change.ts';
import { SMALLEST_DIFFERENCE } from '../statistics/comparison.ts';
import { holm } from '../statistics/significance.ts';
import { comparedNs, countedSamples } from '../summary.ts';
import { formatPercent } from '../units.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule } from './rule.ts';

/** Of all results whose cases are steady, at most this share names one as drifting. */
const FALSE_ALARMS = 0.05;
/** Cases that are named one by one; of more, the host is likelier the reason. */
const NAMED = 3;

export const steadinessRules: readonly Rule[] = [
  rule({
    kind: 'not-cold',
    question: 'caution',
    weight: 64,
    from: (result) => {
      const some = warmed(result);
      return some.length === 0 ? [] : [some];
    },
    say: (some) => {
      const cases = some.map(({ index }) => index);
      return { text: excludedText(some), cases, evidence: inRanking(cases.slice(0, 1)) };
    },
  }),
  rule({
    kind: 'drifting',
    question: 'caution',
    weight: 61,
    from: (result) => {
      const drifts = driftsOf(result);
      return drifts.length > NAMED ? [drifts] : drifts.map((drift) => [drift]);
    },
    say: (drifts, result) => ({
      text: drifts.length > 1 ? manyDriftedText(result, drifts) : driftText(result, clearest(drifts)),
      cases: drifts.map(({ index }) => index),
      evidence: [
        ...inRanking([clearest(drifts).index]),
        ...(result.noise.length > 1 ? [{ part: 'noise' } as const] : []),
      ],
    }),
  }),
];

/** A case with transfers that were to be cold and were not. They are kept, and count for nothing. */
interface Warmed {
  readonly index: number;
  readonly name: string;
  readonly measured: readonly Sample[];
  readonly warm: readonly Sample[];
}

function warmed(result: Result): readonly Warmed[] {
  return result.cases.flatMap((one, index) => {
    const measured = one.samples.filter((sample) => !sample.warmup);
    const warm = measured.filter((sample) => sample.excluded === 'not-cold');
    return warm.length === 0 ? [] : [{ index, name: nameOf(one), measured, warm }];
  });
}

function excludedText(some: readonly Warmed[]): string {
  const residency = Math.max(...some.flatMap(({ warm }) => warm.map((sample) => sample.residency ?? 0)));
  return l10n.t(
    'These transfers were to be cold, but up to {0} of the source was in the page cache; they are not counted: {1}.',
    formatPercent(residency),
    some.map(({ name, measured, warm }) => l10n.t('{0} ({1} of {2})', name, warm.length, measured.length)).join('; '),
  );
}

/** Cases take turns, so those of a run have about as many samples; where each has its own number, no run made them. */
const MOST_LENGTHS = 12;

/** A case that did not go on as it began. */
interface Drift {
  readonly index: number;
  /** The first round of the other speed. */
  readonly round: number;
  /** Time after the change over time before. */
  readonly ratio: number;
}

/** Cases that became slower or faster in the course of the run, by a rank test with Holm's correction over all cases. */
function driftsOf(result: Result): readonly Drift[] {
  if (new Set(result.cases.map((one) => countedSamples(one).length)).size > MOST_LENGTHS) return [];
  const changes = result.cases.flatMap((one, index) => {
    const samples = countedSamples(one);
    const change = changeOf(samples.map((sample) => comparedNs(result.experiment.kind, one, sample)));
    return change === null ? [] : [{ index, change, round: samples[change.before]?.round ?? 0 }];
  });
  const ps = holm(changes.map(({ change }) => change.p));
  const smallest = Math.log1p(result.noiseFloor ?? SMALLEST_DIFFERENCE);
  return changes
    .filter(({ change }, place) => (ps[place] as number) <= FALSE_ALARMS && Math.abs(Math.log(change.ratio)) > smallest)
    .map(({ index, round, change }) => ({ index, round, ratio: change.ratio }));
}

function driftText(result: Result, { index, round, ratio }: Drift): string {
  const name = nameOf(result.cases[index] as Case);
  const share = formatPercent(Math.abs(ratio - 1));
  if (result.experiment.kind === 'equal-rate') {
    return ratio > 1
      ? l10n.t('{0} took {1} more CPU time from round {2} on: its median mixes two costs.', name, share, round)
      : l10n.t('{0} took {1} less CPU time from round {2} on: its median mixes two costs.', name, share, round);
  }
  return ratio > 1
    ? l10n.t('{0} took {1} longer from round {2} on: its median mixes two speeds.', name, share, round)
    : l10n.t('{0} took {1} less time from round {2} on: its median mixes two speeds.', name, share, round);
}

function manyDriftedText(result: Result, drifts: readonly Drift[]): string {
  return l10n.t(
    '{0} of {1} cases did not go on as they began, as if the host had changed meanwhile. The clearest: {2}',
    drifts.length,
    result.cases.length,
    driftText(result, clearest(drifts)),
  );
}

/** @param drifts one at least */
function clearest(drifts: readonly Drift[]): Drift {
  return drifts.reduce((a, b) => (Math.abs(Math.log(b.ratio)) > Math.abs(Math.log(a.ratio)) ? b : a));
}
