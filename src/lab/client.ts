/** The other end of the bench process: starts it, passes its messages on, cancels it, and explains how it died. */
import { fork } from 'node:child_process';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Progress, RunEvent } from '../model/events.ts';
import { type FromBench, LAST_WORDS, type RunEnd, type RunOrder, type ToBench } from '../model/messages.ts';
import type { LaboratoryProbe, ProbeReport } from '../model/probe.ts';
import type { Outcome } from '../model/problems.ts';
import { ok } from '../model/problems.ts';
import type { Experiment } from '../model/result/experiment.ts';
import type { PathId } from '../model/result/path.ts';
import type { Calibration } from '../model/result/prediction.ts';
import type { Problem } from '../model/result/problem.ts';
import type { SelfcheckReport } from '../model/selfcheck.ts';
import { mayExecute } from './access.ts';
import { keepWhatWasMeasured, killedBy, memoryKills, unexpectedEnd } from './benchDeath.ts';
import { LANGUAGE_VARIABLE } from './language.ts';
import { removeSelfcheckFolder } from './selfcheckFolder.ts';

/** A bench process that ignores a cancel for so long is killed. */
export const PATIENCE_MS = 5000;

/** Becomes Node in a user namespace where that takes one (native/launcher). Seen from the root. */
const LAUNCHER = path.join('build', 'Release', 'zcl-launcher');

export interface BenchOptions {
  /** Folder that holds dist/, build/ and l10n/. */
  readonly root: string;
  readonly language: string;
}

export interface RunHandlers {
  event(event: RunEvent): void;
  progress(progress: Progress): void;
  notice(problem: Problem): void;
}

/** How a run ended: by itself, refused before it began, or with its process. */
export type RunOutcome =
  | { readonly kind: 'done'; readonly end: RunEnd }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'died'; readonly problem: Problem };

export interface RunningBench {
  readonly outcome: Promise<RunOutcome>;
  cancel(): void;
}

/** Starts a run in a process of its own. */
export function startRun(order: RunOrder, handlers: RunHandlers, options: BenchOptions): RunningBench {
  const { resultFile } = order;
  const bench = startBench({ type: 'run', ...order }, options, (message) => passOn(message, handlers));
  const outcome = bench.last.then((last): RunOutcome => {
    if (last.kind === 'said') return runOutcomeOf(last.message);
    return { kind: 'died', problem: keepWhatWasMeasured(resultFile, bench.pid, last.problem, handlers) };
  });
  return { outcome, cancel: bench.cancel };
}

/** What a bench process says of its run before its last words. */
export function passOn(message: FromBench, handlers: RunHandlers): void {
  if (message.type === 'event') handlers.event(message.event);
  else if (message.type === 'progress') handlers.progress(message.progress);
  else if (message.type === 'notice') handlers.notice(message.problem);
}

/** The last words of a bench process about its run. */
export function runOutcomeOf(last: FromBench): RunOutcome {
  if (last.type === 'done') return { kind: 'done', end: last.end };
  if (last.type === 'refused') return { kind: 'refused', problem: last.problem };
  return { kind: 'died', problem: unexpectedEnd('') };
}

export interface RunningProbe {
  readonly report: Promise<Outcome<ProbeReport>>;
  cancel(): void;
}

/** Asks a bench process what works here. @param trying told of each mode before it is tried @param towards see `probeHost` */
export function startProbe(
  directory: string,
  options: BenchOptions,
  trying: (mode: string, path: PathId) => void = () => undefined,
  towards: Experiment['remote'] = null,
): RunningProbe {
  let latest = '';
  const bench = startBench({ type: 'probe', directory, towards }, options, (message) => {
    if (message.type !== 'trying') return;
    latest = `${message.mode}, ${message.path}`;
    trying(message.mode, message.path);
  });
  const laboratory = startLaboratoryProbe(options);
  const report = bench.last.then(async (last): Promise<Outcome<ProbeReport>> => {
    if (last.kind === 'died') return { ok: false, problem: diedTrying(last.problem, latest) };
    if (last.message.type === 'probed') return ok({ ...last.message.report, laboratory: await laboratory.found });
    return { ok: false, problem: last.message.type === 'refused' ? last.message.problem : unexpectedEnd('') };
  });
  const cancel = () => {
    bench.cancel();
    laboratory.cancel();
  };
  return { report, cancel };
}

/** In a process of its own, which may be in a user namespace that nothing else is to be tried in. */
function startLaboratoryProbe(options: BenchOptions): {
  readonly found: Promise<LaboratoryProbe>;
  cancel(): void;
} {
  const bench = startBench({ type: 'probe-laboratory' }, options, () => undefined);
  const found = bench.last.then((last): LaboratoryProbe => {
    if (last.kind === 'said' && last.message.type === 'laboratory-probed') return last.message.laboratory;
    if (last.kind === 'died') return { problem: last.problem, switches: [] };
    return { problem: last.message.type === 'refused' ? last.message.problem : unexpectedEnd(''), switches: [] };
  });
  return { found, cancel: bench.cancel };
}

function diedTrying({ code, message }: Problem, latest: string): Problem {
  return {
    code,
    message: latest === '' ? message : `${message} ${l10n.t('It was trying {0}.', latest)}`,
    hint: l10n.t('Probe again; if it stays so, leave this mode out of your runs.'),
  };
}

/** Has a bench process measure the unit costs of this host. */
export function startCalibration(
  directory: string,
  options: BenchOptions,
): { readonly calibration: Promise<Outcome<Calibration>>; cancel(): void } {
  const bench = startBench({ type: 'calibrate', directory }, options, () => undefined);
  const calibration = bench.last.then((last): Outcome<Calibration> => {
    if (last.kind === 'died') return { ok: false, problem: last.problem };
    if (last.message.type === 'calibrated') return ok(last.message.calibration);
    return { ok: false, problem: last.message.type === 'refused' ? last.message.problem : unexpectedEnd('') };
  });
  return { calibration, cancel: bench.cancel };
}

/** Has a bench process hold the lab against other tools. @param checking told which one, and how far it is, 0 to 1 */
export function startSelfcheck(
  request: { readonly directory: string; readonly bytes: number; readonly rounds: number },
  options: BenchOptions,
  checking: (id: string, fraction: number) => void,
): { readonly report: Promise<Outcome<SelfcheckReport>>; cancel(): void } {
  const bench = startBench({ type: 'selfcheck', ...request }, options, (message) => {
    if (message.type === 'checking') checking(message.id, message.fraction);
  });
  const report = bench.last.then((last): Outcome<SelfcheckReport> => {
    if (last.kind === 'died') {
      if (bench.pid !== undefined) removeWhatItLeft(request.directory, bench.pid);
      return { ok: false, problem: last.problem };
    }
    if (last.message.type === 'checked') return ok(last.message.report);
    return { ok: false, problem: last.message.type === 'refused' ? last.message.problem : unexpectedEnd('') };
  });
  return { report, cancel: bench.cancel };
}

function removeWhatItLeft(directory: string, pid: number): void {
  try {
    removeSelfcheckFolder(directory, pid);
  } catch {
    // The next self-check there tries again.
  }
}

type LastWord =
  | { readonly kind: 'said'; readonly message: FromBench }
  | { readonly kind: 'died'; readonly problem: Problem };

/** What only a process can do that may make network namespaces. */
function needsNamespaces(request: ToBench): boolean {
  return request.type === 'probe-laboratory' || (request.type === 'run' && request.experiment.target === 'lab');
}

function startBench(
  request: ToBench,
  options: BenchOptions,
  listener: (message: FromBench) => void,
): { readonly pid: number | undefined; readonly last: Promise<LastWord>; readonly cancel: () => void } {
  const killsBefore = memoryKills();
  const launcher = path.join(options.root, LAUNCHER);
  const child = fork(path.join(options.root, 'dist', 'bench.js'), [], {
    // Inside VS Code's desktop, execPath is Electron, which this makes behave like Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', [LANGUAGE_VARIABLE]: options.language },
    // Where the launcher may not be executed, neither may the addon beside it: the bench process says why.
    ...(needsNamespaces(request) && mayExecute(launcher)
      ? { execPath: launcher, execArgv: [process.execPath] }
      : { execArgv: [] }),
    // What stops everything around this process, such as the end of its session, is not to stop that one.
    detached: request.type === 'run' && request.staysAlone,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  const last = new Promise<LastWord>((resolve) => {
    let lastMessage: FromBench | null = null;
    child.on('message', (message: FromBench) => {
      if (LAST_WORDS.includes(message.type)) lastMessage = message;
      else listener(message);
    });
    child.once('error', (error) => resolve({ kind: 'died', problem: unexpectedEnd(error.message) }));
    // 'close' comes after the last message and the last line of stderr, 'exit' may come before them.
    child.once('close', (_code, signal) => {
      if (lastMessage !== null) resolve({ kind: 'said', message: lastMessage });
      else
        resolve({ kind: 'died', problem: signal === null ? unexpectedEnd(complaints) : killedBy(signal, killsBefore) });
    });
    child.send(request, reportedByClose);
  });
  const cancel = () => {
    if (!child.connected) return;
    child.send({ type: 'cancel' } satisfies ToBench, reportedByClose);
    const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('close', () => clearTimeout(impatience));
  };
  return { pid: child.pid, last, cancel };
}

/** A message that does not arrive finds a process that has died, and 'close' will say of what. */
function reportedByClose(): void {}
