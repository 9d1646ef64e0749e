/** O_DIRECT: between device and memory of the program, past the page cache. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';

export function diskToBuffer(to: PlaceId): Step {
  return {
    kind: 'dma-copy',
    from: 'disk',
    to,
    per: { each: 'page' },
    text: l10n.t('The disk writes the data straight into the pinned pages of the buffer by DMA.'),
  };
}

export function bufferToDisk(from: PlaceId): Step {
  return {
    kind: 'dma-copy',
    from,
    to: 'destination-disk',
    per: { each: 'page' },
    text: l10n.t('The destination disk fetches the data straight from the buffer by DMA, before the call returns.'),
  };
}

export function waitForDisk(at: 'disk' | 'destination-disk'): Step {
  return {
    kind: 'wait',
    at,
    per: { each: 'call' },
    text:
      at === 'disk'
        ? l10n.t('The program sleeps until the disk is done: nobody reads ahead.')
        : l10n.t('The program sleeps until the disk has the data: nothing is left to write back.'),
  };
}

/** What is to be known of O_DIRECT, whichever calls make it. */
export function directCaveats(): readonly string[] {
  return [
    l10n.t('It reads the disk every time: with O_DIRECT no source is warm.'),
    l10n.t(
      'Buffer, offset and length must be multiples of the block size; the lab rounds the buffer up and says so, and moves the unaligned tail through the page cache.',
    ),
    l10n.t(
      'On tmpfs O_DIRECT fails before 6.6 and is only pretended since: the CPU still copies. The lab refuses it there.',
    ),
  ];
}
