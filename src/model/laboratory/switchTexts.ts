/** Switches on a command line: how their values are written, and what they are. */
import * as l10n from '@vscode/l10n';
import type { Kind, Switch, SwitchId, Value } from './switches.ts';

const LEAST_MTU = 1500;
const LARGEST_MTU = 65535;
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

/** What it does, for help and for an editor. Called late, when the language is known. */
export function summaryOf({ id }: Switch): string {
  const summaries: Readonly<Record<SwitchId, string>> = {
    sg: l10n.t(
      'scatter-gather: whether a packet may be made of pieces in many places; off, the CPU copies every packet together, and TSO goes off with it',
    ),
    tso: l10n.t('TCP segmentation offload: whether up to 64 KiB go down as one packet, for the device to cut'),
    gso: l10n.t('generic segmentation offload; TCP uses it whatever this says, since Linux 4.17'),
    'tx-checksum': l10n.t(
      'checksums by the device; off, the CPU reads every byte to sum it up, and first copies what came by reference',
    ),
    mtu: l10n.t('bytes of a packet, 1500 to 65535; of both ends'),
    rate: l10n.t('bits a second, such as 100Mbit or 10Gbit, by the queueing discipline tbf'),
    delay: l10n.t('of every packet on its way out, such as 5ms or 200us, by netem'),
    loss: l10n.t('packets dropped at random, such as 0.1%, by netem'),
  };
  return summaries[id];
}

function within(number: number, least: number, most: number): number | undefined {
  return number >= least && number <= most ? number : undefined;
}

/** A number with one of the units; NaN for anything else. */
function scaled(text: string, units: Readonly<Record<string, number>>): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z%]+)$/i.exec(text) ?? [];
  return Number(number) * (units[unit.toLowerCase()] ?? Number.NaN);
}
