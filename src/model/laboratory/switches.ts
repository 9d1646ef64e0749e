/** What can be set in a laboratory, one descriptor each: the command line, documents, tables and the probe come of it. */
import * as l10n from '@vscode/l10n';
import type { Laboratory, LaboratoryInterface } from '../result.ts';

export interface Switch {
  /** In `--to lab:sg=off`, as ethtool(8) and tc(8) name it. */
  readonly id: string;
  /** In a document: of `experiment.laboratories`, of the options of a case, and of the interface that was read back. */
  readonly property: keyof Laboratory;
  readonly kind: Kind;
  readonly summary: string;
}

/** `flag`: on or off. `bytes`: an MTU. `rate`: bits a second. `time`: a delay. `share`: of the packets. */
type Kind = 'flag' | 'bytes' | 'rate' | 'time' | 'share';
type Value = boolean | number;

/** In the order of menus and names. Called late, when the language is known. */
export function switches(): readonly Switch[] {
  return [
    {
      id: 'sg',
      property: 'scatterGather',
      kind: 'flag',
      summary: l10n.t(
        'scatter-gather: whether a packet may be made of pieces in many places; off, the CPU copies every packet together, and TSO goes off with it',
      ),
    },
    {
      id: 'tso',
      property: 'tso',
      kind: 'flag',
      summary: l10n.t('TCP segmentation offload: whether up to 64 KiB go down as one packet, for the device to cut'),
    },
    {
      id: 'gso',
      property: 'gso',
      kind: 'flag',
      summary: l10n.t('generic segmentation offload; TCP uses it whatever this says, since Linux 4.17'),
    },
    {
      id: 'tx-checksum',
      property: 'txChecksum',
      kind: 'flag',
      summary: l10n.t(
        'checksums by the device; off, the CPU reads every byte to sum it up, and first copies what came by reference',
      ),
    },
    { id: 'mtu', property: 'mtu', kind: 'bytes', summary: l10n.t('bytes of a packet, 1500 to 65535; both ends') },
    {
      id: 'rate',
      property: 'bytesPerSecond',
      kind: 'rate',
      summary: l10n.t('bits a second, such as 100Mbit or 10Gbit, by the queueing discipline tbf'),
    },
    {
      id: 'delay',
      property: 'delayUs',
      kind: 'time',
      summary: l10n.t('of every packet on its way out, such as 5ms or 200us, by netem'),
    },
    {
      id: 'loss',
      property: 'loss',
      kind: 'share',
      summary: l10n.t('packets dropped at random, such as 0.1%, by netem'),
    },
  ];
}

export const LEAST_MTU = 1500;
export const LARGEST_MTU = 65535;
/** netem keeps its delay in nanoseconds, and a minute is more than any route has. */
const LONGEST_DELAY_US = 60_000_000;

/** What to write for it: `sg=on|off`. */
export function placeholder({ id, kind }: Switch): string {
  const values: Readonly<Record<Kind, string>> = {
    flag: 'on|off',
    bytes: `${LEAST_MTU}..${LARGEST_MTU}`,
    rate: '1Gbit',
    time: '5ms',
    share: '0.1%',
  };
  return `${id}=${values[kind]}`;
}

/** Undefined for a text that is no value of it. */
export function parseValue({ kind }: Switch, text: string): Value | undefined {
  switch (kind) {
    case 'flag':
      return text === 'on' ? true : text === 'off' ? false : undefined;
    case 'bytes':
      return within(Number(/^\d+$/.exec(text)?.[0]), LEAST_MTU, LARGEST_MTU);
    case 'rate': {
      const bits = scaled(text, { bit: 1, kbit: 1e3, mbit: 1e6, gbit: 1e9 });
      return within(Math.floor(bits / 8), 1, Number.MAX_SAFE_INTEGER);
    }
    case 'time':
      return within(Math.round(scaled(text, { us: 1, ms: 1e3, s: 1e6 })), 0, LONGEST_DELAY_US);
    case 'share':
      return within(scaled(text, { '%': 0.01 }), 0, 1);
  }
}

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

function within(number: number, least: number, most: number): number | undefined {
  return number >= least && number <= most ? number : undefined;
}

/** A number with one of the units; NaN for anything else. */
function scaled(text: string, units: Readonly<Record<string, number>>): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z%]+)$/i.exec(text) ?? [];
  return Number(number) * (units[unit.toLowerCase()] ?? Number.NaN);
}

/** In the largest unit that makes a whole number of it. */
function inUnit(value: number, units: readonly (readonly [string, number])[]): string {
  const [unit, size] = units.find(([, each]) => value >= each && value % each === 0) ?? (units.at(-1) as [string, 1]);
  return `${value / size}${unit}`;
}
