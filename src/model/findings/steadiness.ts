/** Cases whose samples are not all of a kind: some were excluded, or the speed changed on the way. */
import * as l10n from '@vscode/l10n';
import type { Case, Finding, Result } from '../result.ts';
import { changeOf } from '../statistics/change.ts';
import { SMALLEST_DIFFERENCE } from '../statistics/comparison.ts';
import { holm } from '../statistics/significance.ts';
import { comparedNs, countedSamples } from '../summary.ts';
import { formatPercent } from '../units.ts';
import { nameOf } from './names.ts';

/** Of all results whose cases are steady, at most this share names one as drifting. */
const FALSE_ALARMS = 0.05;
/** Cases that are named one by one; of more, the host is likelier the reason. */
const NAMED = 3;

/** Transfers that were to be cold and were not. They are kept, and count for nothing. */
export function excluded(result: Result): readonly Finding[] {
  const some = result.cases.flatMap((one, index) => {
    const measured = one.samples.filter((sample) => !sample.warmup);
    const warm = measured.filter((sample) => sample.excluded === 'not-cold');
    return warm.length === 0 ? [] : [{ index, name: nameOf(one), measured, warm }];
  });
  if (some.length === 0) return [];
  const residency = Math.max(...some.flatMap(({ warm }) => warm.map((sample) => sample.residency ?? 0)));
  return [
    {
      kind: 'not-cold',
      text: l10n.t(
        'These transfers were to be cold, but up to {0} of the source was in the page cache; they are not counted: {1}.',
        formatPercent(residency),
        some
          .map(({ name, measured, warm }) => l10n.t('{0} ({1} of {2})', name, warm.length, measured.length))
          .join('; '),
      ),
      cases: some.map(({ index }) => index),
    },
  ];
}

/** A case that did not go on as it began. */
interface Drift {
  readonly index: number;
  /** The first round of the other speed. */
  readonly round: number;
  /** Time after the change over time before. */
  readonly ratio: number;
}

/** Cases that became slower or faster in the course of the run, by a rank test with Holm's correction over all cases. */
export function drifting(result: Result): readonly Finding[] {
  const drifts = driftsOf(result);
  if (drifts.length > NAMED) return [manyDrifted(result, drifts)];
  return drifts.map((drift) => ({
    kind: 'drifting',
    text: driftText(result, drift),
    cases: [drift.index],
  }));
}

function driftsOf(result: Result): readonly Drift[] {
  const changes = result.cases.flatMap((one, index) => {
    const samples = countedSamples(one);
    const change = changeOf(samples.map((sample) => comparedNs(result.experiment.kind, sample)));
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

function manyDrifted(result: Result, drifts: readonly Drift[]): Finding {
  const most = drifts.reduce((a, b) => (Math.abs(Math.log(b.ratio)) > Math.abs(Math.log(a.ratio)) ? b : a));
  return {
    kind: 'drifting',
    text: l10n.t(
      '{0} of {1} cases did not go on as they began, as if the host had changed meanwhile. The clearest: {2}',
      drifts.length,
      result.cases.length,
      driftText(result, most),
    ),
    cases: drifts.map(({ index }) => index),
  };
}
