/** `zero-copy-lab probe`: what this host can do, and how the way to another one is set. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type BenchOptions, startProbe } from '../lab/client.ts';
import { addressOfReceiver } from '../lab/preflight.ts';
import { printableDocument, printableJson } from '../model/plainText.ts';
import { type Outcome, ok, refuse } from '../model/problems.ts';
import { remoteTarget } from '../model/request/target.ts';
import type { Experiment } from '../model/result/experiment.ts';
import type { ProbeOptions } from './arguments.ts';
import { complain } from './complaint.ts';
import { EXIT, exitCodeOfRefusal } from './exitCode.ts';
import { reportProbe } from './probeReport.ts';

/** @returns the exit code */
export async function probe(
  { directory, to, json }: ProbeOptions,
  width: number,
  bench: BenchOptions,
): Promise<number> {
  const towards = await hostOf(to);
  const report = towards.ok
    ? await startProbe(path.resolve(directory ?? ''), bench, undefined, towards.value).report
    : towards;
  if (!report.ok) {
    complain(report.problem);
    return exitCodeOfRefusal(report.problem);
  }
  const text = json ? printableJson(report.value, 1) : reportProbe(printableDocument(report.value), width);
  process.stdout.write(`${text}\n`);
  return report.value.modes.some((mode) => mode.status === 'works') ? EXIT.done : EXIT.nothingWorks;
}

async function hostOf(to: string | null): Promise<Outcome<Experiment['remote']>> {
  if (to === null) return ok(null);
  const remote = remoteTarget(to);
  if (remote === undefined) {
    return refuse('usage', l10n.t('--to {0} names no host and port.', to), l10n.t('Use HOST:PORT or [IPV6]:PORT.'));
  }
  const address = await addressOfReceiver(to);
  return address.ok ? ok({ ...remote, address: address.value ?? remote.host, way: 'direct' }) : address;
}
