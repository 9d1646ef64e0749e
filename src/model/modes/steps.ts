/** Steps that several modes share: how bytes get into the page cache and how they leave the socket or the copy. */
import * as l10n from '@vscode/l10n';
import type { Per, PlaceId, Step } from '../flow.ts';
import type { PathId } from '../result.ts';
import type { FlowFacts } from './descriptor.ts';

/** A call of the program's; `into` is the place it works on. */
export function systemCall(call: string, into: PlaceId, per: Per): Step {
  return {
    kind: 'system-call',
    call,
    into,
    per,
    text: l10n.t('The program calls {0}(): user to kernel, and back when it returns.', call),
  };
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

/** How a transfer ends on this host: write-back for a file, the loopback receiver for a socket. */
export function arriveHere(path: PathId): readonly Step[] {
  if (path === 'file-to-file') return [writeBack()];
  return [
    {
      kind: 'page-reference',
      from: 'socket-buffer',
      to: 'receive-queue',
      per: { each: 'batch', bytes: 65536 },
      text: l10n.t(
        'Loopback has no device: the same packet buffers are queued at the receiving socket, nothing is copied.',
      ),
    },
    {
      kind: 'system-call',
      call: 'recv',
      into: 'receive-queue',
      per: { each: 'batch', bytes: 65536 },
      receiver: true,
      text: l10n.t('The receiver calls recv().'),
    },
    {
      kind: 'cpu-copy',
      from: 'receive-queue',
      to: 'receiver-buffer',
      per: { each: 'batch', bytes: 65536 },
      receiver: true,
      text: l10n.t('The CPU copies the data from the packets into the buffer of the receiver.'),
    },
  ];
}

/** The CPU copy of a write(): from user memory, or from page-cache pages that a mapping shows there. */
export function writeCopy(path: PathId, from: 'user-buffer' | 'page-cache'): Step {
  return path === 'file-to-socket'
    ? {
        kind: 'cpu-copy',
        from,
        to: 'socket-buffer',
        per: { each: 'call' },
        text:
          from === 'user-buffer'
            ? l10n.t('The CPU copies the data from the user buffer into socket buffers.')
            : l10n.t('The CPU copies the data from the mapped page-cache pages into socket buffers.'),
      }
    : {
        kind: 'cpu-copy',
        from,
        to: 'destination-cache',
        per: { each: 'call' },
        text:
          from === 'user-buffer'
            ? l10n.t('The CPU copies the data from the user buffer into the page cache of the copy.')
            : l10n.t('The CPU copies the data from the mapped page-cache pages into the page cache of the copy.'),
      };
}

export function writeCall(path: PathId): Step {
  return systemCall('write', path === 'file-to-socket' ? 'socket-buffer' : 'destination-cache', { each: 'call' });
}
