/** The pipe that sendfile and copy_file_range make inside the kernel (fs/splice.c: splice_direct_to_actor). */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import { INNER_BATCH_BYTES } from './common.ts';

const perBatch = { each: 'batch', bytes: INNER_BATCH_BYTES } as const;

export function intoPipe(from: 'page-cache' | 'memfd' = 'page-cache'): Step {
  return {
    kind: 'page-reference',
    from,
    to: 'pipe',
    per: perBatch,
    text: l10n.t('References to 16 pages at a time go into a pipe inside the kernel.'),
  };
}

export function pipeToCache(call: string): Step {
  return {
    kind: 'cpu-copy',
    from: 'pipe',
    to: 'destination-cache',
    per: perBatch,
    text: l10n.t(
      'The CPU copies those pages into the page cache of the copy: the one copy {0} keeps between files.',
      call,
    ),
  };
}

export function pipeToSocket(to: PlaceId = 'socket-buffer'): Step {
  return {
    kind: 'page-reference',
    from: 'pipe',
    to,
    per: perBatch,
    text: l10n.t('The page references move on into the socket buffer; still nothing is copied.'),
  };
}
