import * as l10n from '@vscode/l10n';
import { cells, text } from '../../picture/parts.ts';
import type { BoxLook } from '../../picture/scene.ts';
import type { Term } from '../term.ts';
import { residency } from '../words.ts';

const PAGES = 12;

export function residencyTerm(): Term {
  const all = (look: BoxLook) => Array.from({ length: PAGES }, () => look);
  const some = all('full').map((look, nth): BoxLook => (nth < 7 ? look : 'ghost'));
  return {
    ...residency(),
    topic: 'places',
    long: [
      l10n.t(
        'The lab asks the kernel before every transfer (cachestat, or mincore where that is missing). To make a source cold it is written out, unmapped and dropped with posix_fadvise(), which takes clean pages only; so it is looked at again afterwards, and a transfer whose source was still in the page cache does not count.',
      ),
      l10n.t(
        'Who neither owns a file nor may write it is not told what the page cache holds of it; the result then says that it is not known. In a virtual machine cold means cold in the guest: the host may still have it all in memory.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('Three rows of pages: warm, all filled; in between, some filled; cold, none.'),
        height: 112,
        parts: [
          text(12, 24, l10n.t('warm'), 'plain', 'start'),
          ...cells(86, 14, 20, all('full')),
          text(12, 58, l10n.t('in between'), 'plain', 'start'),
          ...cells(86, 48, 20, some),
          text(12, 92, l10n.t('cold'), 'plain', 'start'),
          ...cells(86, 82, 20, all('ghost')),
          text(372, 24, '100 %', 'muted', 'start'),
          text(372, 58, '58 %', 'muted', 'start'),
          text(372, 92, '0 %', 'muted', 'start'),
        ],
      },
    },
    seeAlso: ['page-cache', 'dma-copy', 'write-back'],
    sources: ['cachestat(2)', 'mincore(2)', 'posix_fadvise(2)'],
  };
}
