import * as l10n from '@vscode/l10n';
import { labelName } from '../../evidence/labels.ts';
import { arrow, box, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { evidenceSample } from '../words.ts';

export function evidenceSampleTerm(): Term {
  return {
    ...evidenceSample(),
    topic: 'measuring',
    long: [
      l10n.t(
        'A label comes from the callers, not from the function at the top alone: memcpy() is a copy between page caches below a splice, and something else elsewhere. The share of samples with a label is the share of CPU time, with an interval that narrows as there are more of them; below 200 nothing is said.',
      ),
      l10n.t(
        'That is how a drawn copy becomes one that was seen, or one that was not: not seen is said only where a copy of every byte could not have been missed. Sampling slows things down, so it has a pass of its own. What ran with interrupts off is counted where they came on again.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'A line of CPU time with even ticks; at one tick the stack of functions is noted, and its label is a copy to user space.',
        ),
        height: 138,
        parts: [
          line('axis', [20, 26], [400, 26]),
          ...Array.from({ length: 13 }, (_, nth) => line('axis', [40 + nth * 28, 20], [40 + nth * 28, 32])),
          text(400, 12, l10n.t('CPU time'), 'muted', 'end'),
          arrow('points', [180, 34], [180, 52]),
          box(120, 54, 120, 24, '_copy_to_iter', 'full'),
          box(120, 79, 120, 24, 'filemap_read'),
          box(120, 104, 120, 24, 'read()'),
          arrow('points', [240, 66], [276, 66]),
          text(282, 66, labelName('copy-to-user'), 'plain', 'start'),
        ],
      },
    },
    seeAlso: ['cpu-copy', 'cpu-per-gib', 'median'],
    sources: ['perf_event_open(2)'],
  };
}
