/** A comparison in words and numbers, the same on the page, in a terminal and in what is copied. */
import * as l10n from '@vscode/l10n';
import { spreadsheetText } from '../plainText.ts';
import type { Interval, Verdict } from '../result/numbers.ts';
import { FEWEST_FOR_INTERVAL } from '../statistics/median.ts';
import { cpuVerdictWord, verdictWord } from '../statistics/words.ts';
import { formatNumber, formatRatio } from '../units.ts';
import type { Comparison, Quantity } from './comparison.ts';

/** In the order of sentences. */
const VERDICTS: readonly Verdict[] = ['faster', 'slower', 'same', 'unsettled'];

/** A verdict in the words of its quantity: more MiB/s is `faster`, fewer CPU seconds are `less CPU`. */
export function verdictText({ id }: Quantity, verdict: Verdict): string {
  return id === 'cpu' ? cpuVerdictWord(verdict) : verdictWord(verdict);
}

/** `1.32x`, or a ratio of ratios; `1,234` otherwise. */
export function valueText({ unit }: Quantity, value: number): string {
  return unit === '' ? formatRatio(value) : formatNumber(value);
}

/** `B against A: 3 faster, 1 slower, 2 unsettled.` */
export function countsText({ results, cases }: Comparison, quantity: Quantity, result: number): string {
  const verdicts = cases.map(({ entries }) => entries[result]?.measured[quantity.id]?.change?.verdict);
  const counts = VERDICTS.flatMap((verdict) => {
    const count = verdicts.filter((each) => each === verdict).length;
    return count === 0 ? [] : [`${count} ${verdictText(quantity, verdict)}`];
  });
  const [mine, reference] = [results[result]?.letter ?? '', results[0]?.letter ?? ''];
  return counts.length === 0
    ? l10n.t('{0} against {1}: nothing to compare.', mine, reference)
    : l10n.t('{0} against {1}: {2}.', mine, reference, counts.join(', '));
}

/** What to know before believing any difference between runs. */
export function caveats({ quantities, results }: Comparison): readonly string[] {
  const relative = quantities.find(({ id }) => id === 'relative')?.name ?? '';
  const few = results.filter(({ rounds }) => rounds < FEWEST_FOR_INTERVAL).map(({ letter }) => letter);
  return [
    ...(few.length === 0
      ? []
      : [l10n.t('{0}: fewer than {1} rounds, so no interval is claimed.', few.join(', '), FEWEST_FOR_INTERVAL)]),
    l10n.t(
      'Two runs of the same thing differ by more than the rounds of one, because the host changes between them. Run {0} twice and compare the two to see by how much.',
      results[0]?.letter ?? '',
    ),
    l10n.t('“{0}” takes out how fast the host was at the time: each run is held against its own baseline.', relative),
    l10n.t(
      'Ratio: of the two medians. Its interval holds all that the 95 % intervals of both allow. No difference counts below 2 %, or below the noise floor of either run.',
    ),
  ];
}

/** Rows of text under a head, for a table or for copying. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns from the left hold names; the others hold numbers. */
  readonly names: number;
}

/** A row for every case of every result that is compared, with both medians, the ratio, its interval and the verdict. */
export function numbersOf({ results, cases }: Comparison, quantity: Quantity): TextTable {
  const [reference] = results;
  const several = results.length > 2;
  const headOf = (whose: string) => (quantity.unit === '' ? whose : `${whose}, ${quantity.unit}`);
  const head = [
    l10n.t('Case'),
    ...(several ? [l10n.t('Result')] : []),
    headOf(reference?.letter ?? ''),
    headOf(several ? l10n.t('result') : (results[1]?.letter ?? '')),
    l10n.t('Ratio'),
    l10n.t('95 % interval'),
    l10n.t('Verdict'),
  ];
  const rows = cases.flatMap(({ name, entries }) => {
    const before = entries[0]?.measured[quantity.id] ?? null;
    if (before === null) return [];
    return entries.flatMap((entry, index) => {
      const measured = entry?.measured[quantity.id] ?? null;
      if (measured === null || measured.change === null) return [];
      const { ratio, verdict } = measured.change;
      return [
        [
          name,
          ...(several ? [results[index]?.letter ?? ''] : []),
          valueText(quantity, before.value.median),
          valueText(quantity, measured.value.median),
          formatRatio(ratio.median),
          spreadText(ratio),
          verdictText(quantity, verdict),
        ],
      ];
    });
  });
  return { head, rows, names: several ? 2 : 1 };
}

/** `0.95x – 1.02x`, or a dash where no interval can be claimed. */
export function spreadText({ low, high }: Interval): string {
  return low === null || high === null ? '–' : `${formatRatio(low)} – ${formatRatio(high)}`;
}

/** Every quantity, one under the other, with tabs between the columns, as spreadsheets take them. */
export function comparisonAsText(comparison: Comparison): string {
  return comparison.quantities
    .map((quantity) => {
      const { head, rows, names } = numbersOf(comparison, quantity);
      // What is not a name is ours, and may begin with a sign.
      const texts = rows.map((row) => row.map((text, column) => (column < names ? spreadsheetText(text) : text)));
      return [[quantity.name], head.map(spreadsheetText), ...texts].map((row) => row.join('\t')).join('\n');
    })
    .join('\n\n');
}
