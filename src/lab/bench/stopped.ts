/** What ends a run early, and how work waits for it. */
import * as l10n from '@vscode/l10n';
import type { Problem } from '../../model/result/problem.ts';

/** Thrown to leave the work of a run; what was recorded until then stays. */
export class Stopped extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** @throws Stopped when the run is cancelled */
export function stopIfCancelled(cancelled: AbortSignal): void {
  if (cancelled.aborted) throw new Stopped(wasCancelled());
}

export function wasCancelled(): Problem {
  return {
    code: 'cancelled',
    message: l10n.t('The run was cancelled.'),
    hint: l10n.t('The rounds measured until then are kept; run the experiment again for the rest.'),
  };
}

/** The outcome of native work, or null when the run is cancelled first. What is under way then ends with the process. */
export function unlessCancelled<T>(work: Promise<T>, cancelled: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    if (cancelled.aborted) resolve(null);
    cancelled.addEventListener('abort', () => resolve(null), { once: true });
    work.then(resolve, reject);
  });
}
