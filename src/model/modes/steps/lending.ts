/** vmsplice: memory of the program in a pipe, by reference. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../flow.ts';
import { move, systemCall } from './common.ts';

export function lendToPipe(): readonly Step[] {
  return [
    systemCall('vmsplice', 'user-pipe', { each: 'call' }),
    move(
      'page-reference',
      'producer-buffer',
      'user-pipe',
      l10n.t('The kernel pins the pages of the producer and puts references to them into the pipe; nothing is copied.'),
    ),
  ];
}

export function vmspliceCaveats(): readonly string[] {
  return [
    l10n.t('The producer must not write to the pages before the consumer has read them: what is in them then is read.'),
    l10n.t('Only this direction saves a copy: vmsplice from a pipe into memory copies, whatever older texts say.'),
    l10n.t('SPLICE_F_GIFT wants whole pages and helps only a consumer that steals them, in practice FUSE.'),
    l10n.t('A slot of the pipe holds a page or less, so a small or unaligned buffer fills slots, not bytes.'),
  ];
}
