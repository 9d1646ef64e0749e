/** How the death of a bench process is explained, and what becomes of its run. */
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { RunEvent } from '../model/events.ts';
import type { Problem } from '../model/result/problem.ts';
import { finishDeadRun, readResult, removeLeftovers } from './resultFile.ts';

/** Finishes the result of a dead run from its journal. @returns the problem, with what became of the samples */
export function keepWhatWasMeasured(
  resultFile: string,
  pid: number | undefined,
  problem: Problem,
  listener: { event(event: RunEvent): void },
): Problem {
  const last = readResult(resultFile);
  // It may have died between its journal and its document.
  if (!last.ok && last.problem.code === 'ENOENT' && pid !== undefined) removeLeftovers(resultFile, pid);
  if (!last.ok || last.value.status !== 'running') return problem;
  listener.event({ type: 'finished', result: finishDeadRun(resultFile, last.value, problem) });
  return problem;
}

/**
 * Processes that the kernel killed on this host for want of memory, of any control group, since it was booted
 * (`oom_kill` of /proc/vmstat, since Linux 4.13). Null where it does not say.
 */
export function memoryKills(): number | null {
  try {
    const count = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}

/** @param killsBefore `memoryKills` as the process was started */
export function killedBy(signal: NodeJS.Signals, killsBefore: number | null): Problem {
  const causes: Partial<Record<NodeJS.Signals, string>> = {
    SIGKILL: whoKilled(killsBefore, memoryKills()),
    SIGSEGV: l10n.t('it crashed'),
    SIGABRT: l10n.t('it gave up, most likely for lack of memory'),
    SIGBUS: l10n.t('memory it had mapped went away, such as a source file that was truncated'),
    SIGTERM: l10n.t('somebody asked it to end'),
    SIGSYS: l10n.t('a seccomp filter forbids a system call it made'),
  };
  return {
    code: signal,
    message: l10n.t(
      'The bench process was ended by {0}: {1}.',
      signal,
      causes[signal] ?? l10n.t('a signal from outside'),
    ),
    hint: l10n.t('What had been measured until then is kept; run the experiment again for the rest.'),
  };
}

function whoKilled(before: number | null, now: number | null): string {
  if (before === null || now === null) return l10n.t('somebody or the out-of-memory killer killed it');
  // The kernel counts before it kills.
  return now > before
    ? l10n.t('memory ran out, and the kernel killed a process to get some back')
    : l10n.t('somebody killed it');
}

/** Of a bench process that is not a child of this one, so that nobody here is told how it ended. */
export function endedUnseen(): Problem {
  return {
    code: 'process-died',
    message: l10n.t('The bench process ended before the run was complete.'),
    hint: l10n.t('What had been measured until then is kept; run the experiment again for the rest.'),
  };
}

/** @param detail the last it wrote on standard error */
export function unexpectedEnd(detail: string): Problem {
  // Only the line that names the error: a stack trace helps nobody who reads this.
  const line = detail
    .split('\n')
    .find((text) => /error/i.test(text))
    ?.trim();
  return {
    code: 'bench-ended',
    message:
      line === undefined
        ? l10n.t('The bench process ended unexpectedly.')
        : l10n.t('The bench process ended unexpectedly: {0}', line),
    hint: l10n.t('What had been measured until then is kept; run the experiment again for the rest.'),
  };
}
