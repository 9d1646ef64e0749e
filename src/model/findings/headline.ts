/** Whether any mode beats the baseline, by how much, and where. One of these sentences is in every result. */
import * as l10n from '@vscode/l10n';
import type { EvidenceLink } from '../result/finding.ts';
import type { Result } from '../result/result.ts';
import { FEWEST_FOR_INTERVAL } from '../statistics/median.ts';
import { formatNumber, formatPercent, formatRatio, MIB } from '../units.ts';
import { atEqualRate, bestOf, type Compared, comparisons, intervalText, placeOf, turned } from './compared.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule, type Sentence } from './rule.ts';

/** How the cases stand to their baselines; always exactly one of these. */
type Standing =
  | { readonly kind: 'nothing-compared' }
  | { readonly kind: 'too-few-rounds' | 'all-same' | 'unsettled'; readonly compared: readonly Compared[] }
  | { readonly kind: 'faster' | 'none-faster'; readonly subject: Compared };

function standingOf(result: Result): Standing {
  const compared = comparisons(result);
  if (compared.length === 0) return { kind: 'nothing-compared' };
  if (compared.every(({ ratio }) => ratio.low === null)) return { kind: 'too-few-rounds', compared };
  const best = bestOf(result);
  if (best !== undefined) return { kind: 'faster', subject: best };
  if (compared.every(({ ratio }) => ratio.verdict === 'same')) return { kind: 'all-same', compared };
  const [worst] = compared
    .filter(({ ratio }) => ratio.verdict === 'slower')
    .sort((a, b) => a.ratio.median - b.ratio.median);
  return worst === undefined ? { kind: 'unsettled', compared } : { kind: 'none-faster', subject: worst };
}

export const headlineRules: readonly Rule[] = [
  headlineRule('nothing-compared', 'nothing-compared', (_, result) =>
    about([], l10n.t('No mode was compared with the baseline in this run, {0}.', placeOf(result))),
  ),
  headlineRule('unsettled', 'too-few-rounds', ({ compared }, result) =>
    about(
      compared,
      l10n.t('No order can be told from fewer than {0} rounds, {1}.', FEWEST_FOR_INTERVAL, placeOf(result)),
    ),
  ),
  headlineRule('faster', 'faster', ({ subject }, result) => about([subject], praise(result, subject))),
  headlineRule('same', 'all-same', ({ compared }, result) => about(compared, sameness(result))),
  headlineRule('none-faster', 'none-faster', ({ subject }, result) => about([subject], blame(result, subject))),
  headlineRule('unsettled', 'unsettled', ({ compared }, result) =>
    about(
      compared,
      l10n.t(
        'This run cannot tell the modes apart: their intervals reach within ±{0} of the baseline, {1}. More rounds or a quieter host may.',
        formatPercent(result.noiseFloor ?? 0),
        placeOf(result),
      ),
    ),
  ),
];

function headlineRule<Kind extends Standing['kind']>(
  kind: string,
  standing: Kind,
  say: (measured: Extract<Standing, { readonly kind: Kind }>, result: Result) => Sentence,
): Rule {
  const isMeant = (each: Standing): each is Extract<Standing, { readonly kind: Kind }> => each.kind === standing;
  return rule({ kind, question: 'won', weight: 80, from: (result) => [standingOf(result)].filter(isMeant), say });
}

/** The rows and bars of those a sentence is about; of many only the chart, where all of them are. */
function about(compared: readonly Compared[], text: string): Sentence {
  const cases = compared.map(({ index }) => index);
  const [first] = cases;
  const chart: readonly EvidenceLink[] =
    first === undefined ? [] : [{ part: 'chart', chart: 'throughput', case: first }];
  return { text, cases, evidence: [...inRanking(cases.slice(0, 1)), ...chart] };
}

function sameness(result: Result): string {
  const floor = formatPercent(result.noiseFloor ?? 0);
  return atEqualRate(result)
    ? l10n.t('No mode’s CPU time differed from the baseline’s by more than {0}, {1}.', floor, placeOf(result))
    : l10n.t('No mode differed from the baseline by more than {0}, {1}.', floor, placeOf(result));
}

function praise(result: Result, { one, ratio, baseline }: Compared): string {
  return atEqualRate(result)
    ? l10n.t(
        '{0} used {1} the CPU time of {2} (95 % interval {3}) at {4} MiB/s, {5}.',
        nameOf(one),
        formatRatio(1 / ratio.median),
        nameOf(baseline),
        intervalText(turned(ratio)),
        rateOf(result),
        placeOf(result),
      )
    : l10n.t(
        '{0} ran at {1} the speed of {2} (95 % interval {3}), {4}.',
        nameOf(one),
        formatRatio(ratio.median),
        nameOf(baseline),
        intervalText(ratio),
        placeOf(result),
      );
}

function blame(result: Result, { one, ratio, baseline }: Compared): string {
  return atEqualRate(result)
    ? l10n.t(
        'No mode used less CPU time than its baseline beyond the noise; {0} used {1} the CPU time of {2} (95 % interval {3}) at {4} MiB/s, {5}.',
        nameOf(one),
        formatRatio(1 / ratio.median),
        nameOf(baseline),
        intervalText(turned(ratio)),
        rateOf(result),
        placeOf(result),
      )
    : l10n.t(
        'No mode was faster than its baseline beyond the noise; {0} ran at {1} the speed of {2} (95 % interval {3}), {4}.',
        nameOf(one),
        formatRatio(ratio.median),
        nameOf(baseline),
        intervalText(ratio),
        placeOf(result),
      );
}

function rateOf(result: Result): string {
  return formatNumber((result.pacedBytesPerSecond ?? Number.NaN) / MIB);
}
