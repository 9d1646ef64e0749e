import * as l10n from '@vscode/l10n';
import { box, line, text } from '../../picture/parts.ts';
import type { Term } from '../term.ts';
import { contextSwitch } from '../words.ts';

export function contextSwitchTerm(): Term {
  return {
    ...contextSwitch(),
    topic: 'calls',
    long: [
      l10n.t(
        'Voluntary: the task has to wait, for the disk, for room in a socket buffer, for the other end of a pipe. Involuntary: its time is over, or something more urgent wants the CPU. The kernel counts both for every thread (getrusage), and the result shows them per GiB.',
      ),
      l10n.t(
        'A switch costs more than a crossing: registers are saved, between processes other page tables come into force, and the caches hold what the other task used. A copy between warm files makes next to none, however many system calls it takes; a reader and a writer that wait for each other make many.',
      ),
    ],
    picture: {
      kind: 'scene',
      scene: {
        alt: l10n.t(
          'One CPU over time: task A runs, waits, task B runs meanwhile, then A again. Each change is a switch.',
        ),
        height: 116,
        parts: [
          text(12, 34, l10n.t('task A'), 'plain', 'start'),
          text(12, 76, l10n.t('task B'), 'plain', 'start'),
          box(70, 20, 100, 28, l10n.t('runs'), 'busy'),
          box(170, 20, 110, 28, l10n.t('waits'), 'ghost'),
          box(280, 20, 120, 28, l10n.t('runs'), 'busy'),
          box(70, 62, 100, 28, '', 'ghost'),
          box(170, 62, 110, 28, l10n.t('runs'), 'other'),
          box(280, 62, 120, 28, '', 'ghost'),
          line('limit', [170, 12], [170, 96]),
          line('limit', [280, 12], [280, 96]),
          text(170, 106, l10n.t('switch')),
          text(280, 106, l10n.t('switch')),
        ],
      },
    },
    seeAlso: ['crossing', 'system-call', 'steal'],
    sources: ['getrusage(2)', 'kernel/sched/core.c'],
  };
}
