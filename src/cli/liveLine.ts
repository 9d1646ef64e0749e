/** One line on a terminal that says where the run stands, overwritten as it goes on. */
import * as l10n from '@vscode/l10n';
import type { Phase, Progress } from '../model/events.ts';
import { printable } from '../model/plainText.ts';
import { reportName } from '../model/report/caseTable.ts';
import type { Result } from '../model/result/result.ts';
import { formatNumber } from '../model/units.ts';
import { cut } from './textTable.ts';

export interface LiveLine {
  show(progress: Progress, result: Result | null): void;
  /** Prints a line that stays. */
  say(text: string): void;
  clear(): void;
}

/** @param stream null for silence; a stream that is no terminal gets only the lines that stay */
export function createLiveLine(stream: NodeJS.WriteStream | null): LiveLine {
  const live = stream?.isTTY === true ? stream : null;
  const clear = () => live?.write('\r\x1b[K');
  return {
    show: (progress, result) => {
      const text = describeProgress(progress, result);
      live?.write(`\r${cut(text, (live.columns ?? 80) - 1)}\x1b[K`);
    },
    say: (text) => {
      clear();
      stream?.write(`${printable(text)}\n`);
    },
    clear,
  };
}

function describeProgress(progress: Progress, result: Result | null): string {
  const phases: Record<Phase, string> = {
    preparing: l10n.t('preparing'),
    calibrating: l10n.t('calibrating'),
    verifying: l10n.t('verifying'),
    'warm-up': l10n.t('warm-up'),
    hazards: l10n.t('meeting hazards'),
    measuring: l10n.t('round {0}', progress.round ?? 0),
    latency: l10n.t('timing single calls'),
    evidence: l10n.t('gathering evidence'),
  };
  const one = progress.case === null ? undefined : result?.cases[progress.case];
  return [
    `${Math.floor(progress.fraction * 100)} %`.padStart(5),
    phases[progress.phase],
    ...(one === undefined ? [] : [reportName(one)]),
    ...(progress.mibPerSecond === null ? [] : [`${formatNumber(progress.mibPerSecond)} MiB/s`]),
  ].join('  ');
}
