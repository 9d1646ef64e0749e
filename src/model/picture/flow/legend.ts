/** The order of legends. */
import type { StepKind } from '../../flow.ts';
import type { ArrowVerdict } from '../../result/evidence.ts';

export const KINDS: readonly StepKind[] = [
  'cpu-copy',
  'dma-copy',
  'page-reference',
  'mapping',
  'wire',
  'system-call',
  'fault',
  'touch',
  'wait',
];
export const VERDICTS: readonly ArrowVerdict['verdict'][] = ['seen', 'not-seen', 'not-observable'];
