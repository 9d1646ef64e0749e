/** What the flow of a case depends on, taken from the result it is in. */
import { PAGE_BYTES } from './flow.ts';
import type { FlowFacts, Port } from './modes/descriptor.ts';
import { type CaseOutline, type Digestible, observedOf } from './pageResult.ts';
import type { Host } from './result/host.ts';
import type { Result } from './result/result.ts';
import { zerocopyTotal } from './zerocopyTotal.ts';

/** What is known of the transfers of a case besides their mode. */
type OfCase = Digestible & Pick<CaseOutline, 'interface' | 'zerocopy'>;

type OfResult = Pick<Result, 'experiment' | 'host' | 'receiverHost'> & {
  readonly cases: readonly (Digestible & Pick<CaseOutline, 'mode'>)[];
};

/** @param one the case whose transfers are meant; null: any of the mode */
export function flowFactsOf(result: OfResult, path: CaseOutline['path'], one: OfCase | null = null): FlowFacts {
  const { experiment, host, cases } = result;
  const leaves = interfaceOf(host, one ?? { interface: null });
  return {
    path,
    cold: experiment.cache === 'cold',
    durable: experiment.durable,
    wholeBlocks: experiment.bytes % PAGE_BYTES === 0,
    receiver: experiment.receiver?.kind ?? null,
    ...wayOf(result, path, leaves),
    undone: undoneOf(one),
    mapped: mappedBy(one),
    scatterGather: leaves?.scatterGather ?? null,
    checksumOffload: leaves?.txChecksum ?? null,
    filesystem: host.filesystem.type,
    sharesBlocks: sharedBlocks(cases),
    kernel: host.kernel,
    peer: experiment.peer,
    queueDepth: experiment.queueDepth,
  };
}

/** A receiver on another host that is reached by loopback is another process of this one. */
function wayOf(
  { experiment: { target, remote }, host, receiverHost }: OfResult,
  path: CaseOutline['path'],
  leaves: Host['interface'],
): Pick<FlowFacts, 'delivery' | 'outOf' | 'into'> {
  const nowhere = { outOf: null, into: null };
  if (path !== 'file-to-socket') return { delivery: null, ...nowhere };
  if (target === 'lab') return { delivery: 'laboratory', ...nowhere };
  if (remote?.way === 'ssh-forwarded') return { delivery: 'forwarded', ...nowhere };
  if (target !== 'host' || leaves?.name === 'lo') return { delivery: 'local', ...nowhere };
  const arrives = receiverHost?.interface ?? null;
  return {
    delivery: 'host',
    outOf: portOf(leaves, host.virtualised),
    into: portOf(arrives, receiverHost?.virtualised ?? null),
  };
}

function portOf(link: Host['interface'], virtualised: string | null): Port {
  if (link?.virtual === true) return 'virtual';
  return link?.virtual === false && link.virtio !== true && virtualised === null ? 'nic' : 'unknown';
}

/** The interface that the bytes of a case leave by; null where they leave by none. */
export function interfaceOf(
  { interface: ofHost }: Pick<Result['host'], 'interface'>,
  { interface: own }: Pick<CaseOutline, 'interface'>,
): Host['interface'] {
  return own ?? ofHost;
}

/** Of a case whose samples nobody has summed up yet by its samples. */
function undoneOf(one: OfCase | null): boolean | null {
  const total = one?.zerocopy ?? (one !== null && 'samples' in one ? zerocopyTotal(one.samples) : null);
  return total === null || total.completed === 0 ? null : total.copied === total.completed;
}

function mappedBy(one: OfCase | null): boolean | null {
  const mapped = one === null ? null : observedOf(one, 'receiverMappedBytes');
  return mapped === null ? null : mapped.total > 0;
}

/** Whether copy_file_range was seen to share blocks here; null where no transfer looked. */
function sharedBlocks(cases: readonly (Digestible & Pick<CaseOutline, 'mode'>)[]): boolean | null {
  const seen = cases
    .filter((one) => one.mode === 'copy-file-range')
    .flatMap((one) => observedOf(one, 'sharedBytes') ?? []);
  return seen.length === 0 ? null : seen.some(({ most }) => most > 0);
}
