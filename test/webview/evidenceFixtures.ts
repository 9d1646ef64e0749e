/** Results that carry what the other passes found out: evidence, latency, calibration, predictions, noise. */

import { applyRules } from '../../src/model/findings/rule.ts';
import type { Flow } from '../../src/model/flow.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { callSettingsOf, transferShape } from '../../src/model/modes/calls.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import { classicFlows } from '../../src/model/modes/classicFlows.ts';
import { noiseRules } from '../../src/model/noise.ts';
import { planCases } from '../../src/model/plan.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Evidence, LabelShare, SamplerThread, Tier } from '../../src/model/result/evidence.ts';
import type { NoiseReading } from '../../src/model/result/noise.ts';
import type { PathId } from '../../src/model/result/path.ts';
import type { Prediction } from '../../src/model/result/prediction.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { CallLatency } from '../../src/model/result/summary.ts';
import { formatPercent, GIB, KIB, MIB } from '../../src/model/units.ts';
import { complete, sampleOf, told, type Wanted } from './fixtures.ts';

/** A complete run with all passes. */
export function studied(wanted: Wanted = {}): Result {
  const base = complete({ rounds: 8, ...wanted });
  const noise = readings(40);
  return {
    ...base,
    tiers: TIERS,
    noise,
    calibration: { durationNs: 812_000_000, unitCosts: UNIT_COSTS },
    crossovers: [
      {
        mode: 'sendfile',
        baseline: 'read-write',
        over: 'buffer',
        wins: 'up-to',
        predictedBytes: 12_800,
        measured: { above: 4 * KIB, upTo: 16 * KIB },
      },
      {
        mode: 'mmap-write',
        baseline: 'read-write',
        over: 'buffer',
        wins: 'from',
        predictedBytes: null,
        measured: null,
      },
    ],
    findings: [...base.findings, ...applyRules(noiseRules, { ...base, noise })],
    cases: base.cases.map((one, index) => ({
      ...one,
      evidence: one.control ? null : evidenceOf(base, one),
      latency: one.control ? null : latencyOf(one),
      // Every third one is predicted to take longer than it did.
      predicted: one.control ? null : predictionOf(base, one, index % 3 === 2 ? 1.12 : 0.86),
    })),
  };
}

const UNIT_COSTS = {
  'system-call': { median: 71.4, low: 70.9, high: 72.3 },
  'kernel-to-user-65536': { median: 0.083, low: 0.081, high: 0.086 },
  'user-to-kernel-65536': { median: 0.094, low: 0.092, high: 0.097 },
  'new-page-65536': { median: 412, low: 398, high: 431 },
};

const TIERS: Tier[] = [
  { id: 'always', available: true, missing: null },
  { id: 'task-samples', available: true, missing: null },
  {
    id: 'cpu-wide',
    available: false,
    missing: {
      reason: 'Samples of all CPUs need kernel.perf_event_paranoid at 0 or below, or CAP_PERFMON; it is 1.',
      allow: 'sudo sysctl kernel.perf_event_paranoid=0',
      undo: 'sudo sysctl kernel.perf_event_paranoid=1',
    },
  },
  {
    id: 'tracepoint',
    available: false,
    missing: {
      reason: 'Counts of all system calls were refused (EACCES) by the filter of a container.',
      allow: null,
      undo: null,
    },
  },
  { id: 'symbols', available: true, missing: null },
];

const LABELS: readonly (readonly [label: string, thread: SamplerThread, samples: number])[] = [
  ['copy-from-user', 'sender', 812],
  ['copy-to-user', 'sender', 431],
  ['page-cache', 'sender', 224],
  ['filesystem', 'sender', 187],
  ['zeroing', 'sender', 96],
  ['system-call', 'sender', 71],
  ['page-fault', 'sender', 40],
  ['lock-wait', 'sender', 22],
  ['other', 'sender', 17],
];
const RECEIVER_LABELS: typeof LABELS = [
  ['copy-to-user', 'receiver', 388],
  ['network', 'receiver', 340],
  ['lock-wait', 'receiver', 61],
];

/** Wilson's interval is not worked out here: any that holds the share will do. */
function share(samples: number, total: number) {
  const value = samples / total;
  return { share: value, low: value * 0.93, high: value * 1.07 };
}

/** Evidence in which the first CPU copy of every flow was seen, others were not, and devices cannot be watched. */
export function evidenceOf(result: Result, one: Case): Evidence {
  const bytes = 6 * one.bytes;
  const found = one.path === 'file-to-file' ? LABELS : [...LABELS, ...RECEIVER_LABELS];
  const total = found.reduce((sum, [, , samples]) => sum + samples, 0);
  const labels = found.map(
    ([label, thread, samples]): LabelShare => ({
      label,
      thread,
      samples,
      ...share(samples, total),
      msPerGib: (samples / bytes) * GIB,
    }),
  );
  const mode = findMode(one.mode);
  const flows: readonly (readonly [name: string, flow: Flow])[] =
    mode === undefined
      ? []
      : [
          ...classicFlows(mode, one.path).map(({ key, flow }) => [key, flow] as const),
          ['here', mode.here(flowFactsOf(result, one.path))] as const,
        ];
  return {
    transfers: 6,
    bytes,
    samples: total,
    lost: 3,
    periodNs: 250_000,
    labels,
    calls: { counted: 2048, traced: 2051 },
    disk: { readBytes: 0, writtenBytes: bytes },
    interface: one.path === 'file-to-socket' ? { sentBytes: bytes + 40_960, receivedBytes: bytes + 40_960 } : null,
    arrows: flows.flatMap(([flow, { steps }]) => {
      let copies = 0;
      return steps.map((step, index): Evidence['arrows'][number] => {
        if (step.kind === 'cpu-copy') {
          const seen = copies++ === 0;
          const samples = seen ? 812 : 4;
          return {
            flow,
            step: index,
            verdict: seen ? 'seen' : 'not-seen',
            share: share(samples, total),
            msPerGib: seen ? (samples / bytes) * GIB : null,
            reason: seen
              ? `${samples} of ${total} kernel samples: user-to-kernel copy.`
              : `user-to-kernel copy: at most ${formatPercent(share(samples, total).high)} of the samples, and a copy of every byte would have 18 % or more.`,
          };
        }
        const call = step.kind === 'system-call';
        return {
          flow,
          step: index,
          verdict: call ? 'seen' : 'not-observable',
          share: null,
          msPerGib: null,
          reason: call
            ? 'Counted in a transfer: 1024; by the flow: 1024.'
            : 'Write-back comes after the transfer, and nobody waited for it.',
        };
      });
    }),
    contradictions:
      one.mode !== 'sendfile'
        ? []
        : [
            {
              flow: 'here',
              label: 'copy-from-user',
              ...share(812, total),
              text: 'A copy that this flow does not have: user-to-kernel copy, 43 % (40 % to 46 %) of the samples, 2,165 ms per GiB.',
            },
          ],
  };
}

function latencyOf(one: Case): CallLatency[] {
  const mode = findMode(one.mode);
  if (mode === undefined) return [];
  const buffer = one.bufferBytes ?? one.bytes;
  const scale = Math.max(1, buffer / KIB) * 90;
  if (mode.chunk === 'whole') {
    const ns = Math.round(scale);
    return [{ call: one.mode, count: 1, p50Ns: ns, p99Ns: ns, p999Ns: ns, maxNs: ns }];
  }
  return ['read', 'write'].map((call, nth) => {
    const p50 = Math.round(scale * (1 + nth * 0.6));
    const count = Math.ceil(one.bytes / buffer);
    return { call, count, p50Ns: p50, p99Ns: p50 * 3, p999Ns: p50 * 9, maxNs: p50 * 140 };
  });
}

/** @param part of the measured median that the units make up */
export function predictionOf(result: Result, one: Case, part: number): Prediction | null {
  const measured = one.summary?.wallNs.median;
  const mode = findMode(one.mode);
  if (measured === undefined || mode === undefined) return null;
  const { calls } = transferShape(mode, callSettingsOf(one), one.bytes);
  const shares = {
    'user-to-kernel-65536': 0.5,
    'kernel-to-user-65536': 0.28,
    'new-page-65536': 0.17,
    'system-call': 0.05,
  };
  const parts = Object.entries(shares).map(([unit, of]) => ({
    unit,
    count: unit === 'system-call' ? calls : one.bytes,
    ns: measured * part * of,
  }));
  const copies = mode
    .here(flowFactsOf(result, one.path))
    .steps.flatMap((step, index) => (step.kind === 'cpu-copy' && step.receiver !== true ? [index] : []));
  const steps = copies.map((step) => ({ step, ns: (measured * part) / copies.length }));
  return { totalNs: measured * part, parts, steps };
}

/** Of a run of 20 seconds in which somebody came and went. */
export function readings(count: number): NoiseReading[] {
  return Array.from({ length: count }, (_, nth) => {
    const busy = nth > count * 0.4 && nth < count * 0.6;
    return {
      atMs: Math.round((nth / (count - 1)) * 20_000),
      stealShare: busy ? 0.41 - Math.abs(nth - count / 2) * 0.01 : 0.004,
      runnable: busy ? 7 : 2,
      cpuPressure: busy ? 0.4 : 0.02,
      ioPressure: nth % 7 === 0 ? 0.1 : 0.01,
      mhz: busy ? 2400 : 3300 + (nth % 5) * 12,
      othersWrittenBytes: busy ? 24 * MIB : 0,
    };
  });
}

/** A cold run in which some sources were warm, one case never settled and one drifted. */
export function unsteady(): Result {
  const base = complete({ cache: 'cold', rounds: 8 });
  const drifting = base.cases.findIndex((one) => one.mode === 'mmap-write');
  const result = told({
    ...base,
    cases: base.cases.map((one) => ({
      ...one,
      settled: one.mode !== 'sendfile',
      samples: one.samples.map((sample) =>
        one.mode === 'read-write' && !one.control && (sample.round === 3 || sample.round === 5)
          ? { ...sample, residency: 0.97, excluded: 'not-cold' as const, wallNs: Math.round(sample.wallNs / 3) }
          : sample,
      ),
    })),
  });
  return {
    ...result,
    findings: [
      ...result.findings,
      {
        kind: 'drifting',
        text: 'mmap + write took 12 % longer from round 5 on.',
        cases: [drifting],
        question: 'caution',
        evidence: [],
      },
    ],
  };
}

/** Every mode paced to one rate. */
export function paced(path: PathId = 'file-to-file'): Result {
  const base = complete({ rounds: 8, path });
  return told({
    ...base,
    experiment: { ...base.experiment, kind: 'equal-rate' },
    pacedBytesPerSecond: 900 * MIB,
    cases: base.cases.map((one) => ({
      ...one,
      samples: one.samples.map((sample) => ({ ...sample, wallNs: Math.round((one.bytes / (900 * MIB)) * 1e9) })),
    })),
  });
}

const OBJECT_SIZES = [4 * KIB, 64 * KIB, MIB, 16 * MIB];

/** Many objects of several sizes. */
export function ofObjects(): Result {
  const base = complete({ rounds: 8 });
  const experiment = { ...base.experiment, kind: 'objects' as const, objectSizes: OBJECT_SIZES };
  const modes = [...new Set(base.cases.map((one) => one.mode))];
  const [template] = planCases(base.experiment);
  if (template === undefined) throw new RangeError('the fixture has cases');
  const cases = modes.flatMap((mode) =>
    OBJECT_SIZES.map((objectBytes): Case => {
      const whole = findMode(mode)?.chunk === 'whole';
      return {
        ...template,
        mode,
        bufferBytes: whole ? null : Math.min(64 * KIB, objectBytes),
        options: { objectBytes, objectCount: Math.ceil(template.bytes / objectBytes) },
        implied: false,
        status: 'ok',
        verified: { how: 'readback', ok: true, difference: null },
      };
    }),
  );
  const planned = { ...base, experiment, cases };
  return told({
    ...planned,
    cases: cases.map((one, index) => ({
      ...one,
      samples: Array.from({ length: 9 }, (_, round) => {
        const sample = sampleOf(planned, index, round);
        const opening = Number(one.options['objectCount']) * 9000;
        return { ...sample, wallNs: sample.wallNs + opening };
      }),
    })),
    crossovers: [
      {
        mode: 'sendfile',
        baseline: 'read-write',
        over: 'object',
        wins: 'from',
        predictedBytes: 48 * KIB,
        measured: { above: 4 * KIB, upTo: 64 * KIB },
      },
    ],
  });
}
