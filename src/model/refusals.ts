/** Why a mode did not work: one sentence that names what said no, and one that names what to do about it. */
import type { SystemError } from './problems.ts';
import { describeSystemError } from './problems.ts';
import { explainReceiver, isOfReceiver } from './receiverProblems.ts';
import { REFUSALS_ANYWHERE } from './refusals/anywhere.ts';
import { FILE_REFUSALS } from './refusals/files.ts';
import { IO_URING_REFUSALS } from './refusals/ioUring.ts';
import { PIPE_REFUSALS } from './refusals/pipes.ts';
import { PROCESS_REFUSALS } from './refusals/processes.ts';
import type { Circumstances, Refusal } from './refusals/refusal.ts';
import { ZEROCOPY_REFUSALS } from './refusals/zerocopy.ts';
import type { Host } from './result/host.ts';
import type { PathId } from './result/path.ts';
import type { Problem } from './result/problem.ts';

export interface Failure {
  readonly problem: Problem;
  /** This host, kernel or filesystem cannot do it or does not allow it; otherwise something went wrong. */
  readonly unsupported: boolean;
}

/** What concerns one mode stands before what concerns them all: the first that fits counts. */
const REFUSALS: readonly Refusal[] = [
  ...ZEROCOPY_REFUSALS,
  ...FILE_REFUSALS,
  ...IO_URING_REFUSALS,
  ...PIPE_REFUSALS,
  ...PROCESS_REFUSALS,
  ...REFUSALS_ANYWHERE,
];

/** Errors that mean "not here", whichever call gives them. */
const NOT_HERE = new Set(['ENOSYS', 'EOPNOTSUPP', 'ENOTSUP', 'EXDEV', 'UNKNOWN_MODE']);

/** @param host of the folder and route the mode was tried on */
export function explainFailure(mode: string, path: PathId, error: SystemError, host: Host): Failure {
  if (isOfReceiver(error)) return { problem: explainReceiver(error), unsupported: NOT_HERE.has(error.code) };
  const circumstances: Circumstances = { mode, path, error, host };
  const refusal = REFUSALS.find((each) => fits(each, circumstances));
  return refusal === undefined
    ? { problem: describeSystemError(error), unsupported: NOT_HERE.has(error.code) }
    : { problem: { code: error.code, ...refusal.words(circumstances) }, unsupported: refusal.fault !== true };
}

function fits({ codes, calls, modes, when }: Refusal, { mode, error, host }: Circumstances): boolean {
  return (
    codes.includes(error.code) &&
    (calls?.test(error.call) ?? true) &&
    (modes?.test(mode) ?? true) &&
    (when?.(host) ?? true)
  );
}
