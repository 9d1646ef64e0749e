/** What is known of each step: measured, predicted, counted; and the flows it is told of, side by side. */
import { describe, expect, test } from 'vitest';
import { HERE, PROMISED } from '../../src/model/evidence/flowNames.ts';
import { comparedViews, flowViews } from '../../src/model/flowViews.ts';
import { countsOfCase } from '../../src/model/modes/calls.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import { costWidths } from '../../src/model/picture/flow/costWidths.ts';
import { planCases } from '../../src/model/plan.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Evidence } from '../../src/model/result/evidence.ts';
import type { Result } from '../../src/model/result/result.ts';
import { largestCost } from '../../src/model/stepFacts.ts';
import { GIB, KIB, MIB } from '../../src/model/units.ts';
import { factsFor } from '../facts.ts';
import { aCost, anExperiment, aPlannedResult, aSample, aSocketExperiment } from './fixtures.ts';

function mode(id: string): ModeDescriptor {
  const found = findMode(id);
  if (found === undefined) throw new RangeError(id);
  return found;
}

const EVIDENCE: Evidence = {
  transfers: 1,
  bytes: MIB,
  samples: 1000,
  lost: 0,
  periodNs: 250_000,
  labels: [],
  calls: null,
  disk: null,
  interface: null,
  arrows: [seen(HERE, 1, 120), { ...seen(HERE, 3, null), verdict: 'not-seen', msPerGib: 3 }, seen('classic-0', 2, 120)],
  contradictions: [
    { flow: HERE, label: 'copy-user', share: 0.1, low: 0.08, high: 0.12, text: 'here' },
    { flow: PROMISED, label: 'copy-undone', share: 0.2, low: 0.18, high: 0.22, text: 'promised' },
    { flow: 'classic-0', label: 'copy-user', share: 0.1, low: 0.08, high: 0.12, text: 'classic' },
  ],
};

function seen(flow: string, step: number, msPerGib: number | null): Evidence['arrows'][number] {
  return { flow, step, verdict: 'seen', share: { share: 0.2, low: 0.18, high: 0.22 }, msPerGib, reason: 'seen' };
}

/** One transfer of read-write with what all passes found out. */
function studied(): { readonly result: Result; readonly one: Case } {
  const planned = aPlannedResult();
  const calls = { read: 17, write: 16 };
  const one: Case = {
    ...(planned.cases[0] as Case),
    samples: [aSample(0), ...[1, 2, 3].map((round) => aSample(round, { sender: aCost({ calls }) }))],
    evidence: EVIDENCE,
    predicted: {
      totalNs: 3e6,
      parts: [],
      steps: [
        { step: 1, ns: 1e6 },
        { step: 3, ns: 2e6 },
      ],
    },
  };
  return { result: { ...planned, cases: [one, ...planned.cases.slice(1)] }, one };
}

describe('facts of the steps of a flow', () => {
  const { result, one } = studied();
  const [classic, here] = flowViews(result, mode('read-write'), one);

  test('measured is what was seen; predicted is in the same unit, of the flow here alone', () => {
    expect(here?.facts.map(({ measured }) => measured)).toEqual([null, 120, null, null, null]);
    expect(here?.facts.map(({ predicted }) => predicted)).toEqual([null, GIB / MIB, null, (2 * GIB) / MIB, null]);
    expect(classic?.facts.map(({ measured }) => measured)).toEqual([null, null, 120, null, null, null]);
    expect(classic?.facts.every(({ predicted }) => predicted === null)).toBe(true);
    expect(largestCost(here?.facts ?? [], 'predicted')).toBe((2 * GIB) / MIB);
  });

  test('calls of the sender: by the steps, and the median of those counted', () => {
    expect(here?.facts.map(({ calls }) => calls)).toEqual([
      { computed: 16, atMost: false, counted: 17 },
      null,
      { computed: 16, atMost: false, counted: 16 },
      null,
      null,
    ]);
  });

  test('are the same from a digest', () => {
    const page = pageResultOf(result);
    expect(flowViews(page, mode('read-write'), page.cases[0])[1]?.facts).toEqual(here?.facts);
  });

  test('without a case nothing is known, and every flow is drawn', () => {
    for (const { facts, flow } of flowViews(result, mode('read-write'), undefined)) {
      expect(facts).toHaveLength(flow.steps.length);
      expect(new Set(facts.flatMap((each) => Object.values(each)))).toEqual(new Set([null]));
    }
  });

  test('lines are as wide as their cost is of the largest there is, and never vanish', () => {
    expect([...costWidths(here?.facts ?? [], 'predicted').values()]).toEqual([1, 4, 1, 7, 1]);
    expect([...costWidths(here?.facts ?? [], 'predicted', (4 * GIB) / MIB).values()]).toEqual([1, 2.5, 1, 4, 1]);
    expect([...costWidths(here?.facts ?? [], 'predicted', 0).values()]).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('flows side by side', () => {
  const { result, one } = studied();

  test('what a mode promises is held against the flow here, a textbook by its key', () => {
    const views = flowViews(result, mode('read-write'), one);
    expect(views.map(({ contradictions }) => contradictions.map(({ text }) => text))).toEqual([
      ['classic'],
      ['here', 'promised'],
    ]);
  });

  test('beside several textbooks only that is marked here which none of them has', () => {
    const socket = aPlannedResult(aSocketExperiment());
    const views = flowViews(socket, mode('sendfile'), undefined);
    expect(views.map(({ key }) => key)).toEqual(['classic-0', 'classic-1', 'here']);
    const here = views[2];
    const call = here?.flow.steps.findIndex((step) => step.kind === 'system-call') ?? -1;
    expect(here?.own.has(call)).toBe(false);
    expect(here?.own.size).toBeGreaterThan(0);
    expect(here?.differences).toEqual([
      'Here, against "sendfile, ordinary DMA": 1 CPU copy fewer (page cache to socket buffer), 2 DMA copies fewer (disk to page cache; socket buffer to NIC).',
      'Here, against "sendfile, scatter-gather DMA": 2 DMA copies fewer (disk to page cache; page cache to NIC).',
      'The textbook leaves out the receiver.',
    ]);
  });

  test('a step that any of the textbooks has is not marked here', () => {
    const sendfile = mode('sendfile');
    const gathering = sendfile.classic.find(({ title }) => title.includes('scatter-gather'))?.flow ?? { steps: [] };
    const socket = aPlannedResult(aSocketExperiment());
    const views = flowViews(socket, { ...sendfile, here: () => gathering }, undefined);
    expect(views.map(({ own }) => own.size)).toEqual([2, 0, 0]);
  });

  test('two modes are compared by their flows here', () => {
    const views = comparedViews(result, [mode('read-write'), one], [mode('sendfile'), undefined]);
    expect(views.map(({ key, ownWord }) => [key, ownWord])).toEqual([
      ['here', 'only with read + write'],
      ['other', 'only with sendfile'],
    ]);
    expect(views[1]?.differences).toEqual(['sendfile, against read + write: 2 crossings fewer, 1 CPU copy fewer.']);
    expect(views[1]?.facts.every(({ verdict }) => verdict === null)).toBe(true);
  });
});

describe('counts of many objects', () => {
  const cases = planCases(
    anExperiment({ kind: 'objects', objectSizes: [4 * KIB, 100 * KIB], modes: ['mmap-write'], bytes: MIB }),
  );

  test('are those of one object, as often as there are objects', () => {
    const flow = mode('mmap-write').here(factsFor('file-to-file'));
    const counted = cases
      .filter((one) => one.mode === 'mmap-write')
      .map((one) => countsOfCase(mode('mmap-write'), flow, one));
    expect(counted.map(({ calls }) => calls)).toEqual([
      { mmap: 256, write: 256, munmap: 256 },
      // Ten objects of 100 KiB, each written in two pieces of 64 KiB at most.
      { mmap: 10, write: 20, munmap: 10 },
    ]);
    expect(counted.map(({ cpuCopiedBytes }) => cpuCopiedBytes)).toEqual([MIB, 1000 * KIB]);
    expect(counted[1]?.crossings).toBe(2 * 40);
  });
});
