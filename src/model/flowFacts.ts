/** What the flow of a case depends on, taken from the result it is in. */
import { PAGE_BYTES } from './flow.ts';
import type { FlowFacts } from './modes/descriptor.ts';
import { type CaseOutline, type Digestible, observedOf } from './pageResult.ts';
import type { Experiment } from './result/experiment.ts';
import type { Host } from './result/host.ts';
import type { Result } from './result/result.ts';

/** @param own the interface of the case, where it has one of its own */
export function flowFactsOf(
  {
    experiment,
    host,
    cases,
  }: Pick<Result, 'experiment' | 'host'> & { readonly cases: readonly (Digestible & Pick<CaseOutline, 'mode'>)[] },
  path: CaseOutline['path'],
  own: CaseOutline['interface'] = null,
): FlowFacts {
  const leaves = interfaceOf(host, { interface: own });
  return {
    path,
    cold: experiment.cache === 'cold',
    durable: experiment.durable,
    wholeBlocks: experiment.bytes % PAGE_BYTES === 0,
    receiver: experiment.receiver?.kind ?? null,
    delivery: path === 'file-to-socket' ? deliveryOf(experiment, leaves) : null,
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
function deliveryOf({ target }: Experiment, leaves: Host['interface']): FlowFacts['delivery'] {
  return target === 'host' && leaves?.name !== 'lo' ? 'nic' : 'local';
}

/** The interface that the bytes of a case leave by; null where they leave by none. */
export function interfaceOf(
  { interface: ofHost }: Pick<Result['host'], 'interface'>,
  { interface: own }: Pick<CaseOutline, 'interface'>,
): Host['interface'] {
  return own ?? ofHost;
}

/** Whether copy_file_range was seen to share blocks here; null where no transfer looked. */
function sharedBlocks(cases: readonly (Digestible & Pick<CaseOutline, 'mode'>)[]): boolean | null {
  const seen = cases
    .filter((one) => one.mode === 'copy-file-range')
    .flatMap((one) => observedOf(one, 'sharedBytes') ?? []);
  return seen.length === 0 ? null : seen.some(({ most }) => most > 0);
}
