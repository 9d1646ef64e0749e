import * as l10n from '@vscode/l10n';
import { across, arrow, bands, bandsHeight, between, inBand } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { kernelSpace } from '../words.ts';

export function kernelSpaceTerm(): Term {
  const cache = inBand(1, 40, 110, l10n.t('page cache'));
  const pipe = inBand(1, 190, 80, l10n.t('pipe'));
  const socket = inBand(1, 310, 100, l10n.t('socket buffer'));
  const disk = inBand(2, 40, 110, l10n.t('disk'));
  const nic = inBand(2, 310, 100, l10n.t('NIC'));
  return {
    ...kernelSpace(),
    topic: 'places',
    long: [
      l10n.t(
        'The kernel works in the name of programs: it finds the pages of a file, keeps the state of connections, starts devices and answers their interrupts. Part of its work is done inside the system call of the program that asked; part of it later, in interrupts and in threads of its own, and is then billed to somebody else or to nobody.',
      ),
      l10n.t(
        'Three places in it matter here: the page cache, where file contents are; socket buffers, where a connection keeps what is on its way; and pipes, through which references to pages travel.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'In the kernel lie page cache, pipe and socket buffer side by side; below them disk and NIC, reached by DMA.',
        ),
        height: bandsHeight(3),
        parts: [
          ...bands('user', 'kernel', 'hardware'),
          inBand(0, 40, 110, l10n.t('program')),
          cache,
          pipe,
          socket,
          disk,
          nic,
          arrow('system-call', [95, 50], [95, 78]),
          between('dma-copy', disk, cache),
          across('page-reference', cache, pipe),
          across('page-reference', pipe, socket),
          between('dma-copy', socket, nic),
        ],
      },
    },
    seeAlso: ['user-space', 'page-cache', 'socket-buffer', 'pipe', 'evidence-sample'],
    sources: ['syscalls(2)'],
  };
}
