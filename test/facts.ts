/** Facts of a plain host, for flows in tests: loopback with a reading receiver, ext4, all offloads on. */
import type { FlowFacts } from '../src/model/modes/descriptor.ts';
import type { PathId } from '../src/model/result.ts';

export function factsFor(path: PathId, changes: Partial<FlowFacts> = {}): FlowFacts {
  const network = path === 'file-to-socket';
  return {
    path,
    cold: false,
    wholeBlocks: true,
    receiver: network ? 'read' : null,
    delivery: network ? 'local' : null,
    scatterGather: network ? true : null,
    checksumOffload: network ? true : null,
    filesystem: 'ext4',
    sharesBlocks: null,
    kernel: '6.18.0',
    peer: path === 'process-to-process' ? 'process' : null,
    queueDepth: 8,
    ...changes,
  };
}
