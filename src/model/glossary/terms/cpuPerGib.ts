import * as l10n from '@vscode/l10n';
import { box, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { cpuPerGib } from '../words.ts';

export function cpuPerGibTerm(): Term {
  return {
    ...cpuPerGib(),
    topic: 'measuring',
    long: [
      l10n.t(
        'Two modes that both fill the link or wait for the same disk have the same speed; the one that used less CPU time for it left more for others. It is taken from the clock of the thread that moves the data, with the worker threads of io_uring added, and for receivers from theirs.',
      ),
      l10n.t(
        'Work that the kernel does elsewhere, in softirqs or in threads of its own, is on nobody’s clock here. Over loopback it is billed to whichever side was running, so compare the sum of both sides.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'Two transfers that take equally long; one keeps the CPU busy all the time, the other a third of it.',
        ),
        height: 112,
        parts: [
          text(12, 34, 'read + write', 'plain', 'start'),
          text(12, 72, 'sendfile', 'plain', 'start'),
          box(110, 20, 290, 28, l10n.t('CPU busy'), 'busy'),
          box(110, 58, 90, 28, l10n.t('CPU busy'), 'busy'),
          box(200, 58, 200, 28, l10n.t('waits for the link'), 'ghost'),
          line('limit', [400, 10], [400, 96]),
          text(400, 104, l10n.t('both done'), 'muted', 'end'),
        ],
      },
    },
    seeAlso: ['loopback', 'cpu-copy', 'median'],
    sources: ['clock_gettime(2), CLOCK_THREAD_CPUTIME_ID'],
  };
}
