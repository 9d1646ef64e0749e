/** What the flow of a case depends on, taken from the result it is in. */
import type { FlowFacts } from './modes/descriptor.ts';
import type { Case, Result } from './result.ts';

export function flowFactsOf({ experiment, host }: Pick<Result, 'experiment' | 'host'>, path: Case['path']): FlowFacts {
  return {
    path,
    cold: experiment.cache === 'cold',
    receiver: experiment.receiver?.kind ?? null,
    scatterGather: host.interface?.scatterGather ?? null,
    filesystem: host.filesystem.type,
    kernel: host.kernel,
    peer: experiment.peer,
  };
}
