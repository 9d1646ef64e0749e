/** A result as tidy CSV: one row per sample, one column per quantity (RFC 4180). */
import { objectBytesOf } from './caseSize.ts';
import { movedBytes } from './moved.ts';
import { spreadsheetText } from './plainText.ts';
import type { Case } from './result/case.ts';
import type { Result } from './result/result.ts';
import type { Cost, Sample } from './result/sample.ts';
import { fairnessOf } from './tcp/fairness.ts';
import { tcpOf } from './tcp/reading.ts';

const COLUMNS: readonly (readonly [string, (one: Case, sample: Sample) => string | number | boolean | null])[] = [
  ['mode', (one) => one.mode],
  ['path', (one) => one.path],
  ['bufferBytes', (one) => one.bufferBytes],
  ['bytes', (one, sample) => movedBytes(one, sample)],
  ['objectBytes', (one) => objectBytesOf(one)],
  ['objectCount', (one) => one.options['objectCount'] ?? null],
  ['streams', (one) => one.options['streams'] ?? null],
  ['laboratory', (one) => one.options['laboratory'] ?? null],
  ['tcp', (one) => one.options['tcp'] ?? null],
  ['control', (one) => one.control],
  ['implied', (one) => one.implied],
  ['round', (_, sample) => sample.round],
  ['warmup', (_, sample) => sample.warmup],
  ['outlier', (_, sample) => sample.outlier],
  ['excluded', (_, sample) => sample.excluded],
  ['residency', (_, sample) => sample.residency],
  ['wallNs', (_, sample) => sample.wallNs],
  ['senderDoneNs', (_, sample) => sample.senderDoneNs],
  ['setupNs', (_, sample) => sample.setupNs],
  ...costColumns('sender', (sample) => sample.sender),
  ...costColumns('receiver', (sample) => sample.receiver),
  ['tcp.rttNs', (_, sample) => tcpOf(sample).rttNs],
  ['tcp.minRttNs', (_, sample) => tcpOf(sample).minRttNs],
  ['tcp.retransmits', (_, sample) => tcpOf(sample).retransmits],
  ['tcp.mssBytes', (_, { observed }) => observed['tcpMssBytes'] ?? null],
  ['tcp.deliveryBytesPerSecond', (_, { observed }) => observed['tcpDeliveryBytesPerSecond'] ?? null],
  ['host.busyNs', (_, { observed }) => observed['hostBusyNs'] ?? null],
  ['host.softirqNs', (_, { observed }) => observed['hostSoftirqNs'] ?? null],
  ['receiverHost.busyNs', (_, { observed }) => observed['receiverHostBusyNs'] ?? null],
  ['receiverHost.softirqNs', (_, { observed }) => observed['receiverHostSoftirqNs'] ?? null],
  ['fairness', (_, { streams }) => fairnessOf(streams)?.jain ?? null],
  ['stream.bytes', (_, { streams }) => inOneCell(streams?.map(({ bytes }) => bytes))],
  ['stream.doneNs', (_, { streams }) => inOneCell(streams?.map(({ doneNs }) => doneNs))],
  ['intervalNs', (_, { intervals }) => intervals?.everyNs ?? null],
  ['interval.bytes', (_, { intervals }) => inOneCell(intervals?.bytes)],
];

/** Numbers of one transfer between blanks. */
function inOneCell(values: readonly number[] | undefined): string | null {
  return values === undefined ? null : values.join(' ');
}

export function resultToCsv(result: Result): string {
  const rows = result.cases.flatMap((one) =>
    one.samples.map((sample) => COLUMNS.map(([, value]) => cell(value(one, sample))).join(',')),
  );
  return `${[COLUMNS.map(([name]) => name).join(','), ...rows].join('\r\n')}\r\n`;
}

function costColumns(who: string, costOf: (sample: Sample) => Cost | null): typeof COLUMNS {
  const quantities = [
    'cpuNs',
    'userNs',
    'systemNs',
    'voluntarySwitches',
    'involuntarySwitches',
    'minorFaults',
    'majorFaults',
  ] as const;
  return [
    ...quantities.map(
      (name) => [`${who}.${name}`, (_: Case, sample: Sample) => costOf(sample)?.[name] ?? null] as const,
    ),
    [
      `${who}.calls`,
      (_: Case, sample: Sample) => {
        const cost = costOf(sample);
        return cost === null ? null : Object.values(cost.calls).reduce((sum, count) => sum + count, 0);
      },
    ] as const,
  ];
}

function cell(value: string | number | boolean | null): string {
  const text = typeof value === 'string' ? spreadsheetText(value) : value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
