/** What the io_uring modes share: entering the kernel for a batch of requests, and what is to be known of it. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import { atMost, systemCall } from './common.ts';

/**
 * At most one call for every request of a chunk, as with a queue depth of 1; deeper queues put several requests into a
 * call. How many depends on who is faster, so there is no telling in advance.
 */
function enter(into: PlaceId, text: string): Step {
  return { ...atMost(systemCall('io_uring_enter', into, { each: 'call' }, text)), mark: 'io_uring_enter' };
}

export function submit(into: PlaceId, queueDepth: number): Step {
  return enter(
    into,
    l10n.t(
      'The program has put requests for up to {0} chunks into the ring and calls io_uring_enter(): one call submits them all.',
      queueDepth,
    ),
  );
}

export function collect(into: PlaceId): Step {
  return enter(
    into,
    l10n.t(
      'The next io_uring_enter() submits what has come due and waits for at least one completion; several may be there already, then it is not made.',
    ),
  );
}

export function notified(): Step {
  return enter(
    'socket-buffer',
    l10n.t(
      'Where nothing else is under way, one more io_uring_enter() waits for the notification of a send: its pages are released.',
    ),
  );
}

/** A call for a request that a transfer makes once. */
export function enterOnce(into: PlaceId, text: string): Step {
  return { ...enter(into, text), per: { each: 'transfer' } };
}

/** What keeps io_uring from being there, and what it does not have. */
export function uringCaveats(): readonly string[] {
  return [
    l10n.t(
      'Containers often forbid io_uring (the seccomp profile of Docker: EPERM), and so may the sysctl kernel.io_uring_disabled, from 6.6 on.',
    ),
    l10n.t('io_uring has no sendfile and no copy_file_range; what comes nearest is two splices over a pipe.'),
  ];
}

/** For modes with registered buffers. */
export function registeredCaveat(): string {
  return l10n.t(
    'Registered buffers are pinned: they count against RLIMIT_MEMLOCK, each is 1 GiB at most, and registering fails with ENOMEM past it.',
  );
}
