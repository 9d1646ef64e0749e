/** From results to their comparison. */

import * as l10n from '@vscode/l10n';
import { fullCaseName } from '../caseName.ts';
import { objectBytesOf } from '../caseSize.ts';
import { findMode } from '../modes/catalogue.ts';
import { pathDescriptor } from '../paths.ts';
import { type Outcome, ok, refuse } from '../problems.ts';
import { sharesBlocks } from '../remarks.ts';
import type { Case } from '../result/case.ts';
import type { Experiment } from '../result/experiment.ts';
import type { Interval } from '../result/numbers.ts';
import type { PathId } from '../result/path.ts';
import type { Result } from '../result/result.ts';
import type { Summary } from '../result/summary.ts';
import { SMALLEST_DIFFERENCE, verdictOf } from '../statistics/comparison.ts';
import { independentRatio } from '../statistics/independentRatio.ts';
import { countedSamples, isExcluded, whyNothingCounts } from '../summary.ts';
import {
  type CaseApart,
  type Change,
  COMPARISON_FORMAT,
  COMPARISON_VERSION,
  type ComparedCase,
  type ComparedResult,
  type Comparison,
  type Entry,
  gain,
  letterOf,
  type Measured,
  type Quantity,
  type QuantityId,
} from './comparison.ts';
import { experimentDifferences, hostDifferences, roundsOf } from './differences.ts';
import { type Pairing, pairCases } from './pairing.ts';
import { comparable, type NamedResult } from './refusals.ts';

/**
 * Compares results with the first of them, the reference, case by case.
 *
 * Rounds of different runs are no pairs, so medians are compared (`independentRatio`); the verdict is by the rule of a run
 * (`verdictOf`), where no difference counts that is below 2 % or below the noise floor of either run. A noise floor is what
 * a baseline and its copy differ by within one run; how much two runs of the same differ, none of them can know.
 */
export function compareResults(named: readonly NamedResult[]): Outcome<Comparison> {
  const may = comparable(named);
  if (!may.ok) return may;
  const results = named.map(({ result }) => result);
  const [reference] = results as [Result];
  const pairings = pairCases(results.map(({ cases }) => cases));
  const bothSides = pairings.every((pairing) => isBothSided(casesOf(results, pairing)));
  const quantities = quantitiesOf(reference.experiment, bothSides);
  const compared = pairings.filter((pairing) => hasPartners(casesOf(results, pairing)));
  if (compared.length === 0) {
    return refuse(
      'nothing-in-common',
      l10n.t('{0} has no measured case in common with {1}.', named[0]?.name ?? '', otherNames(named)),
      l10n.t('Choose results with the same modes and sizes of buffers or files.'),
    );
  }
  return ok({
    format: COMPARISON_FORMAT,
    version: COMPARISON_VERSION,
    path: reference.experiment.path,
    results: named.map(factsOf),
    quantities,
    warnings: experimentDifferences(results),
    hostDifferences: hostDifferences(results),
    cases: compared.map((pairing) => comparedCase(results, pairing, quantities, bothSides)),
    apart: pairings.flatMap((pairing) => apart(results, pairing)),
  });
}

function otherNames(named: readonly NamedResult[]): string {
  return named
    .slice(1)
    .map(({ name }) => name)
    .join(', ');
}

function factsOf({ name, result }: NamedResult, index: number): ComparedResult {
  return {
    letter: letterOf(index),
    name,
    host: result.host.name,
    kernel: result.host.kernel,
    startedAt: result.startedAt,
    preset: result.experiment.preset,
    rounds: roundsOf(result),
    noiseFloor: result.noiseFloor,
  };
}

/** Throughput, or at an equal rate, where that is the same for all, CPU time; then what else there is. */
function quantitiesOf({ kind, path }: Experiment, bothSides: boolean): readonly Quantity[] {
  const baseline = findMode(pathDescriptor(path).baseline)?.name ?? '';
  const paced = kind === 'equal-rate';
  const throughput: Quantity = { id: 'throughput', name: l10n.t('Throughput'), unit: 'MiB/s', moreIsBetter: true };
  const cpu: Quantity = { id: 'cpu', name: cpuName(path, bothSides), unit: 'CPU s/GiB', moreIsBetter: false };
  const relative: Quantity = {
    id: 'relative',
    name: paced ? l10n.t('CPU economy against {0}', baseline) : l10n.t('Throughput against {0}', baseline),
    unit: '',
    moreIsBetter: true,
  };
  return paced ? [cpu, relative] : [throughput, relative, cpu];
}

function cpuName(path: PathId, bothSides: boolean): string {
  if (path === 'file-to-file') return l10n.t('CPU time');
  if (bothSides) return l10n.t('CPU time of both sides');
  return path === 'file-to-socket' ? l10n.t('CPU time of the sender') : l10n.t('CPU time of the producer');
}

function casesOf(results: readonly Result[], { indexes }: Pairing): readonly (Case | null)[] {
  return indexes.map((index, result) => (index === null ? null : (results[result]?.cases[index] ?? null)));
}

function isBothSided(cases: readonly (Case | null)[]): boolean {
  return cases.every((one) => one?.summary == null || one.summary.totalCpuSecondsPerGib !== null);
}

/** The reference measured it, and somebody else did. */
function hasPartners([reference, ...others]: readonly (Case | null)[]): boolean {
  return isMeasured(reference ?? null) && others.some(isMeasured);
}

function isMeasured(one: Case | null): boolean {
  return one !== null && one.summary !== null && !sharesBlocks(one);
}

function comparedCase(
  results: readonly Result[],
  pairing: Pairing,
  quantities: readonly Quantity[],
  bothSides: boolean,
): ComparedCase {
  const cases = casesOf(results, pairing);
  const reference = cases[0] as Case;
  const floors = results.map(({ noiseFloor }) => noiseFloor ?? 0);
  return {
    mode: reference.mode,
    name: fullCaseName(reference),
    bufferBytes: reference.bufferBytes,
    objectBytes: objectBytesOf(reference),
    entries: cases.map((one, index): Entry | null => {
      if (one === null || !isMeasured(one)) return null;
      const threshold = Math.max(SMALLEST_DIFFERENCE, floors[0] as number, floors[index] as number);
      const measure = (id: QuantityId): Measured | null => {
        const quantity = quantities.find((each) => each.id === id);
        const value = intervalFor(one, id, bothSides);
        if (quantity === undefined || value === null) return null;
        const before = index === 0 ? null : intervalFor(reference, id, bothSides);
        return { value, change: before === null ? null : changeOf(quantity, value, before, threshold) };
      };
      return {
        case: pairing.indexes[index] as number,
        rounds: countedSamples(one).length,
        measured: { throughput: measure('throughput'), relative: measure('relative'), cpu: measure('cpu') },
      };
    }),
  };
}

/** Null where there is nothing to divide by: an empty transfer, or CPU time below what the clock can tell. */
function intervalFor({ summary }: Case, id: QuantityId, bothSides: boolean): Interval | null {
  const value = summary === null ? null : intervalOf(summary, id, bothSides);
  if (value === null || value.median <= 0 || value.low === 0) return null;
  const { median, low, high } = value;
  return { median, low, high };
}

function intervalOf(summary: Summary, id: QuantityId, bothSides: boolean): Interval | null {
  switch (id) {
    case 'throughput':
      return summary.mibPerSecond;
    case 'relative':
      return summary.ratioToBaseline;
    case 'cpu':
      return bothSides ? (summary.totalCpuSecondsPerGib ?? null) : summary.cpuSecondsPerGib;
  }
}

function changeOf(quantity: Quantity, value: Interval, reference: Interval, threshold: number): Change {
  const ratio = independentRatio(value, reference);
  return { ratio, verdict: verdictOf(gain(quantity, ratio), threshold), threshold };
}

/** A sentence for every case that some of the results did not measure, or that has no speed. */
function apart(results: readonly Result[], pairing: Pairing): readonly CaseApart[] {
  const cases = casesOf(results, pairing);
  const one = cases.find((each) => each !== null);
  if (one == null) return [];
  const why = cases.flatMap((each, index) => {
    const reason = whyNot(each, results[index] as Result);
    return reason === null ? [] : [`${letterOf(index)}: ${reason}`];
  });
  return why.length === 0 ? [] : [{ name: fullCaseName(one), text: why.join(' ') }];
}

function whyNot(one: Case | null, { reason: end }: Result): string | null {
  if (one === null) return l10n.t('Not part of the experiment.');
  if (isMeasured(one)) return null;
  if (one.summary !== null) return l10n.t('Shared blocks instead of moving data, so it has no speed.');
  if (one.reason !== null) return one.reason.message;
  if (isExcluded(one)) return whyNothingCounts(one);
  return end === null ? l10n.t('Not measured.') : end.message;
}
