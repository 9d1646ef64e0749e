/** For every kind of finding the least that makes its rule speak, and the nearest that does not. */

import { finished } from '../../../src/lab/resultFile.ts';
import { caseSettings } from '../../../src/model/caseSettings.ts';
import { tiersOf } from '../../../src/model/evidence/tiers.ts';
import { settingsText } from '../../../src/model/laboratory/settings.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Experiment, RemoteWay } from '../../../src/model/result/experiment.ts';
import type { Host } from '../../../src/model/result/host.ts';
import type { Laboratory, LaboratoryInterface } from '../../../src/model/result/network.ts';
import type { NoiseReading } from '../../../src/model/result/noise.ts';
import type { Result } from '../../../src/model/result/result.ts';
import type { Sample } from '../../../src/model/result/sample.ts';
import { summarise } from '../../../src/model/summary.ts';
import { KIB, MIB } from '../../../src/model/units.ts';
import { VETH } from '../../interfaces.ts';
import { ALL_RIGHTS, examined, loopbackHost, measuredWith } from '../evidence/evidence.ts';
import { aCost, aHost, anExperiment, aPlannedResult, aSample, aSocketExperiment } from '../fixtures.ts';

export interface Situation {
  readonly kind: string;
  /** What the difference between the two is. */
  readonly what: string;
  readonly triggers: Result;
  readonly nearest: Result;
}

/** What the counted samples of a case are, beside their rounds; nothing for a case that did not run. */
type Ran = (one: Case, round: number) => Partial<Sample> | null;

const SECOND = 1e9;
/** As many as an interval takes. */
const ROUNDS = 6;

function ran(sampleOf: Ran, changes: Partial<Experiment> = {}, host: Host = aHost(), rounds = ROUNDS): Result {
  const experiment =
    changes.path === 'file-to-socket' ? aSocketExperiment(changes) : anExperiment({ modes: ['sendfile'], ...changes });
  const planned = aPlannedResult(experiment, host);
  const cases = planned.cases.map((one): Case => {
    const samples = Array.from({ length: rounds }, (_, nth) => sampleOf(one, nth + 1)).flatMap((each, nth) =>
      each === null ? [] : [aSample(nth + 1, each)],
    );
    return { ...one, samples };
  });
  return finished({ ...planned, cases }, 'complete', null);
}

/** Every transfer of the mode takes so long, all others a second. */
function taking(mode: string, seconds: number, changes: Partial<Experiment> = {}, host: Host = aHost()): Result {
  return ran((one) => ({ wallNs: one.mode === mode && !one.control ? seconds * SECOND : SECOND }), changes, host);
}

/**
 * sendfile is twice as fast as read + write; the CPU time of modes is these parts of that of the baseline.
 * @param unevenness by how much more sendfile costs in every second round
 */
export function costing(parts: Readonly<Record<string, number>>, unevenness = 0): Result {
  return ran(
    (one, round) => ({
      wallNs: one.mode === 'sendfile' ? SECOND / 2 : SECOND,
      sender: aCost({
        cpuNs: Math.round(
          4e8 * (parts[one.mode] ?? 1) * (one.mode === 'sendfile' && round % 2 === 0 ? 1 + unevenness : 1),
        ),
      }),
    }),
    { modes: ['sendfile', 'splice'] },
  );
}

function altered(result: Result, mode: string, change: (one: Case) => Partial<Case>): Result {
  return {
    ...result,
    cases: result.cases.map((one) => (one.mode === mode && !one.control ? { ...one, ...change(one) } : one)),
  };
}

function observing(mode: string, observed: Sample['observed'], changes: Partial<Experiment> = {}): Result {
  return ran((one) => (one.mode === mode ? { observed } : {}), { modes: [mode], ...changes });
}

function noisy(changes: readonly Partial<NoiseReading>[]): Result {
  const quiet = { stealShare: 0, runnable: 1, cpuPressure: 0, ioPressure: 0, mhz: 2000, othersWrittenBytes: 0 };
  const noise = changes.map((each, nth) => ({ atMs: (nth + 1) * 1000, ...quiet, ...each }));
  return { ...aPlannedResult(), noise };
}

const CALM = aPlannedResult();
const SOCKET = { path: 'file-to-socket' } as const;
const NIC = { ...loopbackHost().interface, name: 'eth0' } as NonNullable<Host['interface']>;
const VIRTIO = {
  name: 'vda',
  alias: null,
  model: null,
  rotational: null,
  scheduler: null,
  logicalBlockBytes: 512,
  virtio: true,
};
const VM = aHost({ virtualised: 'KVM', blockDevices: [VIRTIO] });
const ZEROCOPY = { sent: 16, completed: 16, copied: 16 };
const REFUSED = { code: 'EOPNOTSUPP', message: 'The ext4 at / shares no blocks between files.', hint: 'Use Btrfs.' };
const UNCALIBRATED = { code: 'ENOSPC', message: 'There is no room for the files it measures.', hint: 'Free some.' };

function copies(samples: number): Result {
  return examined(
    'splice',
    measuredWith([
      ['copy-page-cache', samples],
      ['filesystem', 1000 - samples],
    ]),
  );
}

function silent(copied: number): Result {
  const measured = measuredWith([
    ['copy-to-user', 100],
    ['network', 900],
  ]);
  const changes = { experiment: SOCKET, host: { interface: NIC }, one: { zerocopy: { ...ZEROCOPY, copied } } };
  return examined('read-msg-zerocopy', measured, changes);
}

function segmented(scatterGather: boolean): Result {
  const measured = measuredWith([
    ['copy-segmentation', 100],
    ['network', 900],
  ]);
  return examined('sendfile', measured, { experiment: SOCKET, host: { interface: { ...NIC, scatterGather } } });
}

/** The last half of the rounds of a case takes this much longer. */
function slowing(factor: number): Result {
  const late = (one: Case, round: number) => one.mode === 'sendfile' && round > 10;
  return ran(
    (one, round) => ({ wallNs: Math.round(SECOND * (late(one, round) ? factor : 1) * (1 + round / 1e6)) }),
    {},
    aHost(),
    20,
  );
}

function coldWith(residency: number | null): Result {
  return ran((one) => ({ residency: one.mode === 'sendfile' ? residency : 0 }), { cache: 'cold' });
}

function warmed(excluded: 'not-cold' | null): Result {
  return ran((one, round) => (one.mode === 'sendfile' && round === 1 ? { residency: 0.5, excluded } : {}), {
    cache: 'cold',
  });
}

/** A MiB at 1 MiB/s, which sendfile does in so many seconds. */
function paced(seconds: number): Result {
  const result = taking('sendfile', seconds, { kind: 'equal-rate' });
  return { ...result, pacedBytesPerSecond: MIB };
}

function crossing(measured: { above: number; upTo: number } | null): Result {
  const crossover = { mode: 'sendfile', baseline: 'read-write', over: 'buffer', wins: 'from' } as const;
  return { ...CALM, crossovers: [{ ...crossover, predictedBytes: 9 * KIB, measured }] };
}

function hazard(differsFromByte: number | null, happened = true): Result {
  const planned = aPlannedResult(anExperiment({ kind: 'hazards', modes: ['read-write'] }));
  const report = { happened, arrivedBytes: MIB, error: null, differsFromByte, waited: false };
  return {
    ...planned,
    cases: planned.cases.map((one) =>
      one.hazard?.kind === 'source-overwritten' ? { ...one, hazard: { ...one.hazard, report } } : one,
    ),
  };
}

const denied = tiersOf({ ...ALL_RIGHTS, taskSamples: 'EACCES' }, { perfEventParanoid: 2, kptrRestrict: 0 });
const granted = tiersOf(ALL_RIGHTS, { perfEventParanoid: -1, kptrRestrict: 0 });

const WITHOUT: Laboratory = { scatterGather: false, mtu: 1500 };
const LABORATORIES = aSocketExperiment({
  target: 'lab',
  laboratories: [{ scatterGather: true }, WITHOUT],
  modes: ['sendfile'],
});

/**
 * Transfers through two laboratories; without scatter-gather they take three times as long.
 * @param without how the second was read back
 * @param segmented of a thousand samples of each, those at segmentation
 */
function throughVeths(
  changes: Partial<Case> = {},
  without: LaboratoryInterface = { ...VETH, scatterGather: false, tso: false, gso: false },
  segmented?: { readonly on: number; readonly off: number },
): Result {
  const isOff = (one: Case) => caseSettings(one) === settingsText(WITHOUT);
  const result = ran((one) => ({ wallNs: (isOff(one) ? 3 : 1) * SECOND }), { ...LABORATORIES, path: 'file-to-socket' });
  const cases = result.cases.map((one): Case => {
    const copies = isOff(one) ? segmented?.off : segmented?.on;
    const measured =
      copies === undefined
        ? null
        : measuredWith([
            ['copy-segmentation', copies],
            ['network', 1000 - copies],
          ]);
    return {
      ...one,
      ...changes,
      interface: isOff(one) ? without : VETH,
      evidence: measured && { ...measured, arrows: [], contradictions: [] },
    };
  });
  return {
    ...result,
    cases,
    tiers: segmented === undefined ? null : tiersOf(ALL_RIGHTS, { perfEventParanoid: -1, kptrRestrict: 0 }),
  };
}

function overSsh(way: RemoteWay): Result {
  const remote = { host: 'far', address: '127.0.0.1', port: 7411, way };
  return ran(() => ({}), { path: 'file-to-socket', target: 'host', remote });
}

export const GIGABIT = 125_000_000;
export const ETH: NonNullable<Host['interface']> = { ...NIC, virtual: false, linkBytesPerSecond: GIGABIT };
const FAR = { host: 'far.example', address: '192.0.2.1', port: 7411, way: 'direct' } as const;

/** Three modes to another host over this interface, each at such a share of a gigabit a second. */
export function toHost(shares: readonly [number, number, number], link: Host['interface'], cpuShare = 0.2): Result {
  const modes = ['read-write', 'mmap-write', 'sendfile'];
  const wallOf = (one: Case) => Math.round((MIB / GIGABIT / (shares[modes.indexOf(one.mode)] ?? 1)) * 1e9);
  return ran(
    (one) => {
      const cost = aCost({ cpuNs: Math.round(wallOf(one) * cpuShare) });
      return { wallNs: wallOf(one), sender: cost, receiver: cost };
    },
    { ...aSocketExperiment({ target: 'host', remote: FAR }), modes },
    aHost({ interface: link }),
  );
}

/** A MiB is 725 segments. */
function resending(retransmits: number): Result {
  const observed = { tcpMssBytes: 1448, tcpRetransmits: retransmits };
  return observing('sendfile', observed, aSocketExperiment({ modes: ['sendfile'] }));
}

function streaming(doneNs: readonly number[]): Result {
  const streams = doneNs.map((each) => ({ bytes: MIB / 4, doneNs: each, rttNs: null, retransmits: null }));
  return ran((one) => (one.control ? {} : { streams }), aSocketExperiment({ streams: [4], modes: ['sendfile'] }));
}

export const SITUATIONS: readonly Situation[] = [
  {
    kind: 'link-limit',
    what: 'a mode comes to 85 % of the rate of the interface, or to less',
    triggers: toHost([0.5, 0.6, 0.86], ETH),
    nearest: toHost([0.5, 0.6, 0.84], ETH),
  },
  {
    kind: 'level-speeds',
    what: 'three modes are within 3 % of each other, or not',
    triggers: toHost([0.5, 0.51, 0.514], NIC),
    nearest: toHost([0.5, 0.51, 0.516], NIC),
  },
  {
    kind: 'retransmits',
    what: 'one segment of 725 was sent again in each transfer, or none',
    triggers: resending(1),
    nearest: resending(0),
  },
  {
    kind: 'unfair-streams',
    what: 'one stream of four took five times as long, or a fifth longer',
    triggers: streaming([1e9, 1e9, 1e9, 5e9]),
    nearest: streaming([1e9, 1e9, 1e9, 1.2e9]),
  },
  {
    kind: 'corrupt',
    what: 'other bytes arrived',
    triggers: altered(CALM, 'sendfile', () => ({ verified: { how: 'readback', ok: false, difference: 'Byte 7.' } })),
    nearest: altered(CALM, 'sendfile', () => ({ verified: { how: 'readback', ok: true, difference: null } })),
  },
  {
    kind: 'through-ssh',
    what: 'the data goes through ssh, and not only the word to the receiver',
    triggers: overSsh('ssh-forwarded'),
    nearest: overSsh('ssh'),
  },
  {
    kind: 'copied-after-all',
    what: 'one completion says COPIED',
    triggers: summarise(ran((one) => (one.control ? {} : { zerocopy: { ...ZEROCOPY, copied: 1 } }))),
    nearest: summarise(ran((one) => (one.control ? {} : { zerocopy: { ...ZEROCOPY, copied: 0 } }))),
  },
  {
    kind: 'evidence-contradiction',
    what: 'a copy whose interval begins at 2 % of the samples, or below',
    triggers: copies(40),
    nearest: copies(20),
  },
  {
    kind: 'evidence-confirmed',
    what: 'no completion says COPIED, or one does',
    triggers: silent(0),
    nearest: silent(1),
  },
  {
    kind: 'evidence-no-copy',
    what: 'no copy is seen, or some',
    triggers: examined('direct', measuredWith([['block', 1000]])),
    nearest: examined(
      'direct',
      measuredWith([
        ['block', 700],
        ['copy-to-user', 300],
      ]),
    ),
  },
  {
    kind: 'evidence-not-enough',
    what: '199 samples, or 200',
    triggers: examined('direct', measuredWith([['block', 199]])),
    nearest: examined('direct', measuredWith([['block', 200]])),
  },
  {
    kind: 'evidence-missing',
    what: 'no samples of our own tasks may be taken',
    triggers: { ...CALM, tiers: denied },
    nearest: { ...CALM, tiers: granted },
  },
  {
    kind: 'nothing-compared',
    what: 'no mode ran beside the baseline',
    triggers: ran((one) => (one.mode === 'sendfile' ? null : {})),
    nearest: ran(() => ({})),
  },
  {
    kind: 'unsettled',
    what: 'five rounds, or six',
    triggers: ran(() => ({}), {}, aHost(), 5),
    nearest: ran(() => ({})),
  },
  {
    kind: 'faster',
    what: '3 % less time, or 1 %',
    triggers: taking('sendfile', 0.97),
    nearest: taking('sendfile', 0.99),
  },
  {
    kind: 'same',
    what: '1 % more time, or 3 %',
    triggers: taking('sendfile', 1.01),
    nearest: taking('sendfile', 1.03),
  },
  {
    kind: 'none-faster',
    what: '3 % more time, or 1 %',
    triggers: taking('sendfile', 1.03),
    nearest: taking('sendfile', 1.01),
  },
  {
    kind: 'cpu-cost',
    what: 'a winner, or none whose CPU time differs',
    triggers: costing({ sendfile: 0.5 }),
    nearest: taking('sendfile', 1.01),
  },
  {
    kind: 'cheaper',
    what: 'another mode costs a fifth less CPU time than the winner, or 1 % less',
    triggers: costing({ sendfile: 0.5, splice: 0.4 }),
    nearest: costing({ sendfile: 0.5, splice: 0.495 }),
  },
  { kind: 'not-cold', what: 'a transfer was excluded', triggers: warmed('not-cold'), nearest: warmed(null) },
  { kind: 'coldness-unknown', what: 'residency unknown, or known', triggers: coldWith(null), nearest: coldWith(0) },
  { kind: 'rate-missed', what: '6 % too slow, or 4 %', triggers: paced(1.06), nearest: paced(1.04) },
  { kind: 'drifting', what: '5 % slower from half way on, or 1 %', triggers: slowing(1.05), nearest: slowing(1.01) },
  {
    kind: 'blocks-shared',
    what: 'all blocks are shared, or all but one',
    triggers: observing('copy-file-range', { sharedBytes: MIB }),
    nearest: observing('copy-file-range', { sharedBytes: MIB - 4096 }),
  },
  {
    kind: 'noise-steal',
    what: 'more than 2 %',
    triggers: noisy([{ stealShare: 0.03 }]),
    nearest: noisy([{ stealShare: 0.02 }]),
  },
  {
    kind: 'noise-cpu',
    what: 'more than 20 %',
    triggers: noisy([{ cpuPressure: 0.25 }]),
    nearest: noisy([{ cpuPressure: 0.2 }]),
  },
  {
    kind: 'noise-writers',
    what: 'more than 10 MiB/s',
    triggers: noisy([{ othersWrittenBytes: 11 * MIB }]),
    nearest: noisy([{ othersWrittenBytes: 10 * MIB }]),
  },
  {
    kind: 'noise-frequency',
    what: 'more than a tenth apart',
    triggers: noisy([{ mhz: 2000 }, { mhz: 1700 }]),
    nearest: noisy([{ mhz: 2000 }, { mhz: 1800 }]),
  },
  {
    kind: 'loopback',
    what: 'a socket, or a file',
    triggers: aPlannedResult(aSocketExperiment()),
    nearest: CALM,
  },
  {
    kind: 'laboratory',
    what: 'a veth pair, or loopback',
    triggers: aPlannedResult(LABORATORIES),
    nearest: aPlannedResult(aSocketExperiment()),
  },
  {
    kind: 'switched',
    what: 'one switch tells two laboratories apart, or two do',
    triggers: throughVeths(),
    nearest: throughVeths({}, { ...VETH, scatterGather: false, mtu: 9000 }),
  },
  {
    kind: 'tso-taken-along',
    what: 'TSO went off with scatter-gather, or was off with it too',
    triggers: throughVeths(),
    nearest: throughVeths({}, { ...VETH, scatterGather: false, gso: false }),
  },
  {
    kind: 'segmentation-copy',
    what: 'the copy is gone with scatter-gather, or still there',
    triggers: throughVeths({}, undefined, { on: 0, off: 100 }),
    nearest: throughVeths({}, undefined, { on: 100, off: 100 }),
  },
  {
    kind: 'copied-flag-blind',
    what: 'a completion without the flag, or all with it',
    triggers: throughVeths({ zerocopy: { ...ZEROCOPY, copied: 15 } }, undefined, { on: 0, off: 100 }),
    nearest: throughVeths({ zerocopy: ZEROCOPY }, undefined, { on: 0, off: 100 }),
  },
  {
    kind: 'tmpfs',
    what: 'files in memory, or on a disk',
    triggers: aPlannedResult(
      undefined,
      aHost({ filesystem: { type: 'tmpfs', mountPoint: '/data', device: 'tmpfs', options: 'rw' } }),
    ),
    nearest: CALM,
  },
  {
    kind: 'virtual-machine',
    what: 'files in a virtual machine, or processes in one',
    triggers: aPlannedResult(undefined, VM),
    nearest: aPlannedResult(
      anExperiment({ path: 'process-to-process', modes: ['pipe'], target: 'peer', peer: 'thread' }),
      VM,
    ),
  },
  {
    kind: 'one-host',
    what: 'some mode differs from the baseline, or none does',
    triggers: taking('sendfile', 0.97),
    nearest: taking('sendfile', 0.99),
  },
  {
    kind: 'mode-refused',
    what: 'a system call refused the mode, or the lab did',
    triggers: altered(CALM, 'sendfile', () => ({ status: 'unsupported', reason: REFUSED })),
    nearest: altered(CALM, 'sendfile', () => ({
      status: 'unsupported',
      reason: { ...REFUSED, code: 'moves-no-data' },
    })),
  },
  {
    kind: 'no-scatter-gather',
    what: 'copies at segmentation on an interface that cannot gather, or on one that can',
    triggers: segmented(false),
    nearest: segmented(true),
  },
  {
    kind: 'small-pipe',
    what: 'half of the pipe that was asked for, or all of it',
    triggers: observing('splice', { pipeBytes: 32 * KIB }),
    nearest: observing('splice', { pipeBytes: 64 * KIB }),
  },
  {
    kind: 'no-shared-blocks',
    what: 'no block is shared, or one is',
    triggers: observing('copy-file-range', { sharedBytes: 0 }),
    nearest: observing('copy-file-range', { sharedBytes: 4096 }),
  },
  {
    kind: 'host-dma',
    what: 'a mode waits for a virtio disk, or for none',
    triggers: taking('direct', 1, { modes: ['direct'] }, VM),
    nearest: taking('sendfile', 1, {}, VM),
  },
  {
    kind: 'crossover',
    what: 'measured, or just predicted',
    triggers: crossing({ above: 4 * KIB, upTo: 16 * KIB }),
    nearest: crossing(null),
  },
  {
    kind: 'not-calibrated',
    what: 'the calibration failed, or was not tried',
    triggers: { ...CALM, calibrationProblem: UNCALIBRATED },
    nearest: CALM,
  },
  {
    kind: 'silent-change',
    what: 'bytes changed and nobody said so, or all arrived',
    triggers: hazard(4096),
    nearest: hazard(null),
  },
  {
    kind: 'survived',
    what: 'hazards were met, or modes measured',
    triggers: hazard(null),
    nearest: CALM,
  },
];
