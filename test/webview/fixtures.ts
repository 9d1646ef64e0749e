/** Result documents for the tests, made the way a run makes them: planned, filled with samples, summarised. */

import { winnerOf } from '../../src/model/findings/compared.ts';
import { findingsOf } from '../../src/model/findings.ts';
import { countsForTransfer } from '../../src/model/flow.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { callSettingsOf, transferShape } from '../../src/model/modes/calls.ts';
import { findMode, modesOfPath } from '../../src/model/modes/catalogue.ts';
import { planCases } from '../../src/model/plan.ts';
import { plannedResult } from '../../src/model/plannedResult.ts';
import { seededRandom } from '../../src/model/random.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Experiment } from '../../src/model/result/experiment.ts';
import type { HazardReport } from '../../src/model/result/hazard.ts';
import type { BlockDevice } from '../../src/model/result/host.ts';
import type { PathId } from '../../src/model/result/path.ts';
import type { Problem } from '../../src/model/result/problem.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { summarise } from '../../src/model/summary.ts';
import { GIB, KIB, MIB } from '../../src/model/units.ts';
import { LOOPBACK } from '../interfaces.ts';

export interface Wanted {
  readonly path?: PathId;
  readonly buffers?: readonly number[];
  readonly bytes?: number;
  readonly rounds?: number;
  readonly cache?: 'warm' | 'cold';
  readonly modes?: readonly string[];
}

export const SEED_BUFFERS: readonly number[] = [32, 64, 128, 256, 512];

/** Nanoseconds one MiB takes at 64 KiB, and what each call adds. */
const COST_NS: Readonly<Record<PathId, Readonly<Record<string, { perMib: number; perCall: number }>>>> = {
  'file-to-file': {
    'read-write': { perMib: 420_000, perCall: 210 },
    'mmap-write': { perMib: 395_000, perCall: 190 },
    sendfile: { perMib: 305_000, perCall: 900 },
  },
  'file-to-socket': {
    'read-write': { perMib: 380_000, perCall: 340 },
    'mmap-write': { perMib: 372_000, perCall: 330 },
    sendfile: { perMib: 455_000, perCall: 900 },
  },
  'process-to-process': {},
};
const ANY_COST = { perMib: 400_000, perCall: 300 };

/** The three modes it all started from; between processes, a copying one and a sharing one. */
const SEED_MODES: Readonly<Record<PathId, readonly string[]>> = {
  'file-to-file': ['read-write', 'mmap-write', 'sendfile'],
  'file-to-socket': ['read-write', 'mmap-write', 'sendfile'],
  'process-to-process': ['pipe', 'shared-memory'],
};

const TARGETS = { 'file-to-file': 'file', 'file-to-socket': 'loopback', 'process-to-process': 'peer' } as const;

const VDA: BlockDevice = {
  name: 'vda2',
  alias: null,
  model: null,
  rotational: true,
  scheduler: 'mq-deadline',
  logicalBlockBytes: 512,
  virtio: true,
};

/** A document as planned: running, every case pending. */
export function planned(wanted: Wanted = {}): Result {
  const path = wanted.path ?? 'file-to-file';
  const experiment: Experiment = {
    kind: 'measurement',
    path,
    preset: wanted.buffers === SEED_BUFFERS ? 'seed' : 'quick',
    modes: [...(wanted.modes ?? SEED_MODES[path])],
    modesChosen: 'preset',
    bytes: wanted.bytes ?? 64 * MIB,
    buffers: [...(wanted.buffers ?? [64 * KIB])],
    rounds: wanted.rounds ?? 6,
    timeLimitSeconds: null,
    cache: wanted.cache ?? 'warm',
    source: { kind: 'generated' },
    directory: '/home/ada/project/.zero-copy',
    target: TARGETS[path],
    laboratories: null,
    remote: null,
    receiver: path === 'file-to-socket' ? { kind: 'read', bufferBytes: 64 * KIB, directory: null } : null,
    streams: [1],
    durationSeconds: null,
    tcp: null,
    peer: path === 'process-to-process' ? 'process' : null,
    pipeBytes: null,
    queueDepth: 8,
    durable: false,
    pin: null,
    evidence: 'off',
    latency: false,
    objectSizes: null,
    bytesPerSecond: null,
    seed: 7,
  };
  return plannedResult({
    id: '0193-fixture',
    startedAt: '2026-11-21T03:30:00.000Z',
    tool: 'zero-copy-lab 0.1.0',
    process: { pid: 4242, bootId: 'b00t', startTicks: 12345 },
    experiment,
    host: {
      name: 'lovelace',
      kernel: 'Linux 6.12.48',
      arch: 'x86_64',
      distribution: 'Debian GNU/Linux 12 (bookworm)',
      cpu: { model: 'AMD EPYC 7763 64-Core Processor', logical: 4, flags: ['erms'], governor: 'schedutil' },
      memoryBytes: 16 * GIB,
      virtualised: 'kvm',
      container: null,
      seccomp: 'off',
      transparentHugePages: 'madvise',
      filesystem: { type: 'ext4', mountPoint: '/home', device: '/dev/vda2', options: 'rw,relatime' },
      blockDevices: [VDA],
      interface: path !== 'file-to-socket' ? null : LOOPBACK,
      limits: { memlock: 8 * MIB, pipeMaxSize: MIB },
    },
  });
}

/** Every mode of the path. */
export function everyMode(path: PathId): readonly string[] {
  return modesOfPath(path).map((mode) => mode.id);
}

/** An experiment with hazards as planned. */
export function plannedHazards(path: PathId): Result {
  const plan = planned({ path, modes: everyMode(path), rounds: 1 });
  const experiment: Experiment = { ...plan.experiment, kind: 'hazards', preset: 'hazards' };
  return { ...plan, experiment, cases: [...planCases(experiment)] };
}

/** A finished one: every hazard had the outcome asked for. */
export function hazards(path: PathId, outcome: (one: Case, index: number) => HazardReport): Result {
  const plan = plannedHazards(path);
  return told({
    ...plan,
    status: 'complete',
    endedAt: '2026-11-21T03:30:04.000Z',
    cases: plan.cases.map((one, index) => ({
      ...one,
      status: 'ok',
      hazard: one.hazard === null ? null : { ...one.hazard, report: outcome(one, index) },
    })),
  });
}

/** The n-th sample of a case: the cost model above with a little noise, the same on every call. */
export function sampleOf(result: Result, index: number, round: number): Sample {
  const one = result.cases[index] as Case;
  const mode = findMode(one.mode);
  const cost = COST_NS[one.path][one.mode] ?? ANY_COST;
  if (mode === undefined) throw new RangeError(`no mode ${one.mode}`);
  const random = seededRandom(index * 1000 + round + 1);
  const flow = mode.here(flowFactsOf(result, one.path));
  const counts = countsForTransfer(flow, transferShape(mode, callSettingsOf(one), one.bytes));
  const calls = Object.fromEntries(
    Object.entries(counts.calls).map(([name, count]) => [name, name === 'read' ? count + 1 : count]),
  );
  const made = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const wallNs = Math.round(((one.bytes / MIB) * cost.perMib + made * cost.perCall) * (0.97 + 0.06 * random()));
  const cpuNs = Math.round(wallNs * 0.93);
  const faults = one.mode === 'mmap-write' ? Math.ceil(one.bytes / 65536) : 2;
  const side = { cpuNs, userNs: Math.round(cpuNs * 0.1), systemNs: Math.round(cpuNs * 0.9) };
  return {
    round,
    warmup: round === 0,
    wallNs,
    senderDoneNs: wallNs,
    setupNs: 90_000,
    residency: result.experiment.cache === 'warm' ? 1 : 0,
    outlier: null,
    excluded: null,
    zerocopy: null,
    observed: {},
    bytes: null,
    streams: null,
    intervals: null,
    sender: {
      ...side,
      voluntarySwitches: Math.floor(random() * 4),
      involuntarySwitches: Math.floor(random() * 3),
      minorFaults: faults,
      majorFaults: 0,
      calls,
    },
    receiver:
      one.path === 'file-to-file'
        ? null
        : {
            ...side,
            cpuNs: Math.round(cpuNs * 0.4),
            voluntarySwitches: 120,
            involuntarySwitches: 1,
            minorFaults: 1,
            majorFaults: 0,
            calls: { recv: Math.ceil(one.bytes / 65536) },
          },
  };
}

/** A finished document; `rounds` measured ones and a warm-up each. */
export function complete(wanted: Wanted = {}): Result {
  const plan = planned(wanted);
  const rounds = wanted.rounds ?? 6;
  const measured: Result = {
    ...plan,
    status: 'complete',
    endedAt: '2026-11-21T03:30:04.000Z',
    cases: plan.cases.map((one, index) => ({
      ...one,
      status: 'ok',
      verified: { how: one.path === 'file-to-file' ? 'readback' : 'separate-pass', ok: true, difference: null },
      samples: Array.from({ length: rounds + 1 }, (_, round) => sampleOf(plan, index, round)),
    })),
  };
  return told(measured);
}

/** With summaries and findings worked out again after a change of the samples. */
export function told(result: Result): Result {
  const summarised = summarise(result);
  return { ...summarised, winner: winnerOf(summarised), findings: [...findingsOf(summarised)] };
}

export const EXDEV: Problem = {
  code: 'EXDEV',
  message: 'The two files are on different filesystems (/home and /tmp).',
  hint: 'Choose a folder on the same filesystem.',
};

/** Complete, but one mode was not supported and one failed half-way. */
export function withTroubles(wanted: Wanted = {}): Result {
  const result = complete(wanted);
  return told({
    ...result,
    cases: result.cases.map((one): Case => {
      if (one.mode === 'sendfile') {
        return { ...one, status: 'unsupported', reason: EXDEV, samples: [], verified: null, summary: null };
      }
      if (one.mode === 'mmap-write') {
        return {
          ...one,
          status: 'failed',
          reason: { code: 'ENOSPC', message: 'No space left on /dev/vda2.', hint: 'Free 64 MiB and run again.' },
          samples: [],
          verified: { how: 'readback', ok: false, difference: 'byte 4096 differs' },
          summary: null,
        };
      }
      return one;
    }),
  });
}

/** Cut off after two rounds: the last rounds are missing. */
export function partial(wanted: Wanted = {}): Result {
  const result = complete(wanted);
  return told({
    ...result,
    status: 'partial',
    endedAt: null,
    reason: {
      code: 'bench-died',
      message: 'The bench process was ended by SIGKILL in round 3.',
      hint: 'What it had measured until then is kept; run again for the rest.',
    },
    cases: result.cases.map((one) => ({ ...one, samples: one.samples.filter((sample) => sample.round < 3) })),
  });
}
