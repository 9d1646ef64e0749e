/** How a transfer ends: from the socket buffer to the receiver, here or on another host, or from the page cache to the disk. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import type { ReceiverKind } from '../../result/experiment.ts';
import type { FlowFacts } from '../descriptor.ts';
import { systemCall, writeBack } from './common.ts';

/** The largest packet buffer TCP builds for the layers below, with segmentation offload (net/ipv4/tcp_output.c). */
const PACKET_BYTES = 65536;
const perPacket = { each: 'batch', bytes: PACKET_BYTES } as const;

/**
 * What the socket buffer holds. `copied`: bytes of its own. `file-pages`: references to page-cache pages. `user-pages`:
 * references to pinned pages of the program, which the kernel has promised not to hold on to.
 */
export type Payload = 'copied' | 'file-pages' | 'user-pages';

/** The steps behind the destination's page cache or the socket buffer. */
export function arriveHere(facts: FlowFacts, payload: Payload): readonly Step[] {
  if (facts.path !== 'file-to-file') return toSocket(facts, payload);
  return facts.durable ? [...syncHere(facts), writeBackNow()] : [writeBack()];
}

/** The call that ends a durable transfer, whichever way the bytes took. Nothing where nobody asked for it. */
export function syncHere({ durable }: FlowFacts): readonly Step[] {
  if (!durable) return [];
  const sync = systemCall(
    'fdatasync',
    'destination-disk',
    { each: 'transfer' },
    l10n.t('The program calls fdatasync(), which returns when the disk has said that it keeps the copy.'),
  );
  return [{ ...sync, mark: 'fdatasync' }];
}

/** What fdatasync waits for: all that was not written back before. */
function writeBackNow(): Step {
  const { later: _, ...step } = writeBack();
  return {
    ...step,
    mark: 'fdatasync',
    text: l10n.t('Write-back moves the dirty pages to the disk by DMA, and the call waits for it.'),
  };
}

function toSocket(facts: FlowFacts, payload: Payload): readonly Step[] {
  const prepared = prepare(facts, payload);
  const from: PlaceId = prepared.some((step) => step.kind === 'cpu-copy') ? 'packets' : 'socket-buffer';
  const lent = payload === 'user-pages' && from === 'socket-buffer';
  return [...prepared, ...across(facts, from, lent), ...received(facts)];
}

/** From one end to the other. @param lent the packets still refer to pages of the program */
function across(facts: FlowFacts, from: PlaceId, lent: boolean): readonly Step[] {
  switch (facts.delivery) {
    case 'host':
      return toHost(facts, from, lent);
    case 'forwarded':
      return [wire(from, 'receive-queue', forwarded())];
    case 'laboratory':
      return [lent ? deferredCopy(copiedHere()) : toReceiveQueue(from, overVeth())];
    default:
      return [lent ? deferredCopy(copiedHere()) : toReceiveQueue(from, overLoopback())];
  }
}

/** Out of one interface, over whatever is between the hosts, and in by the other. */
function toHost({ outOf, into, undone }: FlowFacts, from: PlaceId, lent: boolean): readonly Step[] {
  if (lent && outOf === 'virtual' && undone === true) return [deferredCopy(copiedAtInterface())];
  const out = outOf === 'virtual' ? [] : [toNic(from, outOf === 'unknown')];
  const left: PlaceId = out.length > 0 ? 'nic' : from;
  const text = left === 'nic' ? overNetwork() : outOfVirtual();
  if (into === 'virtual') return [...out, wire(left, 'receive-queue', text)];
  return [...out, wire(left, 'receiver-nic', text), fromNic(into !== 'nic')];
}

/**
 * What the CPU does to the packets for an interface that lacks an offload. Since 4.17 every TCP socket queues page
 * references as if the interface could gather (net/core/sock.c: sk_setup_caps), and skb_segment copies at transmit.
 */
function prepare(facts: FlowFacts, payload: Payload): readonly Step[] {
  if (facts.scatterGather === false) {
    return [
      packetCopy(
        l10n.t(
          'The interface cannot gather: while cutting the data into segments the CPU copies it into linear packets, whichever call sent it.',
        ),
      ),
    ];
  }
  if (facts.checksumOffload !== false) return [];
  const sum = l10n.t('The interface computes no checksums: the CPU reads every byte to sum it up.');
  return payload === 'copied'
    ? [{ kind: 'touch', at: 'socket-buffer', per: perPacket, text: sum }]
    : [
        packetCopy(
          l10n.t('Shared pages may change while they are summed up, so the CPU first copies them into packets.'),
        ),
        { kind: 'touch', at: 'packets', per: perPacket, text: sum },
      ];
}

function packetCopy(text: string): Step {
  return { kind: 'cpu-copy', from: 'socket-buffer', to: 'packets', per: perPacket, text };
}

function toNic(from: PlaceId, textbook: boolean): Step {
  return {
    kind: 'dma-copy',
    from,
    to: 'nic',
    per: { each: 'page' },
    later: true,
    ...(textbook ? { textbook } : {}),
    text:
      from === 'packets'
        ? l10n.t('The NIC fetches the linear packets by DMA.')
        : l10n.t('The NIC gathers headers and data from where they are, by DMA.'),
  };
}

function wire(from: PlaceId, to: PlaceId, text: string): Step {
  return { kind: 'wire', from, to, per: perPacket, later: true, text };
}

function overNetwork(): string {
  return l10n.t('The packets go over the network to the other host.');
}

function outOfVirtual(): string {
  return l10n.t(
    'The interface has no device of its own: it hands the packets on by reference, and what carries them further this run does not know.',
  );
}

function forwarded(): string {
  return l10n.t(
    'The data goes through ssh, which reads, encrypts and writes it on this host, and does the same backwards on the other: none of those copies is counted here.',
  );
}

function fromNic(textbook: boolean): Step {
  return {
    kind: 'dma-copy',
    from: 'receiver-nic',
    to: 'receive-queue',
    per: { each: 'page' },
    receiver: true,
    ...(textbook ? { textbook } : {}),
    text: l10n.t('The NIC of the receiver writes the packets into memory by DMA.'),
  };
}

function toReceiveQueue(from: PlaceId, text: string): Step {
  return { kind: 'page-reference', from, to: 'receive-queue', per: perPacket, text };
}

function overLoopback(): string {
  return l10n.t('Nothing leaves this host: the same packet buffers are queued at the receiving socket, not copied.');
}

function overVeth(): string {
  return l10n.t(
    'The veth pair hands the same packet buffers to the other namespace: they are queued at the receiving socket, not copied.',
  );
}

/** skb_orphan_frags_rx -> skb_copy_ubufs: the pages of one program must not wait in the socket of another. */
function deferredCopy(text: string): Step {
  return { kind: 'cpu-copy', from: 'socket-buffer', to: 'receive-queue', per: perPacket, text };
}

function copiedHere(): string {
  return l10n.t(
    'Delivered on this host, the packets may not keep the pages of the program: the CPU makes the copy after all, and the completion says COPIED.',
  );
}

function copiedAtInterface(): string {
  return l10n.t(
    'The interface has no device of its own: handed on within this host, the packets may not keep the pages of the program, so that the CPU makes the copy after all, as every completion said.',
  );
}

function received({ receiver, delivery, mapped }: FlowFacts): readonly Step[] {
  const kind: ReceiverKind = receiver ?? 'read';
  switch (kind) {
    case 'read':
      return [recv(), intoReceiver()];
    case 'discard':
      return [
        {
          ...recv(),
          text: l10n.t('The receiver calls recv() with MSG_TRUNC: the kernel drops the data, nothing is copied.'),
        },
      ];
    case 'splice-null':
      return [
        ...intoReceiverPipe(),
        receiverCall(
          'splice',
          'null-device',
          l10n.t('The receiver calls splice() from its pipe to /dev/null.'),
          'receive-out',
        ),
        receiverMove('page-reference', 'receiver-pipe', 'null-device', l10n.t('The references are dropped there.')),
      ];
    case 'zerocopy-receive':
      return mapped === true ? [askForPages(), mappedPages()] : [askForPages(), recv(), notMapped(delivery)];
    case 'save':
      return [
        recv(),
        intoReceiver(),
        receiverCall('write', 'receiver-cache', l10n.t('The receiver calls write() on its file.'), 'save'),
        receiverMove(
          'cpu-copy',
          'receiver-buffer',
          'receiver-cache',
          l10n.t('The CPU copies the data into the page cache of the saved file.'),
        ),
        saved(),
      ];
    case 'save-splice':
      return [
        ...intoReceiverPipe(),
        receiverCall(
          'splice',
          'receiver-cache',
          l10n.t('The receiver calls splice() from its pipe into its file.'),
          'receive-out',
        ),
        receiverMove(
          'cpu-copy',
          'receiver-pipe',
          'receiver-cache',
          l10n.t('The CPU copies those pages into the page cache of the saved file.'),
        ),
        saved(),
      ];
  }
}

function askForPages(): Step {
  return receiverCall(
    'getsockopt',
    'receive-queue',
    l10n.t('The receiver calls getsockopt() with TCP_ZEROCOPY_RECEIVE, to have the pages of the payload mapped.'),
  );
}

function mappedPages(): Step {
  return receiverMove(
    'mapping',
    'receive-queue',
    'receiver-mapping',
    l10n.t('The pages of the packets are mapped into the receiver; recv() copies only what is left over.'),
  );
}

/**
 * net/ipv4/tcp.c, can_map_frag: neither pages of the page cache nor parts of larger allocations, which is what a sender
 * of the same host queues, copied or not.
 */
function notMapped(delivery: FlowFacts['delivery']): Step {
  return receiverMove(
    'cpu-copy',
    'receive-queue',
    'receiver-buffer',
    delivery === 'host'
      ? l10n.t(
          'The kernel maps only single pages that are its own, as some drivers of NICs provide them; what is none is copied by recv() after all.',
        )
      : l10n.t(
          'The kernel maps only single pages that are its own, as drivers of NICs provide them; what comes from this host is copied by recv() after all.',
        ),
  );
}

function receiverCall(call: string, into: PlaceId, text: string, mark = call): Step {
  return { kind: 'system-call', call, into, per: perPacket, receiver: true, text, mark };
}

function receiverMove(kind: 'cpu-copy' | 'page-reference' | 'mapping', from: PlaceId, to: PlaceId, text: string): Step {
  return { kind, from, to, per: perPacket, receiver: true, text };
}

function recv(): Step {
  return receiverCall('recv', 'receive-queue', l10n.t('The receiver calls recv().'));
}

function intoReceiver(): Step {
  return receiverMove(
    'cpu-copy',
    'receive-queue',
    'receiver-buffer',
    l10n.t('The CPU copies the data from the packets into the buffer of the receiver.'),
  );
}

function intoReceiverPipe(): readonly Step[] {
  return [
    receiverCall(
      'splice',
      'receiver-pipe',
      l10n.t('The receiver calls splice() from its socket into its pipe.'),
      'receive-in',
    ),
    receiverMove(
      'page-reference',
      'receive-queue',
      'receiver-pipe',
      l10n.t('References to the pages of the packets go into the pipe; nothing is copied.'),
    ),
  ];
}

function saved(): Step {
  return {
    kind: 'dma-copy',
    from: 'receiver-cache',
    to: 'receiver-disk',
    per: { each: 'page' },
    receiver: true,
    later: true,
    text: l10n.t('Write-back moves the dirty pages of the saved file to the disk by DMA.'),
  };
}
