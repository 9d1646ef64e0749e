/** Where experiments or hosts differ, so that a difference of numbers may be theirs: rules as data, each with its sentence. */
import * as l10n from '@vscode/l10n';
import { hostFactGroups } from '../hostFacts.ts';
import { settingsText } from '../laboratory/settings.ts';
import type { Result } from '../result/result.ts';
import { countedSamples } from '../summary.ts';
import { tcpText } from '../tcp/settings.ts';
import { formatBytes, formatNumber, MIB } from '../units.ts';
import type { Difference, HostDifference } from './comparison.ts';

interface Rule {
  readonly kind: string;
  readonly name: string;
  /** As it is shown. What is shown alike is alike. */
  readonly value: (result: Result) => string;
  readonly meaning: string;
}

/** What differs between the experiments, in the order of how much it matters. */
export function experimentDifferences(results: readonly Result[]): readonly Difference[] {
  return rules().flatMap(({ kind, name, value, meaning }) => {
    const values = results.map(value);
    return differ(values) ? [{ kind, name, values, meaning }] : [];
  });
}

/** Called late, when the language is known. */
function rules(): readonly Rule[] {
  return [
    {
      kind: 'cache',
      name: l10n.t('Cache'),
      value: ({ experiment }) => (experiment.cache === 'warm' ? l10n.t('warm') : l10n.t('cold')),
      meaning: l10n.t('A warm source comes from memory, a cold one from the disk.'),
    },
    {
      kind: 'bytes',
      name: l10n.t('Bytes per transfer'),
      value: ({ experiment }) => formatBytes(experiment.bytes),
      meaning: l10n.t('A larger transfer spreads its first costs over more bytes, and may no longer fit into a cache.'),
    },
    {
      kind: 'rate',
      name: l10n.t('Rate'),
      value: rateOf,
      meaning: l10n.t(
        'CPU time per GiB depends on the rate: at a lower one there are more waits and wake-ups for each GiB.',
      ),
    },
    {
      kind: 'receiver',
      name: l10n.t('Receiver'),
      value: ({ experiment: { receiver } }) =>
        receiver === null ? '–' : l10n.t('{0}, buffer {1}', receiver.kind, formatBytes(receiver.bufferBytes)),
      meaning: l10n.t('The receiver takes part in every transfer, and decides how fast the sender may be.'),
    },
    {
      kind: 'remote',
      name: l10n.t('Receiver’s host'),
      value: ({ receiverHost }) => receiverHost?.name ?? l10n.t('this one'),
      meaning: l10n.t('Another host has its own CPU and kernel, and a way to it that is as fast as its slowest link.'),
    },
    {
      kind: 'way',
      name: l10n.t('Way of the data'),
      value: ({ experiment: { remote } }) =>
        remote?.way === 'ssh-forwarded' ? l10n.t('through ssh') : l10n.t('straight'),
      meaning: l10n.t('Through ssh it is ssh that is measured: every byte is copied to it, encrypted and sent by it.'),
    },
    {
      kind: 'network',
      name: l10n.t('Network'),
      value: networkOf,
      meaning: l10n.t(
        'Through a veth pair packets may be cut, summed up and copied on their way; over loopback none of it happens.',
      ),
    },
    {
      kind: 'streams',
      name: l10n.t('Streams'),
      value: ({ experiment }) => experiment.streams.join(', '),
      meaning: l10n.t('More streams have more threads at both ends, and share what is between them.'),
    },
    {
      kind: 'duration',
      name: l10n.t('Time of a transfer'),
      value: ({ experiment: { durationSeconds } }) => (durationSeconds === null ? '–' : `${durationSeconds} s`),
      meaning: l10n.t(
        'What goes on for long has its start spread over more bytes, and may come to other window sizes.',
      ),
    },
    {
      kind: 'tcp',
      name: l10n.t('Sending sockets'),
      value: ({ experiment }) => tcpText(experiment.tcp) || l10n.t('as the kernel makes them'),
      meaning: l10n.t(
        'How large segments and buffers are, and what TCP waits for, decides how many packets there are.',
      ),
    },
    {
      kind: 'peer',
      name: l10n.t('Consumer'),
      value: ({ experiment: { peer } }) => peer ?? '–',
      meaning: l10n.t('Threads share one address space; between processes the scheduler has more to change.'),
    },
    {
      kind: 'durable',
      name: l10n.t('Ends when the data is on the disk'),
      value: ({ experiment }) => yesOrNo(experiment.durable),
      meaning: l10n.t('With fdatasync the disk is timed too, without it only the way to the page cache.'),
    },
    {
      kind: 'source',
      name: l10n.t('Source'),
      value: ({ experiment: { source } }) => (source.kind === 'file' ? source.path : l10n.t('generated')),
      meaning: l10n.t('Another file may lie on another disk, in more pieces, or have holes.'),
    },
    {
      kind: 'pin',
      name: l10n.t('CPUs'),
      value: ({ experiment: { pin } }) =>
        pin === null
          ? l10n.t('as the scheduler likes')
          : [pin.sender, ...(pin.receiver === null ? [] : [pin.receiver])].join(', '),
      meaning: l10n.t('On one CPU the two sides take turns; on two that share no cache every line moves between them.'),
    },
    {
      kind: 'pipe-size',
      name: l10n.t('Pipe size'),
      value: ({ experiment: { pipeBytes } }) =>
        pipeBytes === null ? l10n.t('that of the buffer') : formatBytes(pipeBytes),
      meaning: l10n.t('A larger pipe takes more in one call.'),
    },
    {
      kind: 'queue-depth',
      name: l10n.t('Queue depth'),
      value: ({ experiment }) => String(experiment.queueDepth),
      meaning: l10n.t('A deeper queue keeps more under way at the same time.'),
    },
    {
      kind: 'rounds',
      name: l10n.t('Counted rounds'),
      value: (result) => String(roundsOf(result)),
      meaning: l10n.t('Fewer rounds give wider intervals, and fewer than six none.'),
    },
    {
      kind: 'status',
      name: l10n.t('Status'),
      value: ({ status }) => statusText(status),
      meaning: l10n.t('A run that did not come to its end has fewer rounds, or cases without any.'),
    },
    {
      kind: 'passes',
      name: l10n.t('Passes of their own'),
      value: passesOf,
      meaning: l10n.t('They come apart from the timed rounds and should change nothing in them.'),
    },
  ];
}

/** Counted rounds of the case that has most of them. */
export function roundsOf({ cases }: Result): number {
  return Math.max(0, ...cases.map((one) => countedSamples(one).length));
}

function networkOf({ experiment: { target, laboratories, remote } }: Result): string {
  if (remote !== null) return remote.host;
  if (laboratories === null) return target === 'loopback' ? l10n.t('loopback') : '–';
  return laboratories.map((each) => `lab ${settingsText(each)}`.trim()).join('; ');
}

function rateOf({ experiment, pacedBytesPerSecond }: Result): string {
  if (experiment.kind !== 'equal-rate') return '–';
  const rate = pacedBytesPerSecond ?? experiment.bytesPerSecond;
  return rate === null ? l10n.t('unknown') : `${formatNumber(rate / MIB)} MiB/s`;
}

function passesOf({ experiment: { evidence, latency } }: Result): string {
  const passes = [...(evidence === 'off' ? [] : [l10n.t('evidence')]), ...(latency ? [l10n.t('latency')] : [])];
  return passes.length === 0 ? l10n.t('none') : passes.join(', ');
}

function statusText(status: Result['status']): string {
  switch (status) {
    case 'running':
      return l10n.t('running');
    case 'complete':
      return l10n.t('complete');
    case 'partial':
      return l10n.t('partial');
    case 'failed':
      return l10n.t('failed');
  }
}

function yesOrNo(flag: boolean): string {
  return flag ? l10n.t('yes') : l10n.t('no');
}

/** Every fact that is not the same on all hosts, and the version of the lab, in the groups that tables have. */
export function hostDifferences(results: readonly Result[]): readonly HostDifference[] {
  const facts = results.map((result) => [
    ...hostFactGroups(result.host).flatMap(({ heading, facts }) =>
      facts.map(([name, value]) => ({ group: heading, name, value })),
    ),
    { group: l10n.t('Lab'), name: l10n.t('Made by'), value: result.tool },
  ]);
  const places = new Map(facts.flat().map(({ group, name }) => [JSON.stringify([group, name]), { group, name }]));
  return [...places.values()].flatMap(({ group, name }) => {
    const values = facts.map((each) => each.find((fact) => fact.group === group && fact.name === name)?.value ?? '–');
    return differ(values) ? [{ group, name, values }] : [];
  });
}

function differ(values: readonly string[]): boolean {
  return new Set(values).size > 1;
}
