/** A result as tidy CSV: one row per sample, one column per quantity (RFC 4180). */
import { objectBytesOf } from './caseSize.ts';
import { movedBytes } from './moved.ts';
import type { Case } from './result/case.ts';
import type { Result } from './result/result.ts';
import type { Cost, Sample } from './result/sample.ts';

const COLUMNS: readonly (readonly [string, (one: Case, sample: Sample) => string | number | boolean | null])[] = [
  ['mode', (one) => one.mode],
  ['path', (one) => one.path],
  ['bufferBytes', (one) => one.bufferBytes],
  ['bytes', (one, sample) => movedBytes(one, sample)],
  ['objectBytes', (one) => objectBytesOf(one)],
  ['objectCount', (one) => one.options['objectCount'] ?? null],
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
];

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
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
