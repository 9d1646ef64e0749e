/** What can be set in a laboratory, one descriptor each: the command line, documents, tables and the probe come of it. */
import type { Laboratory, LaboratoryInterface } from '../result/network.ts';

export type SwitchId = 'sg' | 'tso' | 'gso' | 'tx-checksum' | 'mtu' | 'rate' | 'delay' | 'loss';

export interface Switch {
  /** In `--to lab:sg=off`, as ethtool(8) and tc(8) name it. */
  readonly id: SwitchId;
  /** In a document: of `experiment.laboratories`, of the options of a case, and of the interface that was read back. */
  readonly property: keyof Laboratory;
  readonly kind: Kind;
  /** What the probe tries: nothing that a pair has by itself. */
  readonly trial: Value;
}

/** `flag`: on or off. `bytes`: an MTU. `rate`: bits a second. `time`: a delay. `share`: of the packets. */
export type Kind = 'flag' | 'bytes' | 'rate' | 'time' | 'share';
export type Value = boolean | number;

/** In the order of menus and names. */
export const SWITCHES: readonly Switch[] = [
  { id: 'sg', property: 'scatterGather', kind: 'flag', trial: false },
  { id: 'tso', property: 'tso', kind: 'flag', trial: false },
  { id: 'gso', property: 'gso', kind: 'flag', trial: false },
  { id: 'tx-checksum', property: 'txChecksum', kind: 'flag', trial: false },
  { id: 'mtu', property: 'mtu', kind: 'bytes', trial: 9000 },
  { id: 'rate', property: 'bytesPerSecond', kind: 'rate', trial: 125_000_000 },
  { id: 'delay', property: 'delayUs', kind: 'time', trial: 1000 },
  { id: 'loss', property: 'loss', kind: 'share', trial: 0.01 },
];

/** As it would be asked for; what `parseValue` reads back. */
export function formatValue({ kind }: Switch, value: Value): string {
  const number = Number(value);
  switch (kind) {
    case 'flag':
      return value ? 'on' : 'off';
    case 'bytes':
      return String(value);
    case 'rate':
      return inUnit(number * 8, [
        ['Gbit', 1e9],
        ['Mbit', 1e6],
        ['kbit', 1e3],
        ['bit', 1],
      ]);
    case 'time':
      return inUnit(number, [
        ['s', 1e6],
        ['ms', 1e3],
        ['us', 1],
      ]);
    case 'share':
      return `${Number((number * 100).toPrecision(6))}%`;
  }
}

/** Whether what was read back is what was asked for; the kernel keeps a loss as a 32-bit fraction. */
export function isGranted({ property }: Switch, asked: Value, reading: LaboratoryInterface): boolean {
  const found = reading[property];
  if (typeof asked === 'boolean' || typeof found !== 'number') return (found ?? 0) === asked;
  return Math.abs(found - asked) <= asked * 1e-6 + (property === 'loss' ? 1e-9 : 0);
}

/** In the largest unit that makes a whole number of it. */
function inUnit(value: number, units: readonly (readonly [string, number])[]): string {
  const [unit, size] = units.find(([, each]) => value >= each && value % each === 0) ?? (units.at(-1) as [string, 1]);
  return `${value / size}${unit}`;
}
