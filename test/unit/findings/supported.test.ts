/** No sentence says more than the result it is about: its numbers, its cases and its comparisons are all in there. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { finished, parseResult } from '../../../src/lab/resultFile.ts';
import { COPY_LABELS } from '../../../src/model/evidence/labels.ts';
import { leastShareOfACopy, passOf, shareOf } from '../../../src/model/evidence/pass.ts';
import { FEWEST_SAMPLES } from '../../../src/model/evidence/wilson.ts';
import { findingsOf } from '../../../src/model/findings.ts';
import { switchedCases } from '../../../src/model/laboratory/switched.ts';
import { findMode, modeDescriptors } from '../../../src/model/modes/catalogue.ts';
import { classicFlows } from '../../../src/model/modes/classicFlows.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Finding } from '../../../src/model/result/finding.ts';
import type { Interval } from '../../../src/model/result/numbers.ts';
import type { Result } from '../../../src/model/result/result.ts';
import type { Sample } from '../../../src/model/result/sample.ts';
import { changeOf } from '../../../src/model/statistics/change.ts';
import { noiseFloor, verdictOf } from '../../../src/model/statistics/comparison.ts';
import { FEWEST_FOR_INTERVAL } from '../../../src/model/statistics/median.ts';
import { countedSamples, cpuNs, ratioOfRounds } from '../../../src/model/summary.ts';
import { fairnessOf } from '../../../src/model/tcp/fairness.ts';
import {
  formatBytes,
  formatDuration,
  formatLinkSpeed,
  formatNumber,
  formatPercent,
  formatRatio,
  GIB,
  MIB,
} from '../../../src/model/units.ts';
import { granted } from '../fixtures.ts';
import { SITUATIONS } from './situations.ts';

const real = granted(
  parseResult(readFileSync(new URL('../results/version-1.zcresult.json', import.meta.url), 'utf8'), 'real'),
);

const RESULTS: readonly { readonly name: string; readonly result: Result }[] = [
  { name: 'a real run', result: finished(real, 'complete', null) },
  ...SITUATIONS.flatMap(({ kind, triggers, nearest }) => [
    { name: kind, result: triggers },
    { name: `not ${kind}`, result: nearest },
  ]),
];

/** A number, with the unit that tells a ratio, a share or a size from all else. */
const FIGURE = /\d[\d,]*(?:\.\d+)?(?:x| %| [KMG]?i?B\b(?!\/)|)/g;

/** Every number and every text that was measured, however deep. */
function contentsOf({ findings: _, ...measured }: Result): readonly (number | string)[] {
  return within(measured);
}

function within(value: unknown): readonly (number | string)[] {
  if (typeof value === 'number' || typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.values(value).flatMap(within);
  return Array.isArray(value) ? [value.length, ...members] : members;
}

/** CPU time of each pair of cases in the same rounds. */
function cpuRatios({ cases }: Result): readonly Interval[] {
  return cases.flatMap((one) =>
    cases.flatMap((other) => ratioOfRounds(other, one, (sample, { bytes }) => cpuNs(sample) / bytes) ?? []),
  );
}

/** All that may be called so many times another, with its unit. */
function timesOf(result: Result): readonly number[] {
  const ratios = [
    ...result.cases.flatMap(({ summary }) => summary?.ratioToBaseline ?? []),
    ...cpuRatios(result),
    ...switchedCases(result).map(({ speed }) => speed),
  ];
  return ratios.flatMap(({ median, low, high }) => [median, low ?? median, high ?? median]).flatMap((x) => [x, 1 / x]);
}

function passesOf(result: Result) {
  return result.cases.flatMap(({ evidence }, index) =>
    evidence === null ? [] : (passOf(result, index, evidence) ?? []),
  );
}

/** All that may be called a part of something. */
function partsOf(result: Result): readonly number[] {
  const labels = [...COPY_LABELS.map((label) => [label]), COPY_LABELS, ['copy-undone', 'copy-segmentation'] as const];
  const shares = passesOf(result).flatMap((pass) =>
    (['sender', 'receiver', 'anyone'] as const).flatMap((side) => labels.map((some) => shareOf(pass, some, side))),
  );
  const { noise, cases } = result;
  return [
    // What every interval covers, and what the verdicts have for a floor where there is no control.
    0.95,
    result.noiseFloor ?? noiseFloor(null),
    ...shares.flatMap(({ share, low, high }) => [share, low, high]),
    ...passesOf(result).map(leastShareOfACopy),
    ...noise.flatMap(({ stealShare, cpuPressure }) => [stealShare ?? 0, cpuPressure ?? 0]),
    ...cases.flatMap(({ samples }) => samples.map(({ residency }) => residency ?? 0)),
    ...cases
      .flatMap((one) => changeOf(countedSamples(one).map(({ wallNs }) => wallNs)) ?? [])
      .map(({ ratio }) => Math.abs(ratio - 1)),
    noiseFloor(cpuRatiosOfControl(result)),
    ...partsOfTheWay(result),
  ];
}

/** Of the rate of a link, of the time on a CPU, of the rate of the fastest stream; and how far speeds are apart. */
function partsOfTheWay({ host, cases }: Result): readonly number[] {
  const link = host.interface?.linkBytesPerSecond ?? Number.NaN;
  const speeds = cases.flatMap(({ summary }) => summary?.mibPerSecond.median ?? []);
  const samples = cases.flatMap((one) => countedSamples(one));
  return [
    ...speeds.map((speed) => (speed * MIB) / link),
    Math.max(...speeds) / Math.min(...speeds) - 1,
    ...samples.flatMap(({ sender, receiver, wallNs }) => [sender.cpuNs / wallNs, (receiver?.cpuNs ?? 0) / wallNs]),
    ...samples.flatMap(({ streams }) => {
      const rates = (streams ?? []).map(({ bytes, doneNs }) => bytes / doneNs);
      return rates.length === 0 ? [] : [Math.min(...rates) / Math.max(...rates)];
    }),
  ];
}

/** Rates as links are rated, how evenly streams shared, and how many segments there were. */
function quantitiesOfTheWay({ host, cases }: Result): readonly string[] {
  const segmentsOf = (one: Case, { observed }: Sample) => one.bytes / (observed['tcpMssBytes'] ?? Number.NaN);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [
    formatLinkSpeed(host.interface?.linkBytesPerSecond ?? 0),
    ...cases.flatMap((one) => {
      const counted = countedSamples(one);
      return [
        ...counted.map(({ streams }) => fairnessOf(streams)?.jain ?? 1),
        sum(counted.map(({ observed }) => observed['tcpRetransmits'] ?? 0)),
        Math.round(sum(counted.map((sample) => segmentsOf(one, sample)))),
      ].map(formatNumber);
    }),
  ];
}

/** What the baseline's CPU time differed from that of its own copy. */
function cpuRatiosOfControl({ cases }: Result): Interval | null {
  const control = cases.find((one) => one.control);
  const original = cases.find(
    (one) => !one.control && one.mode === control?.mode && one.bufferBytes === control.bufferBytes,
  );
  return control === undefined || original === undefined ? null : ratioOfRounds(original, control, cpuNs);
}

/** All else, as it would be written: sizes, times, rates and counts. */
function quantitiesOf(result: Result): readonly string[] {
  const stored = contentsOf(result).filter((each) => typeof each === 'number');
  const timeOfCopies = passesOf(result).flatMap(({ measured: { samples, periodNs, bytes, labels } }) =>
    labels.map(({ share }) => (share * samples * periodNs * GIB) / 1e6 / bytes),
  );
  return [
    // The least that anything is said from.
    ...[FEWEST_FOR_INTERVAL, FEWEST_SAMPLES].map(String),
    ...quantitiesOfTheWay(result),
    ...[...stored, ...timeOfCopies].flatMap((value) => [
      String(value),
      formatNumber(value),
      formatNumber(value / MIB),
      formatBytes(value),
      formatDuration(value),
    ]),
  ];
}

function figuresOf(result: Result): ReadonlySet<string> {
  const written = [...timesOf(result).map(formatRatio), ...partsOf(result).map(formatPercent), ...quantitiesOf(result)];
  return new Set(written.flatMap((text) => text.match(FIGURE) ?? []));
}

/** The sentence without what it quotes: names of modes and places, reasons the system gave. */
function ownWords(text: string, result: Result): string {
  const quoted = [
    ...modeDescriptors().map(({ name }) => name),
    ...contentsOf(result).filter((each): each is string => typeof each === 'string' && each.length > 2),
  ];
  return quoted.toSorted((a, b) => b.length - a.length).reduce((rest, quote) => rest.replaceAll(quote, ''), text);
}

const COMPARING =
  /faster|slower|the speed of|cost (less|more)|used .* the CPU time|beats|longer|less time|(less|more) CPU time/;

/** Says in words that nothing differs, or that nobody can tell. */
const UNDECIDED = /cannot be told|No mode differed|No mode’s CPU time differed|cannot tell/;

/** Whether something in the result decided what a comparing sentence says. */
function isDecided({ kind, cases }: Finding, result: Result): boolean {
  const floor = result.noiseFloor ?? noiseFloor(null);
  const verdicts = cases.map((index) => result.cases[index]?.summary?.ratioToBaseline?.verdict);
  switch (kind) {
    case 'faster':
      return verdicts.every((verdict) => verdict === 'faster');
    case 'none-faster':
      return verdicts.every((verdict) => verdict === 'slower');
    case 'cpu-cost':
    case 'cheaper':
      return cpuRatios(result).some((ratio) => ['faster', 'slower'].includes(verdictOf(ratio, floor)));
    case 'crossover':
      return result.crossovers.some(({ measured }) => measured !== null);
    // A rank test, whose false alarms simulation.test.ts counts.
    case 'drifting':
      return cases.length > 0;
    // Clocks and waiting are said to be able to make a mode look so, not to have.
    case 'noise-frequency':
    case 'noise-steal':
    case 'host-dma':
      return true;
    default:
      return false;
  }
}

describe.each(RESULTS)('$name', ({ result }) => {
  const findings = findingsOf(result);

  test('every number in a sentence comes from the result', () => {
    const known = figuresOf(result);
    for (const { text, kind } of findings) {
      const made = (ownWords(text, result).match(FIGURE) ?? []).filter((figure) => !known.has(figure));
      expect(made, `${kind}: ${text}`).toEqual([]);
    }
  });

  test('every case it names is there, and so is all of its evidence', () => {
    for (const { cases, evidence, kind } of findings) {
      for (const index of cases) expect(result.cases[index], kind).toBeDefined();
      expect(evidence.length > 0 || cases.length === 0, kind).toBe(true);
      for (const link of evidence) {
        const one = 'case' in link ? result.cases[link.case] : undefined;
        if ('case' in link) expect(one, kind).toBeDefined();
        if (link.part !== 'flow' || link.flow === null || one === undefined) continue;
        const mode = findMode(one.mode);
        const keys = mode === undefined ? [] : classicFlows(mode, one.path).map(({ key }) => key);
        expect(['here', 'promised', ...keys], kind).toContain(link.flow);
      }
    }
  });

  test('it compares only what a verdict, an interval or a test decided', () => {
    for (const finding of findings) {
      if (!COMPARING.test(finding.text) || UNDECIDED.test(finding.text)) continue;
      expect(isDecided(finding, result), `${finding.kind}: ${finding.text}`).toBe(true);
    }
  });
});
