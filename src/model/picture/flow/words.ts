/** The words of flow diagrams: of bands, of kinds of steps, and of what is particular to one. */
import * as l10n from '@vscode/l10n';
import type { Band, EventKind, Step, StepKind } from '../../flow.ts';
import { listed } from '../../punctuation.ts';
import type { ArrowVerdict } from '../../result/evidence.ts';
import type { Sides } from '../../sides.ts';

/** Name of a band, as on the seed's pictures. */
export function bandName(band: Band): string {
  switch (band) {
    case 'user':
      return l10n.t('user space');
    case 'kernel':
      return l10n.t('kernel space');
    case 'hardware':
      return l10n.t('hardware');
  }
}

/** Name of a kind of step, for legend and list. */
export function kindName(kind: StepKind): string {
  switch (kind) {
    case 'cpu-copy':
      return l10n.t('CPU copy');
    case 'dma-copy':
      return l10n.t('DMA copy');
    case 'page-reference':
      return l10n.t('reference to pages or blocks');
    case 'mapping':
      return l10n.t('mapping');
    case 'wire':
      return l10n.t('over the network');
    case 'system-call':
      return l10n.t('system call: in and back, 2 crossings');
    case 'fault':
      return l10n.t('page fault');
    case 'touch':
      return l10n.t('pass of the CPU that copies nothing');
    case 'wait':
      return l10n.t('wait');
  }
}

/** Word beside an event, which has no name of its own. */
export function eventName(kind: EventKind): string {
  switch (kind) {
    case 'fault':
      return l10n.t('page fault');
    case 'touch':
      return l10n.t('CPU pass');
    case 'wait':
      return l10n.t('wait');
  }
}

/** What is particular to a step besides its sentence. */
export function stepNote(step: Step, sides: Sides): string {
  const notes = [
    ...(step.atMost ? [l10n.t('at most; not every time')] : []),
    ...(step.later ? [l10n.t('after the call returned')] : []),
    // Steps of an end of their own stand under its name.
    ...(step.receiver && sides.ends === null ? [sides.byReceiver] : []),
    ...(step.textbook ? [l10n.t('as textbooks have it; this run does not know')] : []),
  ];
  return notes.length === 0 ? '' : l10n.t(' ({0})', listed(notes));
}

export function proofWord(verdict: ArrowVerdict['verdict']): string {
  switch (verdict) {
    case 'seen':
      return l10n.t('seen');
    case 'not-seen':
      return l10n.t('not seen');
    case 'not-observable':
      return l10n.t('not observable here');
  }
}
