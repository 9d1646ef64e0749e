/** Set-up that the unit tests share: small whole documents, built from what a test cares about, and folders that go away. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { finished } from '../../src/lab/resultFile.ts';
import { plannedResult } from '../../src/model/plannedResult.ts';
import type { Outcome } from '../../src/model/problems.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Experiment } from '../../src/model/result/experiment.ts';
import type { Host } from '../../src/model/result/host.ts';
import type { Problem } from '../../src/model/result/problem.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Cost, Sample } from '../../src/model/result/sample.ts';
import { MIB } from '../../src/model/units.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of the test's own that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zcl-unit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function granted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.problem.code}: ${outcome.problem.message}`);
  return outcome.value;
}

export function refusal(outcome: Outcome<unknown>): Problem {
  if (outcome.ok) throw new Error('this should have been refused, and was not');
  return outcome.problem;
}

export function anExperiment(changes: Partial<Experiment> = {}): Experiment {
  return {
    kind: 'measurement',
    path: 'file-to-file',
    preset: 'quick',
    modes: ['read-write', 'mmap-write', 'sendfile'],
    modesChosen: 'preset',
    bytes: MIB,
    buffers: [65536],
    rounds: 6,
    timeLimitSeconds: null,
    cache: 'warm',
    source: { kind: 'generated' },
    directory: '/data',
    laboratories: null,
    remote: null,
    target: 'file',
    receiver: null,
    streams: [1],
    durationSeconds: null,
    tcp: null,
    peer: null,
    pipeBytes: null,
    queueDepth: 8,
    durable: false,
    pin: null,
    evidence: 'off',
    latency: false,
    objectSizes: null,
    bytesPerSecond: null,
    seed: 1,
    ...changes,
  };
}

export function aSocketExperiment(changes: Partial<Experiment> = {}): Experiment {
  const receiver = { kind: 'read', bufferBytes: 262144, directory: null } as const;
  return anExperiment({ path: 'file-to-socket', target: 'loopback', receiver, ...changes });
}

export function aHost(changes: Partial<Host> = {}): Host {
  return {
    name: os.hostname(),
    kernel: '6.1.0',
    arch: 'x86_64',
    distribution: null,
    cpu: { model: 'A CPU', logical: 8, flags: ['fsrm'], governor: null },
    memoryBytes: 2 ** 34,
    virtualised: null,
    container: null,
    seccomp: 'off',
    transparentHugePages: null,
    filesystem: { type: 'ext4', mountPoint: '/', device: '/dev/sda1', options: 'rw' },
    blockDevices: [],
    interface: null,
    limits: { pipeMaxSize: 1048576 },
    ...changes,
  };
}

export function aCost(changes: Partial<Cost> = {}): Cost {
  return {
    cpuNs: 1_000_000,
    userNs: 0,
    systemNs: 1_000_000,
    voluntarySwitches: 0,
    involuntarySwitches: 0,
    minorFaults: 0,
    majorFaults: 0,
    calls: {},
    ...changes,
  };
}

/** Round 0 is the warm-up. */
export function aSample(round: number, changes: Partial<Sample> = {}): Sample {
  return {
    round,
    warmup: round === 0,
    wallNs: 1_000_000,
    senderDoneNs: 1_000_000,
    setupNs: 1000,
    residency: 1,
    outlier: null,
    excluded: null,
    sender: aCost(),
    receiver: null,
    zerocopy: null,
    observed: {},
    bytes: null,
    streams: null,
    intervals: null,
    ...changes,
  };
}

/** The document as a run plans it: status `running`, of a process that is long gone, every case `pending`. */
export function aPlannedResult(experiment: Experiment = anExperiment(), host: Host = aHost()): Result {
  return plannedResult({
    id: 'id',
    startedAt: '2026-11-21T10:00:00.000Z',
    tool: 'zero-copy-lab 0.0.0',
    process: { pid: 2 ** 22 + 1, bootId: 'a boot long ago', startTicks: 1 },
    experiment,
    host,
  });
}

/** A planned result with samples for each case; `wallsOf` gives the wall times of its counted rounds. */
export function withSamples(planned: Result, wallsOf: (one: Case, index: number) => readonly number[]): Result {
  return {
    ...planned,
    cases: planned.cases.map((one, index) => ({
      ...one,
      verified: { how: 'readback', ok: true, difference: null },
      samples: wallsOf(one, index).map((wallNs, round) => aSample(round + 1, { wallNs, senderDoneNs: wallNs })),
    })),
  };
}

/** A result as a run that came to its end leaves it. */
export function aCompleteResult(
  wallsOf: (one: Case, index: number) => readonly number[] = () => [1e6, 1.01e6, 0.99e6, 1e6, 1e6, 1e6],
  experiment: Experiment = anExperiment(),
  host: Host = aHost(),
): Result {
  return finished(withSamples(aPlannedResult(experiment, host), wallsOf), 'complete', null);
}
