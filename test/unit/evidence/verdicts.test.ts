/** Verdicts on arrows, and contradictions, from what passes measured. Modes on this kernel are in recorded.test.ts. */
import { describe, expect, test } from 'vitest';
import { HERE, PROMISED } from '../../../src/model/evidence/flowNames.ts';
import { tiersOf } from '../../../src/model/evidence/tiers.ts';
import { flowFactsOf } from '../../../src/model/flowFacts.ts';
import { findMode } from '../../../src/model/modes/catalogue.ts';
import { classicFlows } from '../../../src/model/modes/classicFlows.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { ArrowVerdict } from '../../../src/model/result/evidence.ts';
import type { Host } from '../../../src/model/result/host.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { GIB, MIB } from '../../../src/model/units.ts';
import { aCost, aSample } from '../fixtures.ts';
import { evidenceOf, examined, loopbackHost, measuredWith } from './evidence.ts';

const SOCKET = { path: 'file-to-socket' } as const;
/** A quarter of a second of CPU time, in which one copy of a GiB has a fifth at least. */
const REST = 800;

/** Verdicts by what the step is: `cpu-copy page-cache > user-buffer`. */
function verdictsOn(result: Result, flowName = HERE): Readonly<Record<string, ArrowVerdict>> {
  const index = result.cases.findIndex((one) => one.evidence !== null);
  const mode = findMode(result.cases[index]?.mode ?? '');
  if (mode === undefined) throw new Error('no such mode');
  const flow =
    flowName === HERE
      ? mode.here(flowFactsOf(result, result.experiment.path, result.cases[index]))
      : classicFlows(mode, result.experiment.path).find(({ key }) => key === flowName)?.flow;
  const steps = (flow?.steps ?? []).map((step, at) => {
    const place = 'from' in step ? `${step.from} > ${step.to}` : 'call' in step ? step.call : step.at;
    const verdict = evidenceOf(result).arrows.find((arrow) => arrow.flow === flowName && arrow.step === at);
    if (verdict === undefined) throw new Error(`no verdict on step ${at} of ${flowName}`);
    return [`${step.kind} ${place}`, verdict] as const;
  });
  return Object.fromEntries(steps);
}

function labelsOfContradictions(result: Result): readonly string[] {
  return evidenceOf(result).contradictions.map(({ flow, label }) => `${flow}: ${label}`);
}

describe('copies', () => {
  test('seen, with share, interval and time', () => {
    const result = examined(
      'read-write',
      measuredWith([
        ['copy-to-user', 100],
        ['copy-from-user', 100],
        ['filesystem', REST],
      ]),
    );
    const verdict = verdictsOn(result)['cpu-copy page-cache > user-buffer'];
    expect(verdict).toMatchObject({ verdict: 'seen', msPerGib: 25, share: { share: 0.1 } });
    expect(verdict?.share?.low).toBeCloseTo(0.083, 3);
    expect(labelsOfContradictions(result)).toEqual([]);
  });

  test('not seen, with its bound, where a copy would be more than that', () => {
    const result = examined(
      'read-write',
      measuredWith([
        ['copy-to-user', 200],
        ['filesystem', REST],
      ]),
    );
    const verdict = verdictsOn(result)['cpu-copy user-buffer > destination-cache'];
    // 1,000 samples of 0.25 ms: a copy of 1 GiB at 20 GiB/s has 50 of 250 ms.
    expect(verdict).toMatchObject({ verdict: 'not-seen', share: { share: 0 } });
    expect(verdict?.share?.high).toBeCloseTo(0.0038, 4);
    expect(verdict?.reason).toContain('20 %');
  });

  test('not observable where a copy could hide below the bound', () => {
    const long = measuredWith(
      [
        ['copy-to-user', 200],
        ['filesystem', REST],
      ],
      { bytes: MIB },
    );
    const verdict = verdictsOn(examined('read-write', long))['cpu-copy user-buffer > destination-cache'];
    expect(verdict).toMatchObject({ verdict: 'not-observable', share: null });
    expect(verdict?.reason).toContain('Too faint');
  });

  test.each([
    ['fewer than 200 samples', measuredWith([['copy-to-user', 199]]), 'Not enough evidence'],
    ['no samples', measuredWith([]), 'No samples'],
    [
      'no names',
      measuredWith([
        ['unlabelled', 900],
        ['user-code', 100],
      ]),
      'no names',
    ],
  ])('not observable: %s', (_, measured, reason) => {
    const result = examined('read-write', measured);
    expect(verdictsOn(result)['cpu-copy page-cache > user-buffer']).toMatchObject({
      verdict: 'not-observable',
      reason: expect.stringContaining(reason),
    });
    expect(labelsOfContradictions(result)).toEqual([]);
  });

  test('a missing tier gives its reason', () => {
    const settings = { perfEventParanoid: 3, kptrRestrict: 0 };
    const denied = { taskSamples: 'EACCES', cpuWide: 'EACCES', tracepoint: 'EACCES', symbols: 'EACCES' };
    const result = examined('read-write', measuredWith([]), { tiers: tiersOf(denied, settings) });
    expect(verdictsOn(result)['cpu-copy page-cache > user-buffer']?.reason).toContain('kernel.perf_event_paranoid');
  });

  test('of the receiver count in its thread only', () => {
    const samples = [
      ['copy-to-user', 300, 'receiver'],
      ['network', REST],
    ] as const;
    const sendfile = examined('sendfile', measuredWith(samples), { experiment: SOCKET });
    expect(verdictsOn(sendfile)['cpu-copy receive-queue > receiver-buffer']?.verdict).toBe('seen');
    expect(labelsOfContradictions(sendfile)).toEqual([]);
    const baseline = examined('read-write', measuredWith(samples), { experiment: SOCKET });
    expect(verdictsOn(baseline)['cpu-copy page-cache > user-buffer']?.verdict).toBe('not-seen');
  });

  test('a copy out of a mapped file is one of user addresses, one out of a pipe is not', () => {
    const mapped = examined(
      'mmap-write',
      measuredWith([
        ['copy-from-user', 300],
        ['filesystem', REST],
      ]),
    );
    expect(verdictsOn(mapped)['cpu-copy page-cache > destination-cache']?.verdict).toBe('seen');
    const piped = examined(
      'sendfile',
      measuredWith([
        ['copy-from-user', 300],
        ['filesystem', REST],
      ]),
    );
    expect(verdictsOn(piped)['cpu-copy pipe > destination-cache']?.verdict).toBe('not-seen');
  });

  test('in softirqs nothing is called absent that only CPU-wide samples would show', () => {
    const settings = { perfEventParanoid: 1, kptrRestrict: 0 };
    const tiers = tiersOf({ taskSamples: null, cpuWide: 'EACCES', tracepoint: null, symbols: null }, settings);
    const setting = { experiment: SOCKET, tiers };
    const silent = examined('msg-zerocopy', measuredWith([['network', 1000]]), setting);
    expect(verdictsOn(silent)['cpu-copy socket-buffer > receive-queue']?.verdict).toBe('not-observable');
    const wide = examined('msg-zerocopy', measuredWith([['network', 1000]]), { experiment: SOCKET });
    expect(verdictsOn(wide)['cpu-copy socket-buffer > receive-queue']?.verdict).toBe('not-seen');
    const seen = examined(
      'msg-zerocopy',
      measuredWith([
        ['network', REST],
        ['copy-undone', 200, 'kernel'],
      ]),
      setting,
    );
    expect(verdictsOn(seen)['cpu-copy socket-buffer > receive-queue']?.verdict).toBe('seen');
  });
});

describe('contradictions', () => {
  test('a hidden memcpy in splice contradicts both flows', () => {
    const result = examined(
      'splice',
      measuredWith([
        ['copy-user', 100],
        ['copy-page-cache', 200],
        ['filesystem', REST],
      ]),
    );
    expect(labelsOfContradictions(result)).toEqual([
      `${HERE}: copy-user`,
      'classic-0: copy-page-cache',
      'classic-0: copy-user',
    ]);
    expect(evidenceOf(result).contradictions[0]?.text).toContain('9.1 %');
  });

  test('a sendfile that reads and writes is given away by its copies, and by calls it did not count', () => {
    const liar = measuredWith(
      [
        ['copy-to-user', 100],
        ['copy-from-user', 100],
        ['filesystem', REST],
      ],
      {
        calls: { counted: 1, traced: 2048 },
      },
    );
    const result = examined('sendfile', liar, {
      one: { samples: [aSample(1, { sender: aCost({ calls: { sendfile: 1 } }) })] },
    });
    expect(labelsOfContradictions(result).filter((text) => text.startsWith(HERE))).toEqual([
      `${HERE}: uncounted-calls`,
      `${HERE}: copy-to-user`,
      `${HERE}: copy-from-user`,
    ]);
    expect(verdictsOn(result)['system-call sendfile']?.verdict).toBe('not-observable');
  });

  test('a few samples of a stranger are none', () => {
    const result = examined(
      'sendfile',
      measuredWith([
        ['copy-from-user', 20],
        ['copy-page-cache', 200],
        ['filesystem', REST],
      ]),
    );
    expect(labelsOfContradictions(result)).toEqual([]);
  });

  test('a receiver that should discard and copies contradicts the flow here, never a classic one', () => {
    const receiver = { kind: 'discard', bufferBytes: 65536, directory: null } as const;
    const samples = [
      ['copy-to-user', 300, 'receiver'],
      ['network', REST],
    ] as const;
    const result = examined('sendfile', measuredWith(samples), { experiment: { ...SOCKET, receiver } });
    expect(labelsOfContradictions(result)).toEqual([`${HERE}: copy-to-user`]);
  });

  test('lending undone, or undone at segmentation, contradicts what the mode is for', () => {
    const undone = measuredWith([
      ['copy-undone', 300, 'receiver'],
      ['network', REST],
    ]);
    expect(labelsOfContradictions(examined('msg-zerocopy', undone, { experiment: SOCKET }))).toEqual([
      `${PROMISED}: copy-undone`,
    ]);
    const link = { ...loopbackHost().interface, name: 'veth0', scatterGather: false } as Result['host']['interface'];
    const segmented = measuredWith([
      ['copy-segmentation', 300],
      ['network', REST],
    ]);
    const setting = { experiment: SOCKET, host: { interface: link } };
    expect(labelsOfContradictions(examined('sendfile', segmented, setting))).toContain(
      `${PROMISED}: copy-segmentation`,
    );
    expect(labelsOfContradictions(examined('read-write', segmented, setting))).not.toContain(
      `${PROMISED}: copy-segmentation`,
    );
  });
});

describe('references', () => {
  test('seen by the absence of a copy, gone where there is one', () => {
    const clean = examined(
      'splice',
      measuredWith([
        ['copy-page-cache', 200],
        ['filesystem', REST],
      ]),
    );
    expect(verdictsOn(clean)['page-reference page-cache > user-pipe']).toMatchObject({ verdict: 'seen', share: null });
    expect(verdictsOn(clean, 'classic-0')['page-reference user-pipe > destination-cache']?.verdict).toBe('not-seen');
    const few = examined('splice', measuredWith([['filesystem', 100]]));
    expect(verdictsOn(few)['page-reference page-cache > user-pipe']?.verdict).toBe('not-observable');
  });

  test('of blocks: by what the filesystem says is shared', () => {
    const sharing = (sharedBytes: number) => {
      const samples = [aSample(1, { observed: { sharedBytes } })];
      const result = examined('reflink', measuredWith([]), {
        one: { samples },
        host: { filesystem: { type: 'xfs', mountPoint: '/', device: '/dev/sda1', options: 'rw' } },
      });
      return verdictsOn(result)['page-reference disk > destination-disk']?.verdict;
    };
    expect(sharing(MIB)).toBe('seen');
    expect(sharing(0)).toBe('not-seen');
  });
});

describe('calls', () => {
  const calls = (counted: Readonly<Record<string, number>>, traced: number | null) => {
    const own = Object.values(counted).reduce((sum, count) => sum + count, 0);
    const measured = measuredWith([], { calls: traced === null ? null : { counted: own, traced } });
    return examined('read-write', measured, { one: { samples: [aSample(1, { sender: aCost({ calls: counted }) })] } });
  };

  test('seen by the count of the mode, and not where there is none', () => {
    // 1 MiB in buffers of 64 KiB.
    const verdict = verdictsOn(calls({ read: 16, write: 16 }, null))['system-call read'];
    expect(verdict).toMatchObject({ verdict: 'seen', reason: expect.stringContaining('16') });
    expect(verdictsOn(calls({ write: 16 }, null))['system-call read']?.verdict).toBe('not-seen');
  });

  test('the kernel may have seen a few more, and not many', () => {
    expect(verdictsOn(calls({ read: 16, write: 16 }, 36))['system-call read']?.verdict).toBe('seen');
    expect(verdictsOn(calls({ read: 16, write: 16 }, 37))['system-call read']?.verdict).toBe('not-observable');
    expect(labelsOfContradictions(calls({ read: 16, write: 16 }, 36))).toEqual([]);
  });
});

describe('of many objects', () => {
  // 64 of 16 KiB, each mapped by itself and written in two pieces.
  const moved = (minorFaults: number) =>
    examined('mmap-write', measuredWith([]), {
      one: {
        bufferBytes: 8192,
        options: { objectBytes: 16384, objectCount: 64 },
        samples: [
          aSample(1, { sender: aCost({ minorFaults, calls: { mmap: 64, write: 128, munmap: 64, open: 128 } }) }),
        ],
      },
    });

  test('calls are numbered by the flow, and each object faults by itself', () => {
    const verdicts = verdictsOn(moved(64));
    expect(verdicts['system-call write']?.reason).toContain('128; by the flow: 128');
    expect(verdicts['system-call mmap']?.reason).toContain('64; by the flow: 64');
    expect(verdicts['mapping page-cache > mapping']?.verdict).toBe('seen');
    expect(verdicts['fault mapping']?.reason).toContain('at most 64');
    expect(verdictsOn(moved(63))['mapping page-cache > mapping']?.verdict).toBe('not-seen');
  });
});

describe('mappings and faults', () => {
  const faulting = (minorFaults: number) =>
    examined('mmap-write', measuredWith([]), {
      experiment: { bytes: 64 * MIB },
      one: { bytes: 64 * MIB, samples: [aSample(1, { sender: aCost({ minorFaults }) })] },
    });

  test('seen from one fault for every huge page on', () => {
    expect(verdictsOn(faulting(32))['mapping page-cache > mapping']?.verdict).toBe('seen');
    expect(verdictsOn(faulting(31))['mapping page-cache > mapping']?.verdict).toBe('not-seen');
    expect(verdictsOn(faulting(1024))['fault mapping']).toMatchObject({
      verdict: 'seen',
      reason: expect.stringContaining('at most 1024'),
    });
  });
});

describe('passes over the payload, and waits', () => {
  const exchange = { path: 'process-to-process', peer: 'process' } as const;

  test('by samples of the program on the side that does it', () => {
    const result = examined(
      'pipe',
      measuredWith([
        ['user-code', 200],
        ['pipe', REST],
      ]),
      { experiment: exchange },
    );
    expect(verdictsOn(result)['touch producer-buffer']?.verdict).toBe('seen');
    expect(verdictsOn(result)['touch consumer-buffer']?.verdict).toBe('not-observable');
  });

  test('by the times the sender went to sleep', () => {
    const sleeping = (voluntarySwitches: number) =>
      verdictsOn(
        examined('direct', measuredWith([]), {
          one: { samples: [aSample(1, { sender: aCost({ voluntarySwitches }) })] },
        }),
      )['wait disk']?.verdict;
    expect(sleeping(16)).toBe('seen');
    expect(sleeping(0)).toBe('not-observable');
  });
});

describe('devices', () => {
  const disk = (readBytes: number, writtenBytes: number) => measuredWith([], { disk: { readBytes, writtenBytes } });
  const bare = { blockDevices: [], virtualised: null };

  test('a warm source was not read, a cold one was, and a virtual disk proves nothing', () => {
    const classic = (result: Result) => verdictsOn(result, 'classic-0')['dma-copy disk > page-cache']?.verdict;
    expect(classic(examined('read-write', disk(4096, 0), { host: bare }))).toBe('not-seen');
    expect(classic(examined('read-write', disk(GIB, 0), { host: bare }))).toBe('seen');
    expect(classic(examined('read-write', disk(GIB / 2, 0), { host: bare }))).toBe('not-observable');
    const virtio = {
      name: 'vda',
      alias: null,
      model: null,
      rotational: null,
      scheduler: null,
      logicalBlockBytes: 512,
      virtio: true,
    };
    expect(classic(examined('read-write', disk(GIB, 0), { host: { blockDevices: [virtio] } }))).toBe('not-observable');
    expect(classic(examined('read-write', disk(GIB, 0), { host: { virtualised: 'KVM' } }))).toBe('not-observable');
  });

  test('write-back is seen only where the transfer waited for it', () => {
    const step = 'dma-copy destination-cache > destination-disk';
    expect(verdictsOn(examined('read-write', disk(0, GIB), { host: bare }))[step]?.verdict).toBe('not-observable');
    const durable = { experiment: { durable: true }, host: bare };
    expect(verdictsOn(examined('read-write', disk(0, GIB), durable))[step]?.verdict).toBe('seen');
    expect(
      verdictsOn(examined('direct', disk(GIB, GIB), { host: bare }))['dma-copy user-buffer > destination-disk']
        ?.verdict,
    ).toBe('seen');
  });

  test('loopback has no NIC', () => {
    const sent = measuredWith([], { interface: { sentBytes: GIB, receivedBytes: GIB } });
    const result = examined('sendfile', sent, { experiment: SOCKET });
    expect(verdictsOn(result, 'classic-1')['dma-copy page-cache > nic']?.verdict).toBe('not-seen');
  });
});

describe('to another host', () => {
  const remote = { host: 'far.example', address: '192.0.2.1', port: 7411, way: 'direct' } as const;
  const eth = { ...(loopbackHost().interface as NonNullable<Host['interface']>), name: 'eth0' };
  const measured = measuredWith([
    ['network', 800],
    ['copy-to-user', 200],
  ]);
  const sent = { ...measured, interface: { sentBytes: measured.bytes, receivedBytes: 0 } };
  const toHost = (link: Partial<NonNullable<Host['interface']>>, one: Partial<Case> = {}) =>
    examined('msg-zerocopy', sent, {
      experiment: { path: 'file-to-socket', target: 'host', remote },
      host: { interface: { ...eth, ...link } },
      one,
    });

  test('nothing is said of what happens over there, but for the calls that were counted', () => {
    const verdicts = verdictsOn(toHost({ virtual: false }));
    expect(verdicts['cpu-copy receive-queue > receiver-buffer']).toMatchObject({
      verdict: 'not-observable',
      reason: expect.stringContaining('other side'),
    });
    expect(verdicts['dma-copy receiver-nic > receive-queue']).toMatchObject({ verdict: 'not-observable' });
    expect(verdicts['wire nic > receiver-nic']).toMatchObject({ verdict: 'seen' });
  });

  test('a virtual interface that undid every send has the copy in its flow, so that it is no contradiction', () => {
    const undone = { sent: 4, completed: 4, copied: 4 };
    const samples = [aSample(1, { zerocopy: undone })];
    const result = (one: Partial<Case>) =>
      verdictsOn(toHost({ virtual: true }, one))['cpu-copy socket-buffer > receive-queue'];
    expect(result({ samples })).toBeDefined();
    expect(result({ zerocopy: undone })).toBeDefined();
    expect(result({ zerocopy: { ...undone, copied: 3 } })).toBeUndefined();
  });
});
