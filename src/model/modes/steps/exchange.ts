/** What every mode between two processes has: bytes made once, and read once. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import { systemCall } from './common.ts';

const perBuffer = { each: 'call' } as const;

/** The producer's work on the payload; no copy, and the same in every mode. */
export function produce(at: PlaceId): Step {
  return {
    kind: 'touch',
    at,
    per: perBuffer,
    mark: 'produce',
    text: l10n.t('The producer writes each byte of the payload once.'),
  };
}

/** The consumer's work on the payload, so that no mode wins by leaving the bytes alone. */
export function consume(at: PlaceId): Step {
  return {
    kind: 'touch',
    at,
    per: perBuffer,
    receiver: true,
    mark: 'consume',
    text: l10n.t('The consumer reads each byte once, for a checksum.'),
  };
}

/** read() of the consumer, and the copy it makes. */
export function consumerRead(from: 'user-pipe' | 'receive-queue'): readonly Step[] {
  return [
    {
      ...systemCall('read', from, perBuffer, l10n.t('The consumer calls read().')),
      receiver: true,
      mark: 'consumer-read',
    },
    {
      kind: 'cpu-copy',
      from,
      to: 'consumer-buffer',
      per: perBuffer,
      receiver: true,
      text:
        from === 'user-pipe'
          ? l10n.t('The CPU copies the data from the pages in the pipe into the buffer of the consumer.')
          : l10n.t('The CPU copies the data from the queued packets into the buffer of the consumer.'),
    },
    consume('consumer-buffer'),
  ];
}

/** unix_stream_sendpage came with 4.2, MSG_SPLICE_PAGES took its place in 6.5. */
export function unixReferenceCaveat(): string {
  return l10n.t(
    'AF_UNIX takes references to pages since 4.2; before, the kernel copied on the side of the producer too.',
  );
}
