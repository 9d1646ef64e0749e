/** Facts of a plain host, for flows in tests: loopback with a reading receiver, ext4, scatter-gather on. */
import type { FlowFacts } from '../src/model/modes/descriptor.ts';
import type { PathId } from '../src/model/result.ts';

export function factsFor(path: PathId, changes: Partial<FlowFacts> = {}): FlowFacts {
  return {
    path,
    cold: false,
    receiver: path === 'file-to-socket' ? 'read' : null,
    scatterGather: path === 'file-to-socket' ? true : null,
    filesystem: 'ext4',
    kernel: '6.18.0',
    peer: path === 'process-to-process' ? 'process' : null,
    ...changes,
  };
}
