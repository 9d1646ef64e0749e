/** What was measured through a laboratory, in a line or two for the picture of its flow. */
import * as l10n from '@vscode/l10n';
import { FEWEST_SAMPLES, wilson } from '../evidence/wilson.ts';
import type { Fact } from '../hostFacts.ts';
import type { CaseOutline } from '../pageResult.ts';
import type { Result } from '../result/result.ts';
import { spread } from '../statistics/words.ts';
import { formatNumber, formatPercent } from '../units.ts';

/** Nothing for a case without numbers. */
export function measuredFacts(one: CaseOutline, tiers: Result['tiers']): readonly Fact[] {
  const { summary, zerocopy } = one;
  if (summary === null) return [];
  const cpu = summary.totalCpuSecondsPerGib ?? summary.cpuSecondsPerGib;
  return [
    [l10n.t('Throughput'), withInterval(summary.mibPerSecond, 'MiB/s')],
    [l10n.t('CPU time of both sides'), withInterval(cpu, 's/GiB')],
    ...segmentation(one, tiers),
    ...(zerocopy === null || zerocopy.completed === 0
      ? []
      : [
          [
            l10n.t('Completions that say COPIED'),
            l10n.t('{0} of {1}', formatNumber(zerocopy.copied), formatNumber(zerocopy.completed)),
          ] as const,
        ]),
  ];
}

function withInterval(interval: Parameters<typeof spread>[0], unit: string): string {
  const around = spread(interval, formatNumber);
  const middle = `${formatNumber(interval.median)} ${unit}`;
  return around === null ? middle : `${middle} (${around})`;
}

/** The copy that scatter-gather saves. It may be made in softirqs outside of sender and receiver, so all CPUs have to be sampled. */
function segmentation({ evidence }: CaseOutline, tiers: Result['tiers']): readonly Fact[] {
  if (evidence === null) return [];
  const name = l10n.t('Copy at segmentation');
  const total = evidence.labels.reduce((sum, { samples }) => sum + samples, 0);
  const sees = (id: string) => tiers?.some((tier) => tier.id === id && tier.available) === true;
  if (total < FEWEST_SAMPLES || !sees('symbols') || !sees('cpu-wide')) return [[name, l10n.t('not observable here')]];
  const own = evidence.labels.filter(({ label }) => label === 'copy-segmentation');
  const samples = own.reduce((sum, each) => sum + each.samples, 0);
  const { share, low, high } = wilson(samples, total);
  return [
    [
      name,
      samples === 0
        ? l10n.t('none seen: at most {0} of the samples', formatPercent(high))
        : l10n.t('{0} of the samples ({1}–{2})', formatPercent(share), formatPercent(low), formatPercent(high)),
    ],
  ];
}
