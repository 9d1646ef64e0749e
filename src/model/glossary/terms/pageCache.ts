import * as l10n from '@vscode/l10n';
import { bands, bandsHeight, between, inBand, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { pageCache } from '../words.ts';

export function pageCacheTerm(): Term {
  const buffer = inBand(0, 150, 120, l10n.t('user buffer'));
  const cache = inBand(1, 150, 120, l10n.t('page cache'), 'full');
  const disk = inBand(2, 150, 120, l10n.t('disk'));
  return {
    ...pageCache(),
    topic: 'places',
    long: [
      l10n.t(
        'Whatever is read from a file stays in memory for as long as nobody needs that memory more. A second read finds it there: no device takes part, and what remains of the cost is the copy by the CPU. So most file benchmarks measure memory, and here every result says whether its source was warm.',
      ),
      l10n.t(
        'A write goes into the page cache as well and is brought to the disk later. sendfile, splice and mmap use the pages of this cache directly, which is where they save a copy; between two files one copy from page cache to page cache is left.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'The disk fills the page cache by DMA, once. Every read copies from the page cache to the program by the CPU.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          buffer,
          cache,
          disk,
          between('cpu-copy', cache, buffer),
          between('dma-copy', disk, cache),
          text(222, 60, l10n.t('at every read'), 'muted', 'start'),
          text(222, 132, l10n.t('only what is not there yet'), 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['residency', 'write-back', 'mapping', 'direct-io'],
    sources: ['posix_fadvise(2)', 'mm/filemap.c'],
  };
}
