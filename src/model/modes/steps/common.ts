/** Steps that several modes share, from the call of the program to the page cache, the socket buffer or the copy. */
import * as l10n from '@vscode/l10n';
import type { MoveKind, Per, PlaceId, Step } from '../../flow.ts';
import type { PathId } from '../../result/path.ts';
import type { FlowFacts } from '../descriptor.ts';

/** The pipe inside sendfile and copy_file_range has 16 slots of a page (fs/splice.c: PIPE_DEF_BUFFERS). */
export const INNER_BATCH_BYTES = 65536;

/**
 * A page fault on a file maps at least 16 pages (fault-around, mm/memory.c: fault_around_bytes = 65536), and a huge page
 * at once where the page cache holds one (mm/filemap.c: filemap_map_pmd). So this gives the most faults on a warm file.
 */
export const FAULT_AROUND_BYTES = 65536;

/** A call of the program's; `into` is the place it works on. */
export function systemCall(call: string, into: PlaceId, per: Per, text?: string): Step {
  return {
    kind: 'system-call',
    call,
    into,
    per,
    text: text ?? l10n.t('The program calls {0}(): user to kernel, and back when it returns.', call),
  };
}

/** A move, once per call. */
export function move(kind: MoveKind, from: PlaceId, to: PlaceId, text: string): Step {
  return { kind, from, to, per: { each: 'call' }, text };
}

/** The steps with this mark, so that they are tied to other lines than those of the call before them. */
export function marked(mark: string, steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => ({ mark, ...step }));
}

/** The step as the most there can be. */
export function atMost(step: Step): Step {
  return { ...step, atMost: true };
}

export function diskToPageCache(): Step {
  return {
    kind: 'dma-copy',
    from: 'disk',
    to: 'page-cache',
    per: { each: 'page' },
    text: l10n.t('The disk writes the data into the page cache by DMA; the CPU only starts it.'),
  };
}

/** Nothing when the source is already in the page cache. */
export function coldRead(facts: FlowFacts): readonly Step[] {
  return facts.cold ? [diskToPageCache()] : [];
}

export function socketToNic(): Step {
  return {
    kind: 'dma-copy',
    from: 'socket-buffer',
    to: 'nic',
    per: { each: 'page' },
    later: true,
    text: l10n.t('The NIC fetches the packets from the socket buffer by DMA.'),
  };
}

/** The end of the textbook's scatter-gather: pages never copied into the socket buffer. */
export function gather(): Step {
  return {
    kind: 'dma-copy',
    from: 'page-cache',
    to: 'nic',
    per: { each: 'page' },
    later: true,
    text: l10n.t('The NIC gathers headers and pages from where they are, by scatter-gather DMA.'),
  };
}

export function writeBack(): Step {
  return {
    kind: 'dma-copy',
    from: 'destination-cache',
    to: 'destination-disk',
    per: { each: 'page' },
    later: true,
    text: l10n.t('Write-back moves the dirty pages to the disk by DMA.'),
  };
}

/** How the textbook ends: in the NIC or on the destination disk. */
export function leave(path: PathId): Step {
  return path === 'file-to-socket' ? socketToNic() : writeBack();
}

/** Memory of the program that a read fills and a write empties. */
export type Buffer = 'user-buffer' | 'buffer-ring' | 'registered-buffers';

/** The CPU copy of a read: from the page cache into memory of the program. */
export function readCopy(to: Buffer): Step {
  return move('cpu-copy', 'page-cache', to, readCopyText(to));
}

function readCopyText(to: Buffer): string {
  switch (to) {
    case 'user-buffer':
      return l10n.t('The CPU copies the data from the page cache into the user buffer.');
    case 'buffer-ring':
      return l10n.t('The CPU copies the data from the page cache into the next free buffer of the ring.');
    case 'registered-buffers':
      return l10n.t('The CPU copies the data from the page cache into a registered buffer, by its kernel address.');
  }
}

/** The CPU copy of a write: from memory of the program, or from page-cache pages that a mapping shows there. */
export function writeCopy(path: PathId, from: Buffer | 'page-cache'): Step {
  return path === 'file-to-socket'
    ? move('cpu-copy', from, 'socket-buffer', sendCopyText(from))
    : move('cpu-copy', from, 'destination-cache', writeCopyText(from));
}

function sendCopyText(from: Buffer | 'page-cache'): string {
  return from === 'page-cache'
    ? l10n.t('The CPU copies the data from the mapped page-cache pages into socket buffers.')
    : l10n.t('The CPU copies the data from the user buffer into socket buffers.');
}

function writeCopyText(from: Buffer | 'page-cache'): string {
  return from === 'page-cache'
    ? l10n.t('The CPU copies the data from the mapped page-cache pages into the page cache of the copy.')
    : l10n.t('The CPU copies the data from the user buffer into the page cache of the copy.');
}

export function writeCall(path: PathId): Step {
  return systemCall('write', path === 'file-to-socket' ? 'socket-buffer' : 'destination-cache', { each: 'call' });
}

/** The mapping of the source, made once. */
export function mapSource(): Step {
  return {
    kind: 'mapping',
    from: 'page-cache',
    to: 'mapping',
    per: { each: 'transfer' },
    text: l10n.t('The page-cache pages appear in the address space of the program; no byte is copied.'),
  };
}

export function munmapSource(): Step {
  return systemCall(
    'munmap',
    'page-cache',
    { each: 'transfer' },
    l10n.t('The program calls munmap(); every mapped page is taken out of its address space again.'),
  );
}
