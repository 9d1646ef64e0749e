/** Exit codes, the command line's promise to scripts. */
import { RECEIVER_CODE } from '../model/receiverProblems.ts';
import type { Problem } from '../model/result/problem.ts';
import type { Result } from '../model/result/result.ts';
import { SSH_CODE } from '../model/sshProblems.ts';

export const EXIT = {
  done: 0,
  caseFailed: 1,
  usage: 2,
  nothingWorks: 3,
  evidenceMissing: 4,
  regression: 5,
  cancelled: 130,
} as const;

/** What happened on this host, whatever was asked for: another run, or a results folder that went away. */
const OF_THE_HOST: readonly string[] = ['locked', 'results-gone'];

/** What ends a run early because somebody wanted that. */
const WISHES: readonly string[] = ['cancelled', 'time-limit'];

/** For a run that was refused before it began, and a probe that came to nothing. */
export function exitCodeOfRefusal(problem: Problem): number {
  const died = problem.code === 'bench-ended' || problem.code.startsWith('SIG');
  if (problem.code === 'no-evidence') return EXIT.evidenceMissing;
  if (died || OF_THE_HOST.includes(problem.code) || isElsewhere(problem)) return EXIT.caseFailed;
  return problem.code === 'not-linux' || problem.code.startsWith('addon-') ? EXIT.nothingWorks : EXIT.usage;
}

/** For a run that came to an end. Modes unsupported here are a failure only when they were named. */
export function exitCodeOfResult(result: Result): number {
  if (hasBrokenOff(result)) return EXIT.caseFailed;
  if (result.experiment.evidence === 'require' && !wasSampled(result)) return EXIT.evidenceMissing;
  const asked = result.cases.filter((one) => !one.implied);
  if (asked.length > 0 && asked.every((one) => one.status === 'unsupported')) return EXIT.nothingWorks;
  if (result.status === 'failed' || result.cases.some((one) => one.status === 'failed')) return EXIT.caseFailed;
  if (result.experiment.kind === 'hazards') return EXIT.done;
  if (result.cases.every((one) => one.summary === null)) return EXIT.caseFailed;
  const named = result.experiment.modesChosen === 'named';
  return named && asked.some((one) => one.status === 'unsupported') ? EXIT.caseFailed : EXIT.done;
}

/** Whether the run ended early, and nobody had wished so. */
export function hasBrokenOff({ status, reason }: Result): boolean {
  return status === 'partial' && reason !== null && !WISHES.includes(reason.code);
}

/** Whether it is about another host, or the way there. */
function isElsewhere({ code }: Problem): boolean {
  return code.startsWith(RECEIVER_CODE) || code.startsWith(SSH_CODE);
}

/** Whether there was a tier of evidence that samples. */
function wasSampled({ tiers }: Result): boolean {
  return (tiers ?? []).some(({ id, available }) => available && (id === 'task-samples' || id === 'cpu-wide'));
}
