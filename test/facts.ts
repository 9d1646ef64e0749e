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
    outOf: null,
    into: null,
    undone: null,
    mapped: null,
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

/** From one real machine to another. */
export const TO_HOST = { delivery: 'host', outOf: 'nic', into: 'nic' } as const;

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
        ['a laboratory', factsFor(path, { delivery: 'laboratory' })],
        ['a laboratory without scatter-gather', factsFor(path, { delivery: 'laboratory', scatterGather: false })],
        ...RECEIVERS.map((receiver) => [`a NIC to ${receiver}`, factsFor(path, { ...TO_HOST, receiver })] as const),
        ['a NIC without scatter-gather', factsFor(path, { ...TO_HOST, scatterGather: false })],
        ['a NIC without checksums', factsFor(path, { ...TO_HOST, checksumOffload: false })],
        ['ssh', factsFor(path, { delivery: 'forwarded' })],
        ['virtual interfaces', factsFor(path, { delivery: 'host', outOf: 'virtual', into: 'virtual' })],
        [
          'a virtual interface that undid',
          factsFor(path, { delivery: 'host', outOf: 'virtual', into: 'unknown', undone: true }),
        ],
        ['pages mapped by the receiver', factsFor(path, { ...TO_HOST, receiver: 'zerocopy-receive', mapped: true })],
      ];
    case 'process-to-process':
      return [['two processes', factsFor(path)]];
  }
}
