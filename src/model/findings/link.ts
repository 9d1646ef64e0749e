/** What the way between sender and receiver did to a run: its limit, what was lost on it, and how streams shared it. */
import * as l10n from '@vscode/l10n';
import { interfaceOf } from '../flowFacts.ts';
import { movedBytes } from '../moved.ts';
import type { Case } from '../result/case.ts';
import type { Result } from '../result/result.ts';
import type { Sample } from '../result/sample.ts';
import type { Summary } from '../result/summary.ts';
import { medianInterval } from '../statistics/median.ts';
import { countedSamples } from '../summary.ts';
import { fairnessOf } from '../tcp/fairness.ts';
import { tcpOf } from '../tcp/reading.ts';
import { formatLinkSpeed, formatNumber, formatPercent, MIB } from '../units.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule } from './rule.ts';

/** Headers take 6 % of what a link with an MTU of 1500 carries; nearer to its rate than this, there is no room for a faster mode. */
const LIMITED_FROM = 0.85;
/** Medians this near to each other are level. */
const LEVEL = 0.03;
/** So many modes are level by more than chance. */
const FEWEST_LEVEL = 3;
/** A thread that is on a CPU for less of the time is waiting for something. */
const IDLE_BELOW = 0.7;
/** TCP halves its window for a loss: of so many segments it shows in the time. */
const DISTURBED_FROM = 0.001;
/** Jain's index of eight streams of which one had nothing is 0.875. */
const UNFAIR_BELOW = 0.9;

export const linkRules: readonly Rule[] = [
  rule({
    kind: 'link-limit',
    question: 'caution',
    weight: 66,
    from: limited,
    say: ({ least, most, limit, cases }, result) => ({
      text: l10n.t(
        '{0} of {1}, the rate of {2}: compare CPU s/GiB, not speed. It was the limit of {3}.',
        formatPercent(least) === formatPercent(most)
          ? formatPercent(most)
          : l10n.t('{0} to {1}', formatPercent(least), formatPercent(most)),
        formatLinkSpeed(limit.bytesPerSecond),
        limit.of,
        namesOf(result, cases),
      ),
      cases,
      evidence: [...inRanking(cases.slice(0, 1)), { part: 'host' }],
    }),
  }),
  rule({
    kind: 'level-speeds',
    question: 'caution',
    weight: 66,
    from: level,
    say: ({ mibPerSecond, spread, busy, cases }) => ({
      text: l10n.t(
        'All modes came to {0} MiB/s, within {1} of each other, while neither side was on a CPU for more than {2} of the time: something held all of them back, and this run does not know what. Compare CPU s/GiB, not speed.',
        formatNumber(mibPerSecond),
        formatPercent(spread),
        formatPercent(busy),
      ),
      cases,
      evidence: inRanking(cases.slice(0, 1)),
    }),
  }),
  rule({
    kind: 'retransmits',
    question: 'caution',
    weight: 64,
    from: (result) => {
      const some = disturbed(result);
      return some.length === 0 ? [] : [some];
    },
    say: (some) => {
      const cases = some.map(({ index }) => index);
      return {
        text: l10n.t(
          'TCP sent segments again, and slows down when it does: {0}. These times are also those of what was lost on the way.',
          some
            .map(({ one, again, segments }) =>
              l10n.t('{0} ({1} of {2} segments)', nameOf(one), formatNumber(again), formatNumber(Math.round(segments))),
            )
            .join('; '),
        ),
        cases,
        evidence: inRanking(cases.slice(0, 1)),
      };
    },
  }),
  rule({
    kind: 'unfair-streams',
    question: 'caution',
    weight: 61,
    from: (result) => {
      const some = unfair(result);
      return some.length === 0 ? [] : [some];
    },
    say: (some) => {
      const cases = some.map(({ index }) => index);
      return {
        text: l10n.t(
          'The streams were not equally fast, and a transfer lasts as long as the slowest: {0}.',
          some
            .map(({ one, fairness, slowest }) =>
              l10n.t(
                '{0} (Jain’s index {1}; the slowest at {2} of the rate of the fastest)',
                nameOf(one),
                formatNumber(fairness),
                formatPercent(slowest),
              ),
            )
            .join('; '),
        ),
        cases,
        evidence: inRanking(cases.slice(0, 1)),
      };
    },
  }),
];

interface Limit {
  readonly bytesPerSecond: number;
  /** Whose it is, in words. */
  readonly of: string;
}

/** What the way of a case can carry, where somebody who knows said so; a virtual interface does not. */
function limitOf(result: Result, one: Case): Limit | null {
  const laboratory = one.interface?.bytesPerSecond ?? null;
  if (laboratory !== null) return { bytesPerSecond: laboratory, of: l10n.t('the laboratory') };
  if (result.experiment.target !== 'host') return null;
  const ends = [interfaceOf(result.host, one), result.receiverHost?.interface ?? null].flatMap((link) =>
    link?.linkBytesPerSecond == null ? [] : [{ bytesPerSecond: link.linkBytesPerSecond, of: link.name }],
  );
  return ends.toSorted((a, b) => a.bytesPerSecond - b.bytesPerSecond)[0] ?? null;
}

interface Measured {
  readonly index: number;
  readonly one: Case & { readonly summary: Summary };
}

function measured({ cases }: Result): readonly Measured[] {
  return cases.flatMap((one, index) =>
    one.summary === null || one.control ? [] : [{ index, one: { ...one, summary: one.summary } }],
  );
}

/** Cases at the limit of their way, those of one limit together. At a common rate no case is to reach it. */
function limited(result: Result) {
  if (result.experiment.kind === 'equal-rate') return [];
  const near = measured(result).flatMap(({ index, one }) => {
    const limit = limitOf(result, one);
    const share = limit === null ? 0 : (one.summary.mibPerSecond.median * MIB) / limit.bytesPerSecond;
    return limit === null || share < LIMITED_FROM ? [] : [{ index, limit, share }];
  });
  return [...new Set(near.map(({ limit }) => limit.bytesPerSecond))].flatMap((bytesPerSecond) => {
    const own = near.filter(({ limit }) => limit.bytesPerSecond === bytesPerSecond);
    const shares = own.map(({ share }) => share);
    const [first] = own;
    if (first === undefined) return [];
    const cases = own.map(({ index }) => index);
    return [{ limit: first.limit, least: Math.min(...shares), most: Math.max(...shares), cases }];
  });
}

/** Over a way whose limit nobody knows: all modes end at one speed, and none of them for want of a CPU. */
function level(result: Result) {
  const { experiment } = result;
  if (experiment.target !== 'host' || experiment.kind === 'equal-rate') return [];
  const all = measured(result);
  if (all.some(({ one }) => limitOf(result, one) !== null)) return [];
  const modes = new Set(all.map(({ one }) => one.mode));
  const speeds = all.map(({ one }) => one.summary.mibPerSecond.median);
  const [least, most] = [Math.min(...speeds), Math.max(...speeds)];
  const busy = Math.max(...all.map(({ one }) => busyShare(one)));
  const spread = most / least - 1;
  if (modes.size < FEWEST_LEVEL || spread > LEVEL || busy >= IDLE_BELOW) return [];
  return [{ mibPerSecond: most, spread, busy, cases: all.map(({ index }) => index) }];
}

/** For how much of the time the busier side was on a CPU. */
function busyShare(one: Case): number {
  const share = (quantity: (sample: Sample) => number) =>
    medianInterval(countedSamples(one).map((sample) => quantity(sample) / Math.max(1, sample.wallNs))).median;
  return Math.max(
    share(({ sender }) => sender.cpuNs),
    share(({ receiver }) => receiver?.cpuNs ?? 0),
  );
}

/** Cases of which so many segments were sent again that their times are not those of the modes alone. */
function disturbed(result: Result) {
  return measured(result).flatMap(({ index, one }) => {
    const counted = countedSamples(one).flatMap((sample) => {
      const mss = sample.observed['tcpMssBytes'] ?? 0;
      const { retransmits } = tcpOf(sample);
      return retransmits === null || mss === 0 ? [] : [{ again: retransmits, segments: movedBytes(one, sample) / mss }];
    });
    const sum = (quantity: 'again' | 'segments') => counted.reduce((total, each) => total + each[quantity], 0);
    const [again, segments] = [sum('again'), sum('segments')];
    return segments === 0 || again / segments < DISTURBED_FROM ? [] : [{ index, one, again, segments }];
  });
}

function unfair(result: Result) {
  return measured(result).flatMap(({ index, one }) => {
    const several = countedSamples(one).flatMap(({ streams }) => {
      const found = fairnessOf(streams);
      return found === null ? [] : [{ fairness: found.jain, slowest: found.least / found.most }];
    });
    if (several.length === 0) return [];
    const median = (quantity: 'fairness' | 'slowest') => medianInterval(several.map((each) => each[quantity])).median;
    const [fairness, slowest] = [median('fairness'), median('slowest')];
    return fairness >= UNFAIR_BELOW ? [] : [{ index, one, fairness, slowest }];
  });
}

function namesOf({ cases }: Result, indexes: readonly number[]): string {
  return indexes.map((index) => nameOf(cases[index] as Case)).join(', ');
}
