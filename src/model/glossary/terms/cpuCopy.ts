import * as l10n from '@vscode/l10n';
import { across, box, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { cpuCopy } from '../words.ts';

export function cpuCopyTerm(): Term {
  const from = box(20, 30, 110, 36, l10n.t('page cache'), 'full');
  const cpu = box(170, 26, 80, 44, 'CPU', 'busy');
  const to = box(290, 30, 110, 36, l10n.t('user buffer'), 'full');
  return {
    ...cpuCopy(),
    topic: 'copies',
    long: [
      l10n.t(
        'The CPU can do nothing else meanwhile, the bytes pass through its caches and push out what was there, and memory is read once and written once. How fast it goes depends on where the data is: from the caches of the CPU it is several times as fast as from memory. The calibration measures this for sizes from 4 KiB on.',
      ),
      l10n.t(
        'Copies are counted here on both sides: recv() into a buffer is one too. A copy can also come later and elsewhere, in a softirq or in a worker thread; the evidence pass looks for it by sampling, and says which of the drawn copies were seen.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('Every byte goes from the page cache through the CPU into the user buffer.'),
        height: 104,
        parts: [
          from,
          cpu,
          to,
          across('cpu-copy', from, cpu),
          across('cpu-copy', cpu, to),
          text(150, 90, l10n.t('load')),
          text(270, 90, l10n.t('store')),
        ],
      },
    },
    seeAlso: ['zero-copy', 'dma-copy', 'evidence-sample', 'cpu-per-gib'],
    sources: ['lib/iov_iter.c: _copy_to_iter', 'arch/x86/lib/copy_user_64.S'],
  };
}
