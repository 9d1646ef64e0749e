/** What this kernel does, as tables, against the flows: copies by the CPU and by devices, crossings of a chunk. */
import { describe, expect, test } from 'vitest';
import type { ChunkCounts, Flow } from '../../src/model/flow.ts';
import { countsForChunk, countsOfSides } from '../../src/model/flow.ts';
import { findMode, modesOfPath } from '../../src/model/modes/catalogue.ts';
import type { FlowFacts, ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import type { ReceiverKind } from '../../src/model/result/experiment.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { factsFor, TO_HOST } from '../facts.ts';

function flowOf(id: string, path: PathId, changes: Partial<FlowFacts> = {}): Flow {
  return (findMode(id) as ModeDescriptor).here(factsFor(path, changes));
}

/** `4/2/2`, and `<=4/2/2` where the crossings are only the most there can be. */
function figure({ crossings, atMost, cpuCopies, dmaCopies }: ChunkCounts): string {
  return `${atMost ? '<=' : ''}${crossings}/${cpuCopies}/${dmaCopies}`;
}

function covers(path: PathId, ids: readonly string[]): void {
  expect([...new Set(ids)].sort()).toEqual(
    modesOfPath(path)
      .map(({ id }) => id)
      .sort(),
  );
}

describe('file to file, cold: crossings of a chunk, CPU copies, DMA copies', () => {
  const table: readonly (readonly [string, Partial<FlowFacts>, string])[] = [
    ['read-write', {}, '4/2/2'],
    ['mmap-write', {}, '6/1/2'],
    ['mmap-mmap', {}, '<=14/1/2'],
    ['sendfile', {}, '2/1/2'],
    ['splice', {}, '4/1/2'],
    ['copy-file-range', {}, '2/1/2'],
    ['copy-file-range', { filesystem: 'tmpfs' }, '2/1/2'],
    ['copy-file-range', { filesystem: 'xfs' }, '2/0/0'],
    ['copy-file-range', { filesystem: 'btrfs' }, '2/0/0'],
    ['copy-file-range', { filesystem: 'nfs4' }, '2/0/0'],
    // What was seen counts for more than what the filesystem could: XFS made with reflink=0.
    ['copy-file-range', { filesystem: 'xfs', sharesBlocks: false }, '2/1/2'],
    ['reflink', { filesystem: 'xfs' }, '2/0/0'],
    ['direct', {}, '4/0/2'],
    ['direct', { wholeBlocks: false }, '<=6/0/2'],
    ['direct', { filesystem: 'btrfs', kernel: '6.18.44' }, '4/1/2'],
    ['direct', { filesystem: 'btrfs', kernel: '6.13.12' }, '4/0/2'],
    ['read-write-dontcache', {}, '4/2/2'],
    ['io-uring', {}, '<=4/2/2'],
    ['io-uring-fixed', {}, '<=4/2/2'],
    ['io-uring-direct', {}, '<=4/0/2'],
    ['io-uring-splice', {}, '<=2/1/2'],
  ];

  test.each(table)('%s %j: %s', (id, changes, expected) => {
    expect(figure(countsForChunk(flowOf(id, 'file-to-file', { cold: true, ...changes })))).toBe(expected);
  });

  test('no mode is left out', () =>
    covers(
      'file-to-file',
      table.map(([id]) => id),
    ));
});

describe('file to socket: CPU copies', () => {
  const links = {
    nic: TO_HOST,
    withoutGather: { ...TO_HOST, scatterGather: false },
    withoutChecksum: { ...TO_HOST, checksumOffload: false },
    virtual: { delivery: 'host', outOf: 'virtual', into: 'virtual', undone: true },
    loopback: {},
    vethWithoutGather: { scatterGather: false },
  } as const satisfies Readonly<Record<string, Partial<FlowFacts>>>;
  type Row = readonly [string, Readonly<Record<keyof typeof links, number>>];

  /** To another host on the sending side, on this host from end to end with a receiver that reads. */
  const table: readonly Row[] = [
    ['read-write', { nic: 2, withoutGather: 3, withoutChecksum: 2, virtual: 2, loopback: 3, vethWithoutGather: 4 }],
    ['mmap-write', { nic: 1, withoutGather: 2, withoutChecksum: 1, virtual: 1, loopback: 2, vethWithoutGather: 3 }],
    ['sendfile', { nic: 0, withoutGather: 1, withoutChecksum: 1, virtual: 0, loopback: 1, vethWithoutGather: 2 }],
    ['splice', { nic: 0, withoutGather: 1, withoutChecksum: 1, virtual: 0, loopback: 1, vethWithoutGather: 2 }],
    [
      'io-uring-splice',
      { nic: 0, withoutGather: 1, withoutChecksum: 1, virtual: 0, loopback: 1, vethWithoutGather: 2 },
    ],
    // Without scatter-gather the copy for the packets comes first, and the deferred one finds nothing left to do.
    ['msg-zerocopy', { nic: 0, withoutGather: 1, withoutChecksum: 1, virtual: 1, loopback: 2, vethWithoutGather: 2 }],
    [
      'direct-msg-zerocopy',
      { nic: 0, withoutGather: 1, withoutChecksum: 1, virtual: 1, loopback: 2, vethWithoutGather: 2 },
    ],
    [
      'read-msg-zerocopy',
      { nic: 1, withoutGather: 2, withoutChecksum: 2, virtual: 2, loopback: 3, vethWithoutGather: 3 },
    ],
    // One copy of these is that of the read.
    [
      'io-uring-send-zc',
      { nic: 1, withoutGather: 2, withoutChecksum: 2, virtual: 2, loopback: 3, vethWithoutGather: 3 },
    ],
  ];
  const cells = table.flatMap(([id, row]) =>
    Object.entries(row).map(([link, copies]) => ({ id, link: link as keyof typeof links, copies })),
  );

  test.each(cells)('$id, $link: $copies', ({ id, link, copies }) => {
    const flow = flowOf(id, 'file-to-socket', links[link]);
    const toHost = 'delivery' in links[link];
    expect((toHost ? countsOfSides(flow).sender : countsForChunk(flow)).cpuCopies).toBe(copies);
    const dma = flow.steps.filter((step) => step.kind === 'dma-copy' && step.from !== 'disk' && !step.receiver);
    expect(dma).toHaveLength(toHost && link !== 'virtual' ? 1 : 0);
    const sums = flow.steps.filter((step) => step.kind === 'touch');
    expect(sums).toHaveLength(link === 'withoutChecksum' ? 1 : 0);
  });

  test('no mode is left out', () =>
    covers(
      'file-to-socket',
      table.map(([id]) => id),
    ));

  test('crossings of a chunk', () => {
    const crossings = Object.fromEntries(
      table.map(([id]) => [id, figure(countsForChunk(flowOf(id, 'file-to-socket', { receiver: 'discard' })))]),
    );
    expect(crossings).toEqual({
      'read-write': '4/2/0',
      'mmap-write': '6/1/0',
      sendfile: '2/0/0',
      splice: '4/0/0',
      'io-uring-splice': '<=2/0/0',
      'msg-zerocopy': '<=12/1/0',
      'direct-msg-zerocopy': '<=10/1/1',
      'read-msg-zerocopy': '<=10/2/0',
      'io-uring-send-zc': '<=6/2/0',
    });
  });
});

describe('receivers: copies by the CPU, and by devices later', () => {
  const table: readonly (readonly [ReceiverKind, number, number])[] = [
    ['read', 1, 0],
    ['discard', 0, 0],
    ['splice-null', 0, 0],
    ['zerocopy-receive', 1, 0],
    ['save', 2, 1],
    ['save-splice', 1, 1],
  ];

  test.each(table)('%s: %i and %i', (receiver, cpu, dma) => {
    for (const { id } of modesOfPath('file-to-socket')) {
      const theirs = { steps: flowOf(id, 'file-to-socket', { receiver }).steps.filter((step) => step.receiver) };
      expect(countsForChunk(theirs), id).toMatchObject({ crossings: 0, cpuCopies: cpu, dmaCopies: dma });
    }
  });

  test.each(table)('%s on another host: %i, and one by its NIC more than %i', (receiver, cpu, dma) => {
    for (const { id } of modesOfPath('file-to-socket')) {
      const ofReceiver = (changes: Partial<FlowFacts>) =>
        countsOfSides(flowOf(id, 'file-to-socket', { ...TO_HOST, receiver, ...changes })).receiver;
      expect(ofReceiver({}), id).toMatchObject({ cpuCopies: cpu, dmaCopies: dma + 1 });
      expect(ofReceiver({ into: 'virtual' }), id).toMatchObject({ cpuCopies: cpu, dmaCopies: dma });
    }
  });

  test('what receives the pages themselves copies nothing', () => {
    const flow = flowOf('sendfile', 'file-to-socket', { ...TO_HOST, receiver: 'zerocopy-receive', mapped: true });
    expect(countsOfSides(flow).receiver).toMatchObject({ crossings: 2, cpuCopies: 0 });
  });

  test('of which no device is known gets its DMA as textbooks have it', () => {
    const [known, unknown] = (['nic', 'unknown'] as const).map((port) =>
      flowOf('sendfile', 'file-to-socket', { ...TO_HOST, outOf: port, into: port }).steps.filter(
        (step) => step.textbook,
      ),
    );
    expect(known).toEqual([]);
    expect(unknown).toMatchObject([
      { kind: 'dma-copy', to: 'nic' },
      { kind: 'dma-copy', from: 'receiver-nic', receiver: true },
    ]);
  });
});

describe('process to process: crossings of a chunk, CPU copies, DMA copies', () => {
  const table: readonly (readonly [string, string])[] = [
    ['pipe', '2/2/0'],
    ['socketpair', '2/2/0'],
    ['unix-sendfile', '<=4/1/0'],
    ['unix-splice', '<=6/1/0'],
    ['vmsplice', '<=4/1/0'],
    ['vmsplice-splice', '<=6/1/0'],
    ['process-vm-readv', '<=4/1/0'],
    ['shared-memory', '<=4/0/0'],
  ];

  test.each(table)('%s: %s', (id, expected) => {
    expect(figure(countsForChunk(flowOf(id, 'process-to-process')))).toBe(expected);
  });

  test('no mode is left out', () =>
    covers(
      'process-to-process',
      table.map(([id]) => id),
    ));
});
