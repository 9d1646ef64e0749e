/** Streams, durations and settings of TCP: from a request to cases, and from samples to numbers. */
import { describe, expect, test } from 'vitest';
import { reportResult } from '../../src/cli/report.ts';
import { caseName } from '../../src/model/caseName.ts';
import { caseSettings } from '../../src/model/caseSettings.ts';
import { headlineOf, headlineValues } from '../../src/model/charts/headline.ts';
import { pairCases } from '../../src/model/comparison/pairing.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import { baselineOf, planCases, roundOrder } from '../../src/model/plan.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import type { StreamSample } from '../../src/model/result/sample.ts';
import { selectCases } from '../../src/model/selection.ts';
import { summarise } from '../../src/model/summary.ts';
import { fairnessOf } from '../../src/model/tcp/fairness.ts';
import { tcpText } from '../../src/model/tcp/settings.ts';
import { MIB } from '../../src/model/units.ts';
import { aCompleteResult, aPlannedResult, aSample, aSocketExperiment, granted, refusal } from './fixtures.ts';

const resolve = (request: ExperimentRequest) =>
  resolveExperiment({ path: 'file-to-socket', ...request }, { directory: '/data' });

test('a case is named by its connections, too', () => {
  const result = aPlannedResult(granted(resolve({ modes: ['sendfile'], streams: [1, 8], noDelay: true })));
  const named = (text: string) =>
    granted(selectCases(result, text))
      .map((each) => result.cases[each])
      .map((one) => one && caseSettings(one));
  expect(named('sendfile')).toHaveLength(2);
  expect(named('sendfile:nodelay')).toEqual(['nodelay']);
  expect(named('sendfile:streams=8,nodelay')).toEqual(['streams=8, nodelay']);
  expect(refusal(selectCases(result, 'sendfile:cork')).hint).toContain('sendfile:streams=8,nodelay');
});

describe('a request', () => {
  test('without a word about streams has one, as the kernel makes it', () => {
    expect(granted(resolve({}))).toMatchObject({ streams: [1], durationSeconds: null, tcp: null });
    expect(granted(resolve({ streams: 1, cork: false }))).toMatchObject({ streams: [1], tcp: null });
  });

  test('names each number of streams once, the least first', () => {
    expect(granted(resolve({ streams: [8, 1, 8] })).streams).toEqual([1, 8]);
    expect(granted(resolve({ streams: 4 })).streams).toEqual([4]);
  });

  test('shapes TCP', () => {
    const all = { mss: 1000, congestion: 'reno', sendBuffer: '64KiB', noDelay: true, cork: true, msgMore: true };
    expect(granted(resolve(all)).tcp).toEqual({
      mssBytes: 1000,
      congestion: 'reno',
      sendBufferBytes: 65536,
      noDelay: true,
      cork: true,
      msgMore: true,
    });
  });

  test.each<[ExperimentRequest, RegExp]>([
    [{ streams: 0 }, /--streams 0 is out of range/],
    [{ streams: [1, 65] }, /--streams 65 is out of range/],
    [{ streams: [] }, /--streams names 0 counts/],
    [{ streams: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, /--streams names 9 counts/],
    [{ streams: 2, path: 'file-to-file' }, /--streams is about the bytes of a socket/],
    [{ cork: true, path: 'process-to-process' }, /--cork is about the bytes of a socket/],
    [{ streams: 2, preset: 'hazards' }, /"hazards" has one connection/],
    [{ streams: 2, objects: ['4KiB'] }, /Objects go over one connection/],
    [{ durationSeconds: 0 }, /--duration 0 is not a time/],
    [{ durationSeconds: 3601 }, /--duration 3601 is not a time/],
    [{ durationSeconds: 1, objects: ['4KiB'] }, /ends with the last of them/],
    [{ durationSeconds: 1, receiver: 'save' }, /would fill its disk/],
    [{ mss: 87 }, /--mss 87 is out of range/],
    [{ mss: '32KiB' }, /--mss 32768 is out of range/],
    [{ sendBuffer: 'much' }, /--send-buffer much is not a size/],
  ])('%j is refused', (request, sentence) => {
    expect(refusal(resolve(request)).message).toMatch(sentence);
  });
});

describe('cases', () => {
  const experiment = aSocketExperiment({ modes: ['sendfile'], streams: [1, 8] });
  const cases = planCases(experiment);

  test('are there for every number of streams, with one control', () => {
    expect(cases.map(({ mode, control, options }) => [mode, control, options['streams']])).toEqual([
      ['read-write', false, undefined],
      ['read-write', true, undefined],
      ['sendfile', false, undefined],
      ['read-write', false, 8],
      ['sendfile', false, 8],
    ]);
  });

  test('are each compared with the baseline of their own number', () => {
    expect(cases.map((one) => baselineOf(cases, one))).toEqual([null, 0, 0, null, 3]);
  });

  test('of all numbers take turns in a round', () => {
    const orders = Array.from({ length: 8 }, (_, round) => roundOrder(experiment, cases.length, round));
    const several = orders.filter(
      (order) => order.indexOf(3) < order.indexOf(2) || order.indexOf(4) < order.indexOf(0),
    );
    expect(several.length).toBeGreaterThan(0);
  });

  test('say what tells them apart', () => {
    const shaped = planCases(
      aSocketExperiment({
        streams: [8],
        laboratories: [{ scatterGather: false }],
        tcp: { mssBytes: 1000, cork: true },
      }),
    );
    expect(shaped.map(caseSettings)[0]).toBe('sg=off, streams=8, mss=1000, cork');
    expect(caseName(cases[4] as (typeof cases)[number], false)).toBe('sendfile, streams=8');
  });

  test.each([
    ['read-msg-zerocopy', { msgMore: true }, 'unsupported'],
    ['io-uring-send-zc', { cork: true }, 'unsupported'],
    ['msg-zerocopy', { cork: true }, 'unsupported'],
    ['msg-zerocopy', { msgMore: true }, 'pending'],
    ['sendfile', { msgMore: true, cork: true }, 'pending'],
    ['read-msg-zerocopy', { noDelay: true }, 'pending'],
  ])('%s with %j is %s', (mode, tcp, status) => {
    const planned = planCases(aSocketExperiment({ modes: [mode], tcp }));
    expect(planned.find((one) => one.mode === mode)?.status).toBe(status);
  });

  test('of two results are paired by their number', () => {
    const other = planCases(aSocketExperiment({ modes: ['sendfile'], streams: [8] }));
    const pairs = pairCases([cases, other]).map(({ indexes }) => indexes.map((index) => index));
    // A number that one result alone has stays without a partner.
    expect(pairs).toEqual([
      [0, null],
      [2, null],
      [3, 0],
      [4, 2],
    ]);
  });
});

test('settings of TCP are text in their own order', () => {
  expect(tcpText(null)).toBe('');
  expect(tcpText({ msgMore: true, sendBufferBytes: 65536, congestion: 'bbr' })).toBe(
    'congestion=bbr, send-buffer=64KiB, msg-more',
  );
});

describe('what was moved in a time', () => {
  const experiment = aSocketExperiment({ modes: ['sendfile'], bytes: MIB, durationSeconds: 1 });
  const planned = aPlannedResult(experiment);
  // All took a second; sendfile moved twice as much, for as much CPU time.
  const result = summarise({
    ...planned,
    cases: planned.cases.map((one) => ({
      ...one,
      samples: Array.from({ length: 7 }, (_, round) =>
        aSample(round, { wallNs: 1e9, bytes: (one.mode === 'sendfile' ? 200 : 100) * MIB + round }),
      ),
    })),
  });
  const [baseline, , sendfile] = result.cases;

  test('is what speed, cost and ratio are made of', () => {
    expect(baseline?.summary?.mibPerSecond.median).toBeCloseTo(100, 3);
    expect(sendfile?.summary?.mibPerSecond.median).toBeCloseTo(200, 3);
    expect(sendfile?.summary?.ratioToBaseline?.median).toBeCloseTo(2, 3);
    expect(baseline?.summary?.cpuSecondsPerGib.median).toBeCloseTo((0.001 / 100) * 1024, 6);
  });

  test('is what charts are made of', () => {
    const page = pageResultOf(result).cases[2];
    if (page === undefined) throw new Error('no case');
    expect(headlineValues(page, headlineOf(experiment))[0]).toBeCloseTo(200, 3);
    expect(page.digest.movedBytes).toBe(6 * 200 * MIB + 21);
  });
});

describe('fairness', () => {
  const stream = (bytes: number, doneNs: number): StreamSample => ({ bytes, doneNs, rttNs: null, retransmits: 2 });

  test('is 1 where all are equally fast, and 1/n where one of n has everything', () => {
    expect(fairnessOf([stream(MIB, 1e9), stream(2 * MIB, 2e9)])).toEqual({ jain: 1, least: 1, most: 1 });
    const one = fairnessOf([stream(1e12, 1e9), stream(1, 1e9), stream(1, 1e9), stream(1, 1e9)]);
    expect(one?.jain).toBeCloseTo(0.25, 6);
    expect(fairnessOf([stream(MIB, 1e9), stream(3 * MIB, 1e9)])).toEqual({ jain: 16 / 20, least: 1, most: 3 });
  });

  test('has no meaning for one stream, nor for those that had nothing to move', () => {
    expect(fairnessOf(null)).toBeNull();
    expect(fairnessOf([stream(MIB, 1e9), stream(0, 0)])).toBeNull();
  });

  test('is in the report of a terminal', () => {
    const complete = aCompleteResult(undefined, aSocketExperiment({ modes: ['sendfile'], streams: [2] }));
    expect(reportResult(complete)).not.toContain('Jain');
    const streams = [stream(MIB, 1e9), stream(3 * MIB, 1e9)];
    const cases = complete.cases.map((one) => ({ ...one, samples: one.samples.map((each) => ({ ...each, streams })) }));
    expect(reportResult({ ...complete, cases })).toMatch(/sendfile, streams=2 +0\.800 +1 +3 +24\n/);
  });
});
