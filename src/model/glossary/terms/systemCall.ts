import * as l10n from '@vscode/l10n';
import { arrow, bands, bandsHeight, inBand, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { systemCall } from '../words.ts';

export function systemCallTerm(): Term {
  return {
    ...systemCall(),
    topic: 'calls',
    long: [
      l10n.t(
        'The program puts a number and up to six arguments into registers and executes one instruction. The CPU changes to kernel mode at an address that the kernel has chosen, the kernel does what was asked for, and returns. The way there and back takes something like a tenth of a microsecond to one, depending on the CPU and on what guards it against attacks. The calibration measures it on this host.',
      ),
      l10n.t(
        'So calls matter where little is done in each: 32 bytes by read() and write() are mostly crossings, 64 KiB mostly copies. One call of sendfile moves up to 2 GiB less a page.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t('A line of time: the program runs, goes into the kernel by a call, and runs on after it returned.'),
        height: bandsHeight(2),
        parts: [
          ...bands('user', 'kernel'),
          inBand(0, 40, 110, l10n.t('program'), 'busy'),
          inBand(0, 290, 110, l10n.t('program'), 'busy'),
          inBand(1, 165, 110, l10n.t('kernel'), 'other'),
          arrow('system-call', [150, 32], [220, 32], [220, 78]),
          arrow('system-call', [275, 96], [345, 96], [345, 50]),
          text(186, 21, 'read()', 'code'),
          text(314, 112, l10n.t('return'), 'muted'),
        ],
      },
    },
    seeAlso: ['crossing', 'context-switch', 'user-space', 'io-uring'],
    sources: ['syscall(2)', 'arch/x86/entry/entry_64.S'],
  };
}
