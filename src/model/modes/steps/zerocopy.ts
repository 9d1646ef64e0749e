/** MSG_ZEROCOPY: sending memory by reference, and hearing when the kernel has let go of it. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import { atMost, marked, move, systemCall } from './common.ts';

export function sendCall(): Step {
  return systemCall(
    'send',
    'socket-buffer',
    { each: 'call' },
    l10n.t('The program calls send() with MSG_ZEROCOPY: user to kernel, and back when the pages are queued.'),
  );
}

/** skb_zerocopy_iter_stream: the pages are pinned and charged to RLIMIT_MEMLOCK. */
export function lendPages(from: PlaceId): Step {
  return move(
    'page-reference',
    from,
    'socket-buffer',
    l10n.t('The kernel pins the pages of the program and queues references to them; nothing is copied yet.'),
  );
}

/**
 * Completions coalesce, so there is at most one per send; to find none yet costs one recvmsg() and one poll().
 * Documentation/networking/msg_zerocopy.rst.
 */
export function completions(): readonly Step[] {
  const perSend = { each: 'call' } as const;
  return [
    ...marked('recvmsg', [
      atMost(
        systemCall(
          'recvmsg',
          'socket-buffer',
          perSend,
          l10n.t('The program calls recvmsg() with MSG_ERRQUEUE to ask which sends are done.'),
        ),
      ),
    ]),
    atMost(
      systemCall(
        'poll',
        'socket-buffer',
        perSend,
        l10n.t('If none is, it calls poll() and sleeps until a completion is there.'),
      ),
    ),
    ...marked('recvmsg', [
      atMost(
        systemCall(
          'recvmsg',
          'socket-buffer',
          perSend,
          l10n.t(
            'The next recvmsg() takes it: a range of sends whose pages may be written to again, with a flag that says whether they were copied.',
          ),
        ),
      ),
    ]),
  ];
}

/** What is to be known of sends by reference, whichever calls make them. */
export function zerocopyCaveats(): readonly string[] {
  return [
    l10n.t(
      'Delivered on this host (loopback, veth, a capture running) the data is always copied: a test on localhost shows the cost, never the gain.',
    ),
    l10n.t(
      'A completion without COPIED is no proof: where the interface has no scatter-gather the kernel copies while segmenting and still reports none.',
    ),
    l10n.t('Worth it above about 10 KB per send; below, pinning and completions cost more than the copy.'),
    l10n.t('A buffer may be written to again only after its completion: until then the kernel sends what is in it.'),
    l10n.t(
      'A completion waits until the peer has acknowledged the data: a small transfer, or a small ring of buffers, waits for its delayed acknowledgement, tens of milliseconds.',
    ),
    l10n.t(
      'ENOBUFS means that net.core.optmem_max or RLIMIT_MEMLOCK is exhausted: pinned pages and unread completions count against them.',
    ),
  ];
}
