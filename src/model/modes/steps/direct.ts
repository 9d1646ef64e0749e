/** O_DIRECT: between device and memory of the program, past the page cache. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../flow.ts';
import { kernelAtLeast } from '../../kernelVersion.ts';
import type { FlowFacts } from '../descriptor.ts';
import type { Buffer } from './common.ts';
import { writeCopy } from './common.ts';

/** What a read does: DMA into the buffer, and somebody waits for it. */
export function directRead(to: Buffer): readonly Step[] {
  return [
    {
      kind: 'dma-copy',
      from: 'disk',
      to,
      per: { each: 'page' },
      text: l10n.t('The disk writes the data straight into the pinned pages of the buffer by DMA.'),
    },
    {
      kind: 'wait',
      at: 'disk',
      per: { each: 'call' },
      text: l10n.t('The request is done when the disk is: nobody reads ahead.'),
    },
  ];
}

/** What a write does: DMA out of the buffer, waited for. On Btrfs only after a copy. */
export function directWrite(facts: FlowFacts, from: Buffer): readonly Step[] {
  const buffered = writesBuffered(facts);
  return [
    ...(buffered ? [stableCopy(facts, from)] : []),
    {
      kind: 'dma-copy',
      from: buffered ? 'destination-cache' : from,
      to: 'destination-disk',
      per: { each: 'page' },
      text: buffered
        ? l10n.t('The destination disk fetches the data from there by DMA, and the pages are dropped again.')
        : l10n.t('The destination disk fetches the data straight from the buffer by DMA.'),
    },
    {
      kind: 'wait',
      at: 'destination-disk',
      per: { each: 'call' },
      text: l10n.t('The request is done when the disk has the data: nothing is left to write back.'),
    },
  ];
}

/** Since 6.14 Btrfs copies what it writes a checksum of (fs/btrfs/direct-io.c: btrfs_direct_write). */
function writesBuffered({ filesystem, kernel }: FlowFacts): boolean {
  return filesystem === 'btrfs' && kernelAtLeast(kernel, 6, 14);
}

function stableCopy(facts: FlowFacts, from: Buffer): Step {
  return {
    ...writeCopy(facts.path, from),
    text: l10n.t(
      'Btrfs copies the data into the page cache first: the buffer might change between checksum and write.',
    ),
  };
}

/** What is to be known of O_DIRECT, whichever calls make it. */
export function directCaveats(): readonly string[] {
  return [
    l10n.t('It reads the disk every time: with O_DIRECT no source is warm.'),
    l10n.t(
      'DMA is not free: it takes memory bandwidth, and in a virtual machine it is usually the CPU of the host that copies.',
    ),
    l10n.t('Buffer, offset and length must be multiples of the block size: the lab rounds the buffer up and says so.'),
    l10n.t(
      'On tmpfs O_DIRECT fails before 6.6 and is only pretended since: the CPU still copies. The lab refuses it there.',
    ),
  ];
}

/** For modes that write files. */
export function directWriteCaveats(): readonly string[] {
  return [
    ...directCaveats(),
    l10n.t('The unaligned tail of a file cannot be written so: it goes through the page cache.'),
    l10n.t('Btrfs writes through the page cache since 6.14, unless the file has no checksums (nodatasum).'),
  ];
}
