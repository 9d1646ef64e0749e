/** Runs in which one mode is not what it says, and nobody is told. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { NativeAddon } from '../../native/addon.d.ts';
import { runExperiment } from '../../src/lab/bench/run.ts';
import { readResult } from '../../src/lab/resultFile.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import type { Result } from '../../src/model/result/result.ts';
import { ROOT, Workplace } from './lab.ts';

/** @param liar the mode of the test build that does the work of `mode` */
export async function runWithLiar(request: ExperimentRequest, mode: string, liar: string): Promise<Result> {
  const place = new Workplace();
  const liars = createRequire(import.meta.url)(
    path.join(ROOT, 'build/Release/zero_copy_lab_liars.node'),
  ) as NativeAddon;
  const addon: NativeAddon = {
    ...liars,
    startTransfer: (source, asked) =>
      liars.startTransfer(source, { ...asked, mode: asked.mode === mode ? liar : asked.mode }),
  };
  const experiment = resolveExperiment(request, { directory: place.folder });
  if (!experiment.ok) throw new Error(experiment.problem.message);
  const file = place.path('liar.zcresult.json');
  const nobody = { event: () => undefined, progress: () => undefined };
  const order = { experiment: experiment.value, resultFile: file, tool: 'test', token: null, staysAlone: false };
  const end = await runExperiment(addon, order, nobody, ROOT, new AbortController().signal);
  if (!end.ok) throw new Error(end.problem.message);
  const read = readResult(file);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}
