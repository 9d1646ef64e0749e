/** Runs by the client that extension host and command line share, so that a test hears what they hear. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type RunHandlers, type RunningBench, type RunOutcome, startRun } from '../../src/lab/client.ts';
import { writeResult } from '../../src/lab/resultFile.ts';
import type { Phase, Progress, RunEvent } from '../../src/model/events.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import type { Result } from '../../src/model/result/result.ts';
import { ROOT, type Workplace } from './lab.ts';

/** The four that need a whole transfer to be verified and measured, so that each phase takes its time. */
const LONG: ExperimentRequest = {
  path: 'file-to-file',
  modes: ['read-write', 'mmap-write', 'sendfile', 'splice'],
  size: '32MiB',
  buffers: ['64KiB'],
  rounds: 1,
};

/** An experiment that is in this phase long enough to be met there. */
export const MEETS: Readonly<Record<Phase, ExperimentRequest>> = {
  preparing: { ...LONG, path: 'file-to-socket', size: '2GiB' },
  calibrating: LONG,
  verifying: LONG,
  'warm-up': LONG,
  measuring: LONG,
  latency: { ...LONG, latency: true },
  evidence: { ...LONG, evidence: 'auto' },
  hazards: { preset: 'hazards', path: 'file-to-file' },
};

export interface Met {
  readonly outcome: RunOutcome;
  /** What was said last of where it stood. */
  readonly lastPhase: Phase | null;
}

/**
 * Starts a run as a window does: it would go on without this process.
 * @param during environment of the bench process, beside this one's
 */
export function begin(
  place: Workplace,
  request: ExperimentRequest,
  heard: Partial<RunHandlers> = {},
  during: Readonly<Record<string, string>> = {},
): RunningBench {
  const experiment = resolveExperiment(request, { directory: place.folder });
  if (!experiment.ok) throw new Error(experiment.problem.message);
  const order = { experiment: experiment.value, resultFile: fileOf(place), tool: 'test', token: null };
  const nothing = () => undefined;
  const handlers = { event: nothing, progress: nothing, notice: nothing, ...heard };
  return place.inItsEnvironment(during, () =>
    startRun({ ...order, staysAlone: true }, handlers, { root: ROOT, language: 'en' }),
  );
}

/** Runs an experiment, and does something to its bench process when it says for the first time that it is in a phase. */
export async function meet(
  place: Workplace,
  { request, phase }: { readonly request: ExperimentRequest; readonly phase: Phase | null },
  disturb: (bench: number) => void,
  during: Readonly<Record<string, string>> = {},
): Promise<Met> {
  let bench: number | null = null;
  let lastPhase: Phase | null = null;
  let met = false;
  const heard = {
    event: (event: RunEvent) => {
      if (event.type === 'started') bench = event.result.process.pid;
    },
    progress: (progress: Progress) => {
      lastPhase = progress.phase;
      if (met || progress.phase !== phase || bench === null) return;
      met = true;
      disturb(bench);
    },
  };
  return { outcome: await begin(place, request, heard, during).outcome, lastPhase };
}

/** Where these have their result. */
export function fileOf(place: Workplace): string {
  return path.join(place.folder, 'out.zcresult.json');
}

/** Writes a result as an earlier run would have left it beside that of these. @returns its file */
export function addEarlier(place: Workplace, result: Result): string {
  const file = path.join(place.folder, 'earlier.zcresult.json');
  writeResult(file, result);
  return file;
}

/** Names of all that is where these have their result and their data. */
export function leftBy(place: Workplace): readonly string[] {
  return readdirSync(place.folder).sort();
}
