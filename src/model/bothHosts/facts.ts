/** The facts of both hosts side by side, what differs first. */
import * as l10n from '@vscode/l10n';
import { onOrOff } from '../hostFacts.ts';
import type { Host, ReceiverHost } from '../result/host.ts';
import type { Result } from '../result/result.ts';
import { formatBytes, formatLinkSpeed } from '../units.ts';

/** A fact as text at either end; null where nobody told. */
export interface FactPair {
  readonly name: string;
  readonly sender: string | null;
  readonly receiver: string | null;
  /** Both are known, and they are not the same. */
  readonly differs: boolean;
}

/** None where there is one host only. Called late, when the language is known. */
export function factPairs({ host, receiverHost }: Pick<Result, 'host' | 'receiverHost'>): readonly FactPair[] {
  if (receiverHost === null) return [];
  const theirs = factsOf(receiverHost);
  const pairs = factsOf(host).map(([name, sender], nth): FactPair => {
    const receiver = theirs[nth]?.[1] ?? null;
    return { name, sender, receiver, differs: sender !== null && receiver !== null && sender !== receiver };
  });
  return pairs.toSorted((a, b) => Number(b.differs) - Number(a.differs));
}

type Known = readonly [name: string, value: string | null];

function factsOf(host: Host | ReceiverHost): readonly Known[] {
  const { cpu, interface: link } = host;
  return [
    [l10n.t('Name'), host.name],
    [l10n.t('Kernel'), host.kernel],
    [l10n.t('Architecture'), host.arch],
    [l10n.t('Distribution'), host.distribution],
    [l10n.t('CPU'), cpu.model],
    [l10n.t('Logical CPUs'), cpu.logical === null ? null : String(cpu.logical)],
    [l10n.t('Memory'), host.memoryBytes === null ? null : formatBytes(host.memoryBytes)],
    [l10n.t('Virtualised'), host.virtualised ?? l10n.t('nothing says so')],
    [l10n.t('Interface'), link?.name ?? null],
    [l10n.t('Device'), deviceOf(link)],
    [l10n.t('Link'), link?.linkBytesPerSecond == null ? null : formatLinkSpeed(link.linkBytesPerSecond)],
    ['MTU', link?.mtu == null ? null : String(link.mtu)],
    [l10n.t('Scatter-gather'), flag(link?.scatterGather)],
    [l10n.t('TCP segmentation (TSO)'), flag(link?.tso)],
    [l10n.t('Generic segmentation (GSO)'), flag(link?.gso)],
    [l10n.t('TX checksum'), flag(link?.txChecksum)],
  ];
}

function deviceOf(link: Host['interface']): string | null {
  if (link?.virtual == null) return null;
  if (link.virtual) return l10n.t('none: a virtual interface');
  return link.virtio === true ? l10n.t('virtio: its DMA is work of the host around') : l10n.t('one of its own');
}

function flag(on: boolean | null | undefined): string | null {
  return on == null ? null : onOrOff(on);
}
