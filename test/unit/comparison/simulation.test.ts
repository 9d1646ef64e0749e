/** What the interval between two runs promises, held against runs whose truth is known. Every stream of chance is seeded. */
import { describe, expect, test } from 'vitest';
import { compareResults } from '../../../src/model/comparison/compare.ts';
import type { Comparison } from '../../../src/model/comparison/comparison.ts';
import { type Random, seededRandom } from '../../../src/model/random.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { independentRatio } from '../../../src/model/statistics/independentRatio.ts';
import { medianInterval } from '../../../src/model/statistics/median.ts';
import { summarise } from '../../../src/model/summary.ts';
import { anExperiment, aPlannedResult, granted, withSamples } from '../fixtures.ts';

/** Box and Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Noise around a median of 0, on the log scale. */
interface Noise {
  readonly name: string;
  readonly draw: (random: Random) => number;
}

const NOISES: readonly Noise[] = [
  { name: 'normal', draw: normal },
  { name: 'log-normal', draw: (random) => Math.exp(normal(random)) - 1 },
  // Student's t with two degrees of freedom.
  { name: 'heavy-tailed', draw: (random) => normal(random) / Math.sqrt(-Math.log(1 - random())) },
  { name: 'bimodal', draw: (random) => (random() < 0.5 ? -1 : 1) + 0.2 * normal(random) },
  // The worst for medians: one half lies close, the other far, upwards or downwards.
  { name: 'far above', draw: (random) => (random() < 0.5 ? -0.001 : 3) * random() },
  { name: 'far below', draw: (random) => (random() < 0.5 ? 0.001 : -3) * random() },
];

/** How far a share of `runs` may stray from its true value: three standard errors. */
function leeway(share: number, runs: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / runs);
}

describe('the interval of the ratio of two medians', () => {
  const RUNS = 700;
  const TRUE_RATIO = 1.3;
  const ROUNDS = [
    [6, 6],
    [9, 9],
    [10, 30],
    [30, 30],
  ] as const;
  const pairs = NOISES.flatMap((above) => NOISES.map((below) => ({ above, below })));
  test.each(pairs)('covers it in 95 % or more: $above.name above $below.name', ({ above, below }) => {
    const random = seededRandom(above.name.length * 31 + below.name.length);
    const series = ({ draw }: Noise, size: number, rounds: number, factor: number) =>
      medianInterval(Array.from({ length: rounds }, () => factor * Math.exp(size * draw(random))));
    for (const [mine, theirs] of ROUNDS) {
      // Equally noisy, and one of them hardly at all.
      for (const size of [0.1, 0.001]) {
        let covered = 0;
        for (let run = 0; run < RUNS; run++) {
          const ratio = independentRatio(series(above, size, mine, TRUE_RATIO), series(below, 0.1, theirs, 1));
          if ((ratio.low as number) <= TRUE_RATIO && TRUE_RATIO <= (ratio.high as number)) covered++;
        }
        const where = `${mine} and ${theirs} rounds, noise of ${size} and 0.1`;
        expect(covered / RUNS, where).toBeGreaterThanOrEqual(0.95 - leeway(0.95, RUNS));
      }
    }
  });
});

const MODES = ['read-write', 'mmap-write', 'sendfile', 'splice', 'copy-file-range'];

/** A run of cases that take 1 ms, with noise on the log scale. */
function aRun(
  random: Random,
  rounds: number,
  noise: (random: Random) => number,
  slowdown: (one: Case) => number = () => 1,
): Result {
  const planned = aPlannedResult(anExperiment({ modes: MODES }));
  return summarise({
    ...withSamples(planned, (one) =>
      Array.from({ length: rounds }, () => Math.round(1e6 * slowdown(one) * Math.exp(noise(random)))),
    ),
    status: 'complete',
  });
}

function compared(before: Result, after: Result): Comparison {
  return granted(
    compareResults([
      { name: 'before', result: before },
      { name: 'after', result: after },
    ]),
  );
}

/** The names of the cases with a verdict that claims a difference. */
function claims({ cases, quantities }: Comparison, verdicts: readonly string[]): readonly string[] {
  return cases.flatMap(({ mode, entries }) =>
    quantities.some(({ id }) => verdicts.includes(entries[1]?.measured[id]?.change?.verdict ?? '')) ? [mode] : [],
  );
}

describe('two runs of the same', () => {
  const RUNS = 120;
  const stalls = (random: Random) => 0.02 * normal(random) + (random() < 0.1 ? 0.7 : 0);
  const bimodal = (random: Random) => (random() < 0.5 ? 0.2 : 0) + 0.01 * normal(random);
  const noises = [
    {
      name: 'quiet',
      before: (random: Random) => 0.01 * normal(random),
      after: (random: Random) => 0.01 * normal(random),
    },
    {
      name: 'noisy',
      before: (random: Random) => 0.1 * normal(random),
      after: (random: Random) => 0.1 * normal(random),
    },
    { name: 'bimodal', before: bimodal, after: bimodal },
    { name: 'stalls', before: stalls, after: stalls },
    {
      name: 'one quiet, one noisy',
      before: (random: Random) => 0.01 * normal(random),
      after: (random: Random) => 0.3 * normal(random),
    },
  ];
  const hosts = noises.flatMap((each) => [6, 16].map((rounds) => ({ ...each, rounds })));
  test.each(hosts)('differ in some case in at most 5 % of comparisons: $name, $rounds rounds', (host) => {
    const random = seededRandom(host.rounds);
    let wrong = 0;
    for (let run = 0; run < RUNS; run++) {
      const comparison = compared(aRun(random, host.rounds, host.before), aRun(random, host.rounds, host.after));
      if (claims(comparison, ['faster', 'slower']).length > 0) wrong++;
    }
    expect(wrong / RUNS).toBeLessThanOrEqual(0.05);
  });

  test('are called the same where the noise is small beside what counts', () => {
    const random = seededRandom(3);
    const noise = (chance: Random) => 0.003 * normal(chance);
    expect(claims(compared(aRun(random, 20, noise), aRun(random, 20, noise)), ['same'])).toEqual(MODES);
  });
});

describe('a case that became 8 % slower', () => {
  test.each([
    { rounds: 6, size: 0.01, power: 0.9 },
    { rounds: 10, size: 0.015, power: 0.9 },
    { rounds: 20, size: 0.03, power: 0.7 },
  ])('is named, and no other, with noise of $size in $rounds rounds', ({ rounds, size, power }) => {
    const RUNS = 60;
    const random = seededRandom(rounds);
    const noise = (chance: Random) => size * normal(chance);
    let found = 0;
    for (let run = 0; run < RUNS; run++) {
      const after = aRun(random, rounds, noise, (one) => (one.mode === 'sendfile' ? 1.08 : 1));
      if (claims(compared(aRun(random, rounds, noise), after), ['slower']).join() === 'sendfile') found++;
    }
    expect(found / RUNS).toBeGreaterThanOrEqual(power);
  });
});
