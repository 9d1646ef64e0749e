import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, between, inBand, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { mapping } from '../words.ts';

export function mappingTerm(): Term {
  const mapped = inBand(0, 40, 120, l10n.t('mapped file'), 'ghost');
  const cache = inBand(1, 40, 120, l10n.t('page cache'), 'full');
  return {
    ...mapping(),
    topic: 'memory',
    long: [
      l10n.t(
        'mmap() itself only notes that a range of addresses stands for a file. The page table is filled when an address is touched, by page faults, and emptied again by munmap(). A program that reads from the mapping needs no read() and no buffer.',
      ),
      l10n.t(
        'What is mapped are pages of the page cache, not socket buffers and not the copy: write() from a mapping still copies every byte once. A copy was traded for page faults, entries in page tables and their removal, which pays for large pieces and rarely for small ones. And if somebody cuts the file short, touching what is gone raises SIGBUS.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'The mapped file in user space is the page cache seen from there: a double line, no copy. write() still copies from the page cache into the socket buffer.',
        ),
        height: bandsHeight(2),
        parts: [
          ...bands('user', 'kernel'),
          mapped,
          cache,
          inBand(1, 290, 110, l10n.t('socket buffer')),
          between('mapping', cache, mapped),
          arrow('cpu-copy', [160, 96], [290, 96]),
          text(112, 60, l10n.t('the same pages'), 'muted', 'start'),
          text(225, 85, 'write()', 'code'),
        ],
      },
    },
    seeAlso: ['page-fault', 'virtual-memory', 'page-cache', 'cpu-copy'],
    sources: ['mmap(2)', 'mm/filemap.c'],
  };
}
