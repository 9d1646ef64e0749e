/**
 * What a run cost the CPUs of both hosts, softirqs included: the work of interrupts is billed to whoever happens to run,
 * or to nobody, so that the time of the two threads alone leaves some of it out.
 */
import * as l10n from '@vscode/l10n';
import { fullCaseName } from '../caseName.ts';
import { type CaseOutline, type Digestible, digestOf, observedOf, transferCount } from '../pageResult.ts';
import type { Result } from '../result/result.ts';
import type { Summary } from '../result/summary.ts';
import { formatNumber, formatPercent, GIB } from '../units.ts';

/** The kernel counts in ticks of this length (USER_HZ, proc(5)). */
const TICK_NS = 1e7;
/** Of fewer ticks a share is mostly chance: one more or less would change it by 5 % or more. */
const FEWEST_TICKS = 20;

/** CPU seconds per GiB. */
export interface HostCpu {
  /** Of the thread that sends or receives, by its own clock: the median of the summary. */
  readonly thread: number | null;
  /** Of all CPUs of its host, over all transfers of the case; null where there are too few ticks, or nobody looked. */
  readonly host: number | null;
  /** Share of that in softirqs. */
  readonly softirqShare: number | null;
}

export interface CaseCpu {
  readonly index: number;
  readonly name: string;
  readonly sender: HostCpu;
  readonly receiver: HostCpu;
}

type OfCase = Digestible & CaseOutline & { readonly summary: Summary | null };

/** Of every case of a run to another host that was measured; empty for other runs. */
export function cpuOfHosts({ cases }: { readonly cases: readonly OfCase[] }): readonly CaseCpu[] {
  return cases.flatMap((one, index) => {
    const { summary } = one;
    if (summary === null || one.control || observedOf(one, 'receiverHostBusyNs') === null) return [];
    return [
      {
        index,
        name: fullCaseName(one),
        sender: ofHost(one, 'host', summary.cpuSecondsPerGib.median),
        receiver: ofHost(one, 'receiverHost', summary.receiverCpuSecondsPerGib?.median ?? null),
      },
    ];
  });
}

function ofHost(one: OfCase, host: HostId, thread: number | null): HostCpu {
  return { thread, ...wholeHost([one], host) };
}

type HostId = 'host' | 'receiverHost';

/** All CPUs of a host over all transfers of these cases. */
function wholeHost(cases: readonly OfCase[], host: HostId): Pick<HostCpu, 'host' | 'softirqShare'> {
  const sum = (quantity: (one: OfCase) => number) => cases.reduce((total, one) => total + quantity(one), 0);
  const busy = sum((one) => observedOf(one, `${host}BusyNs`)?.total ?? 0);
  const softirq = sum((one) => observedOf(one, `${host}SoftirqNs`)?.total ?? 0);
  const moved = sum((one) => digestOf(one).movedInAll ?? transferCount(one) * one.bytes);
  if (busy < FEWEST_TICKS * TICK_NS || moved === 0) return { host: null, softirqShare: null };
  return { host: busy / 1e9 / (moved / GIB), softirqShare: softirq / busy };
}

/** The columns of a table of it. */
export function cpuColumns(): readonly { readonly title: string; readonly cell: (one: CaseCpu) => string }[] {
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value));
  const share = (value: number | null) => (value === null ? '–' : formatPercent(value));
  return [
    { title: l10n.t('sender, s/GiB'), cell: ({ sender }) => number(sender.thread) },
    { title: l10n.t('its host'), cell: ({ sender }) => number(sender.host) },
    { title: l10n.t('in softirqs'), cell: ({ sender }) => share(sender.softirqShare) },
    { title: l10n.t('receiver, s/GiB'), cell: ({ receiver }) => number(receiver.thread) },
    { title: l10n.t('its host'), cell: ({ receiver }) => number(receiver.host) },
    { title: l10n.t('in softirqs'), cell: ({ receiver }) => share(receiver.softirqShare) },
  ];
}

type OfRun = Pick<Result, 'host' | 'receiverHost'> & { readonly cases: readonly OfCase[] };

/** What all cases together cost both hosts, and how the table is to be read: a sentence or two for each. */
export function cpuSentences({ host, receiverHost, cases }: OfRun): readonly string[] {
  const observed = cases.filter((one) => observedOf(one, 'receiverHostBusyNs') !== null);
  const [sender, receiver] = [wholeHost(observed, 'host'), wholeHost(observed, 'receiverHost')];
  return [
    ...(sender.host === null || receiver.host === null
      ? []
      : [
          l10n.t(
            'In all, the sender’s host spent {0} CPU s/GiB, {1} of that in softirqs; the receiver’s {2}, {3} of that in softirqs.',
            formatNumber(sender.host),
            formatPercent(sender.softirqShare ?? 0),
            formatNumber(receiver.host),
            formatPercent(receiver.softirqShare ?? 0),
          ),
        ]),
    l10n.t(
      'Of sender and receiver: the threads, by their own clocks. Of a host: all its CPUs and everybody’s work, summed up over all transfers of the case in ticks of 10 ms; with fewer than {0} ticks nothing is said.',
      FEWEST_TICKS,
    ),
    ...(receiverHost?.name === host.name && receiverHost.kernel === host.kernel
      ? [l10n.t('Both have one name and one kernel: if they are one machine, both columns count the same CPUs.')]
      : []),
  ];
}
