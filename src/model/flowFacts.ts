/** What the flow of a case depends on, taken from the result it is in. */
import { PAGE_BYTES } from './flow.ts';
import type { FlowFacts } from './modes/descriptor.ts';
import { type CaseOutline, type Digestible, observedOf } from './pageResult.ts';
import type { Result } from './result.ts';

export function flowFactsOf(
  {
    experiment,
    host,
    cases,
  }: Pick<Result, 'experiment' | 'host'> & { readonly cases: readonly (Digestible & Pick<CaseOutline, 'mode'>)[] },
  path: CaseOutline['path'],
): FlowFacts {
  return {
    path,
    cold: experiment.cache === 'cold',
    durable: experiment.durable,
    wholeBlocks: experiment.bytes % PAGE_BYTES === 0,
    receiver: experiment.receiver?.kind ?? null,
    // Today's receivers are all on this host.
    delivery: path === 'file-to-socket' ? 'local' : null,
    scatterGather: host.interface?.scatterGather ?? null,
    checksumOffload: host.interface?.txChecksum ?? null,
    filesystem: host.filesystem.type,
    sharesBlocks: sharedBlocks(cases),
    kernel: host.kernel,
    peer: experiment.peer,
    queueDepth: experiment.queueDepth,
  };
}

/** Whether copy_file_range was seen to share blocks here; null where no transfer looked. */
function sharedBlocks(cases: readonly (Digestible & Pick<CaseOutline, 'mode'>)[]): boolean | null {
  const seen = cases
    .filter((one) => one.mode === 'copy-file-range')
    .flatMap((one) => observedOf(one, 'sharedBytes') ?? []);
  return seen.length === 0 ? null : seen.some(({ most }) => most > 0);
}
