/** `zero-copy-lab run`. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { BenchOptions } from '../lab/client.ts';
import { startRun } from '../lab/client.ts';
import { readExperiment, readExperimentText } from '../lab/experimentFile.ts';
import { prepareExperiment } from '../lab/preflight.ts';
import { readResult } from '../lab/resultFile.ts';
import { resultToCsv } from '../model/csv.ts';
import { applyEvent } from '../model/events.ts';
import type { RunOrder } from '../model/messages.ts';
import { printable, printableDocument, printableJson } from '../model/plainText.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';
import { reportName } from '../model/report/caseTable.ts';
import type { Experiment } from '../model/result/experiment.ts';
import type { Problem } from '../model/result/problem.ts';
import type { Result } from '../model/result/result.ts';
import type { RunOptions } from './arguments.ts';
import { complain } from './complaint.ts';
import { EXIT, exitCodeOfRefusal, exitCodeOfResult, hasBrokenOff } from './exitCode.ts';
import { reportHazards } from './hazardReport.ts';
import { createLiveLine } from './liveLine.ts';
import { type FileIdentity, identityOf, writeNamedOutput } from './namedOutput.ts';
import { reportResult } from './report.ts';
import { openResultTarget } from './resultTarget.ts';
import { readToken } from './token.ts';

/** @returns the exit code */
export async function run(options: RunOptions, tool: string, bench: BenchOptions): Promise<number> {
  const asked = await experimentFor(options);
  if (!asked.ok) return failed(asked.problem, EXIT.usage);
  const outputs = checkOutputs(options, asked.value);
  if (!outputs.ok) return failed(outputs.problem, EXIT.usage);
  const token = readToken(options.tokenFile, asked.value.remote?.way === 'direct');
  if (!token.ok) return failed(token.problem, EXIT.usage);
  const target = openResultTarget(options.json, asked.value);
  if (!target.ok) return failed(target.problem, EXIT.usage);
  try {
    return await runInto(
      { experiment: asked.value, resultFile: target.value.file, tool, token: token.value, staysAlone: false },
      options,
      bench,
    );
  } finally {
    target.value.release();
  }
}

async function runInto(order: RunOrder, options: RunOptions, bench: BenchOptions): Promise<number> {
  const file = order.resultFile;
  const csvBefore = options.csv === null ? undefined : identityOf(options.csv);
  const live = createLiveLine(options.quiet ? null : process.stderr);
  let result: Result | null = null;
  const running = startRun(
    order,
    {
      event: (event) => {
        result = applyEvent(result, event);
      },
      progress: (progress) => live.show(progress, result),
      notice: (problem) => live.say(`${problem.message} ${problem.hint}`),
    },
    bench,
  );
  const stop = () => running.cancel();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const outcome = await running.outcome;
  process.off('SIGINT', stop).off('SIGTERM', stop);
  live.clear();
  if (outcome.kind === 'refused') return failed(outcome.problem, exitCodeOfRefusal(outcome.problem));
  const cancelled = outcome.kind === 'done' && outcome.end.how === 'cancelled';
  if (cancelled && !outcome.end.fileKept) {
    return failed(
      {
        code: 'cancelled',
        message: l10n.t('Cancelled before one whole round was measured; nothing is kept.'),
        hint: '',
      },
      EXIT.cancelled,
    );
  }
  const stored = readResult(file);
  if (!stored.ok) return failed(outcome.kind === 'died' ? outcome.problem : stored.problem, EXIT.caseFailed);
  const written = writeOutputs(stored.value, file, options, csvBefore);
  if (!written.ok) return failed(written.problem, EXIT.usage);
  if (outcome.kind === 'died') return failed(outcome.problem, EXIT.caseFailed);
  return cancelled ? EXIT.cancelled : concludeBy(stored.value);
}

/** The exit code of a run that came to its end; where that is not 0, the reason goes to standard error. */
function concludeBy(result: Result): number {
  const exitCode = exitCodeOfResult(result);
  if (hasBrokenOff(result) && result.reason !== null) return failed(result.reason, exitCode);
  if (exitCode === EXIT.evidenceMissing) return failed(result.reason ?? noEvidence(), exitCode);
  const culprit =
    result.cases.find((one) => one.status === 'failed') ??
    result.cases.find((one) => one.status === 'unsupported' && !one.implied);
  if (exitCode === EXIT.done || culprit === undefined || culprit.reason === null) return exitCode;
  return failed({ ...culprit.reason, message: `${reportName(culprit)}: ${culprit.reason.message}` }, exitCode);
}

function noEvidence(): Problem {
  return {
    code: 'no-evidence',
    message: l10n.t('The evidence that --evidence require asks for could not be gathered here.'),
    hint: l10n.t('The probe tells what is missing and how to allow it; the measurements are kept.'),
  };
}

/** The experiment asked for by file and options, or by options alone. */
async function experimentFor(options: RunOptions): Promise<Outcome<Experiment>> {
  const here = process.cwd();
  if (options.file === null) return prepareExperiment(options.request, here, here);
  const text = readExperimentText(options.file);
  if (!text.ok) return text;
  const read = readExperiment(text.value, options.file);
  return read.ok ? prepareExperiment({ ...read.value, ...options.request }, here, here) : read;
}

/** An output may take the place of an older one, but not of the source, and the document only of a regular file. */
function checkOutputs({ json, csv }: RunOptions, { source }: Experiment): Outcome<null> {
  const hint = l10n.t('Name another file for the output.');
  const sourceIdentity = source.kind === 'file' ? identityOf(source.path) : undefined;
  for (const output of [json, csv]) {
    const identity = output === null || output === '-' ? undefined : identityOf(output);
    if (identity === undefined || output === null) continue;
    if (identity.key === sourceIdentity?.key) {
      return refuse('usage', l10n.t('{0} is the source, which is only read.', output), hint);
    }
    if (output === json && !identity.regular) {
      return refuse('usage', l10n.t('{0} is there already, and is not a regular file.', output), hint);
    }
  }
  return ok(null);
}

function writeOutputs(
  result: Result,
  file: string,
  options: RunOptions,
  csvBefore: FileIdentity | undefined,
): Outcome<null> {
  if (options.json === '-') process.stdout.write(`${printableJson(result, 1)}\n`);
  else if (!options.quiet) {
    const shown = printableDocument(result);
    const report = shown.experiment.kind === 'hazards' ? reportHazards(shown) : reportResult(shown);
    process.stdout.write(`${report}\n\n${l10n.t('Saved as {0}', printable(path.relative('', file)))}\n`);
  }
  return options.csv === null ? ok(null) : writeNamedOutput(options.csv, resultToCsv(result), csvBefore);
}

function failed(problem: Problem, exitCode: number): number {
  complain(problem);
  return exitCode;
}
