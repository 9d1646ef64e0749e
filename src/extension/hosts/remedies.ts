/** What one click mends on the way to another host. */
import * as l10n from '@vscode/l10n';
import { WRONG_TOKEN } from '../../model/receiverProblems.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Problem } from '../../model/result/problem.ts';
import { SSH_BLOCKED, SSH_NEEDS_PROMPT } from '../../model/sshProblems.ts';
import type { Remedy } from '../showProblem.ts';
import { inTerminal } from './sshTerminal.ts';

/** The same run once more. */
export interface Retry {
  again(): Promise<void>;
  /** With its data sent through ssh. */
  forwarded(): Promise<void>;
}

/** Of what kept a run from its end; undefined where no click helps. */
export function remedyOf(problem: Problem, { remote }: Experiment, retry: Retry): Remedy | undefined {
  if (remote === null) return undefined;
  switch (problem.code) {
    case WRONG_TOKEN:
      return { label: l10n.t('Enter Token'), act: retry.again };
    case SSH_NEEDS_PROMPT:
      return inTerminal(remote.host, retry.again);
    case SSH_BLOCKED:
      return remote.way === 'ssh' ? throughSsh(retry) : undefined;
    default:
      return undefined;
  }
}

function throughSsh({ forwarded }: Retry): Remedy {
  return {
    label: l10n.t('Send Through ssh'),
    hint: l10n.t('Open the way for TCP to that host, or send the data through ssh: then it is ssh that is measured.'),
    act: forwarded,
  };
}
