/** Facts of a plain host, for flows in tests: loopback with a reading receiver, ext4, all offloads on. */
import type { FlowFacts } from '../src/model/modes/descriptor.ts';
import type { ReceiverKind } from '../src/model/result/experiment.ts';
import type { PathId } from '../src/model/result/path.ts';

export function factsFor(path: PathId, changes: Partial<FlowFacts> = {}): FlowFacts {
  const network = path === 'file-to-socket';
  return {
    path,
    cold: false,
    durable: false,
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

const RECEIVERS: readonly ReceiverKind[] = [
  'read',
  'discard',
  'splice-null',
  'zerocopy-receive',
  'save',
  'save-splice',
];

/** Every fact that makes a flow differ, on one path. */
export function variants(path: PathId): readonly (readonly [string, FlowFacts])[] {
  const cache = [false, true].map((cold) => [cold ? 'cold' : 'warm', factsFor(path, { cold })] as const);
  switch (path) {
    case 'file-to-file':
      return [
        ...cache,
        ['durable', factsFor(path, { durable: true })],
        ['with a tail', factsFor(path, { wholeBlocks: false })],
        ...['xfs', 'btrfs', 'nfs4', 'tmpfs'].map((filesystem) => [filesystem, factsFor(path, { filesystem })] as const),
      ];
    case 'file-to-socket':
      return [
        ...cache,
        ...RECEIVERS.map((receiver) => [receiver, factsFor(path, { receiver })] as const),
        ['veth without scatter-gather', factsFor(path, { scatterGather: false })],
        ['a NIC', factsFor(path, { delivery: 'nic' })],
        ['a NIC without scatter-gather', factsFor(path, { delivery: 'nic', scatterGather: false })],
        ['a NIC without checksums', factsFor(path, { delivery: 'nic', checksumOffload: false })],
      ];
    case 'process-to-process':
      return [['two processes', factsFor(path)]];
  }
}
