/** The step player: what a moment shows, how it is moved through, and that it ends at the counts of the flow. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsForChunk, countsForTransfer, countsOfSides, type Flow } from '../../src/model/flow.ts';
import { callSettingsOf, transferShape } from '../../src/model/modes/calls.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import {
  AT_REST,
  countsAfter,
  momentAt,
  type PlayerAction,
  type PlayerState,
  playerAfter,
  SPEEDS,
  stopMs,
  stopsOf,
  TRANSFER_STOPS,
} from '../../src/model/player.ts';
import { agreementOf, type Reading, readingsAt, type Transfer } from '../../src/model/readings.ts';
import type { Case } from '../../src/model/result/case.ts';
import { summarise } from '../../src/model/summary.ts';
import { MIB } from '../../src/model/units.ts';
import { factsFor, TO_HOST, variants } from '../facts.ts';
import { aCost, anExperiment, aPlannedResult, aSample } from './fixtures.ts';

const flows: readonly { name: string; mode: ModeDescriptor; flow: Flow }[] = modeDescriptors().flatMap((mode) => [
  ...mode.classic.map(({ path, title, flow }) => ({ name: `${title}, ${path}`, mode, flow })),
  ...mode.paths.flatMap((path) =>
    variants(path).map(([what, facts]) => ({
      name: `${mode.id} here, ${path}, ${what}`,
      mode,
      flow: mode.here(facts),
    })),
  ),
]);

/** Five steps: a call, two copies, a call, a copy by a device. */
const FIVE: Flow = {
  steps: [
    { kind: 'system-call', call: 'read', into: 'page-cache', per: { each: 'call' }, text: 'read' },
    { kind: 'cpu-copy', from: 'page-cache', to: 'user-buffer', per: { each: 'call' }, text: 'out' },
    { kind: 'system-call', call: 'write', into: 'destination-cache', per: { each: 'call' }, text: 'write' },
    { kind: 'cpu-copy', from: 'user-buffer', to: 'destination-cache', per: { each: 'call' }, text: 'in' },
    {
      kind: 'dma-copy',
      from: 'destination-cache',
      to: 'destination-disk',
      per: { each: 'page' },
      text: 'back',
      later: true,
    },
  ],
};

function after(...actions: readonly PlayerAction[]): PlayerState {
  return actions.reduce((state, action) => playerAfter(state, action, FIVE), AT_REST);
}

const actions: fc.Arbitrary<PlayerAction> = fc.oneof(
  fc.constantFrom<PlayerAction>(
    ...(['play', 'pause', 'forward', 'back', 'home', 'end', 'rest', 'next'] as const).map((type) => ({ type })),
  ),
  fc.record({ type: fc.constant('scrub' as const), position: fc.double({ min: -3, max: 20, noNaN: true }) }),
  fc.record({ type: fc.constant('speed' as const), speed: fc.constantFrom(...SPEEDS) }),
  fc.record({ type: fc.constant('scope' as const), scope: fc.constantFrom('chunk' as const, 'transfer' as const) }),
  fc.record({ type: fc.constant('tick' as const), elapsedMs: fc.integer({ min: 0, max: 5000 }) }),
);

describe('one chunk', () => {
  test.each(flows)('$name: the last moment has the counts of the chunk, and none goes back', ({ flow }) => {
    const end = stopsOf(flow, 'chunk');
    expect(momentAt(flow, end)).toEqual({
      step: end - 1,
      travelled: 1,
      counts: countsForChunk(flow),
      sides: countsOfSides(flow),
    });
    let before = momentAt(flow, 0);
    expect(before).toMatchObject({
      step: null,
      travelled: 0,
      counts: { crossings: 0, atMost: false, cpuCopies: 0, dmaCopies: 0 },
    });
    for (let position = 0; position <= end; position += 0.25) {
      const moment = momentAt(flow, position);
      for (const count of ['crossings', 'cpuCopies', 'dmaCopies'] as const) {
        expect(moment.counts[count]).toBeGreaterThanOrEqual(before.counts[count]);
      }
      before = moment;
    }
  });

  test('at a whole position the step is done: its chunk has arrived and is counted', () => {
    expect(momentAt(FIVE, 1)).toMatchObject({ step: 0, travelled: 1, counts: { crossings: 2, cpuCopies: 0 } });
    expect(momentAt(FIVE, 4)).toMatchObject({ step: 3, travelled: 1, counts: { crossings: 4, cpuCopies: 2 } });
    expect(countsAfter(FIVE, 5)).toEqual({ crossings: 4, atMost: false, cpuCopies: 2, dmaCopies: 1 });
  });

  test('in between the chunk travels, and counts when it arrives', () => {
    expect(momentAt(FIVE, 1.3)).toMatchObject({ step: 1, counts: { cpuCopies: 0 } });
    expect(momentAt(FIVE, 1.3).travelled).toBeCloseTo(0.4);
    expect(momentAt(FIVE, 1.8)).toMatchObject({ step: 1, travelled: 1, counts: { cpuCopies: 1 } });
  });
});

describe('the player', () => {
  test('whatever is done, the position is one of the flow', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (all) => {
        const state = after(...all);
        expect(state.position).toBeGreaterThanOrEqual(0);
        expect(state.position).toBeLessThanOrEqual(stopsOf(FIVE, state.scope));
      }),
    );
  });

  test('played for long enough, it rests at the end', () => {
    const played = after({ type: 'play' }, { type: 'tick', elapsedMs: 5 * stopMs(AT_REST) });
    expect(played).toEqual({ ...AT_REST, position: 5, phase: 'resting' });
    expect(after({ type: 'play' }, { type: 'tick', elapsedMs: 4.5 * stopMs(AT_REST) })).toMatchObject({
      position: 4.5,
      phase: 'playing',
    });
  });

  test('time passes only while it plays, and as fast as was asked for', () => {
    const tick = { type: 'tick', elapsedMs: stopMs(AT_REST) } as const;
    expect(after(tick)).toEqual(AT_REST);
    expect(after({ type: 'play' }, { type: 'pause' }, tick)).toEqual({ ...AT_REST, phase: 'paused' });
    for (const speed of SPEEDS) {
      expect(after({ type: 'speed', speed }, { type: 'play' }, tick).position).toBe(speed);
    }
  });

  test('play goes on where it was, and from the start when it was at the end', () => {
    expect(after({ type: 'scrub', position: 2.5 }, { type: 'play' })).toMatchObject({
      position: 2.5,
      phase: 'playing',
    });
    expect(after({ type: 'end' }, { type: 'play' })).toMatchObject({ position: 0, phase: 'playing' });
  });

  test('steps go from whole to whole, stop it, and stay within', () => {
    expect(after({ type: 'forward' })).toMatchObject({ position: 1, phase: 'paused' });
    expect(after({ type: 'scrub', position: 2.5 }, { type: 'forward' }).position).toBe(3);
    expect(after({ type: 'scrub', position: 2.5 }, { type: 'back' }).position).toBe(2);
    expect(after({ type: 'play' }, { type: 'forward' }).phase).toBe('paused');
    expect(after({ type: 'end' }, { type: 'forward' }).position).toBe(5);
    expect(after({ type: 'home' }, { type: 'back' }).position).toBe(0);
  });

  test('next goes through every whole step, and rests after the last', () => {
    const next = { type: 'next' } as const;
    const seen = [1, 2, 3, 4, 5, 6].map((times) => after({ type: 'play' }, ...Array(times).fill(next)));
    expect(seen.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 5]);
    expect(seen.map(({ phase }) => phase)).toEqual([...Array(5).fill('playing'), 'resting']);
    expect(after(next)).toEqual(AT_REST);
    expect(after({ type: 'scrub', position: 2.5 }, { type: 'play' }, next).position).toBe(3);
  });

  test('another scope starts at rest, at the same speed', () => {
    const state = after({ type: 'speed', speed: 4 }, { type: 'end' }, { type: 'scope', scope: 'transfer' });
    expect(state).toEqual({ position: 0, phase: 'resting', speed: 4, scope: 'transfer' });
    expect(after({ type: 'scope', scope: 'transfer' }, { type: 'end' }).position).toBe(TRANSFER_STOPS);
    expect(after({ type: 'forward' }, { type: 'scope', scope: 'chunk' })).toMatchObject({ position: 1 });
  });
});

describe('the whole transfer', () => {
  const BYTES = 3 * MIB + 1234;
  const READ_WRITE = modeDescriptors().find(({ id }) => id === 'read-write') as ModeDescriptor;
  const unmeasured = (bytes: number, bufferBytes: number | null): Transfer['one'] => ({
    bytes,
    bufferBytes,
    options: {},
    samples: [],
    summary: null,
  });
  const nowOf = (readings: readonly Reading[]) => Object.fromEntries(readings.map(({ id, now }) => [id, now]));

  test.each(flows)('$name: ends at the counts of the transfer, from nothing, and none goes back', ({ mode, flow }) => {
    const one = unmeasured(BYTES, mode.chunk === 'whole' ? null : 65536);
    const at = (fraction: number) => readingsAt({ mode, flow, one, twoEnds: false }, fraction);
    const counts = countsForTransfer(flow, transferShape(mode, callSettingsOf(one), BYTES));
    const { faults, ...end } = nowOf(at(1));
    const { crossings, cpuCopiedBytes, dmaBytes } = counts;
    expect(end).toEqual({ crossings, cpuCopiedBytes, dmaBytes, ...counts.calls });
    expect(at(1).every(({ now, total }) => now === total)).toBe(true);
    expect(at(0).every(({ now }) => now === 0)).toBe(true);
    expect(faults).toBeGreaterThanOrEqual((crossings - 2 * Object.values(counts.calls).reduce((a, b) => a + b, 0)) / 2);
    let before = at(0);
    for (let tenth = 1; tenth <= 10; tenth++) {
      const readings = at(tenth / 10);
      for (const [nth, { now }] of readings.entries()) expect(now).toBeGreaterThanOrEqual(before[nth]?.now ?? 0);
      before = readings;
    }
  });

  test('half way it counts what a transfer of half the bytes would', () => {
    const one = unmeasured(10 * 65536, 65536);
    expect(nowOf(readingsAt({ mode: READ_WRITE, flow: FIVE, one, twoEnds: false }, 0.5))).toMatchObject({
      crossings: 20,
      read: 5,
      write: 5,
      cpuCopiedBytes: 10 * 65536,
    });
  });

  test('beside it stands what the samples counted, and whether both agree', () => {
    const sample = (round: number, read: number) =>
      aSample(round, { sender: aCost({ calls: { read, write: 10, poll: 1 } }) });
    const samples = [sample(0, 99), sample(1, 11), sample(2, 11), sample(3, 12)];
    const plan = aPlannedResult(anExperiment({ modes: ['read-write'], bytes: 10 * 65536 }));
    const [one] = summarise({ ...plan, cases: plan.cases.map((each) => ({ ...each, samples })) }).cases;
    const readings = readingsAt({ mode: READ_WRITE, flow: FIVE, one: one as Case, twoEnds: false }, 1);
    const told = Object.fromEntries(readings.map((each) => [each.id, [each.total, each.measured, agreementOf(each)]]));
    expect(told).toEqual({
      crossings: [40, 44, 'more'],
      read: [10, 11, 'more'],
      write: [10, 10, 'same'],
      poll: [0, 1, 'more'],
      faults: [0, 0, 'same'],
      cpuCopiedBytes: [20 * 65536, null, null],
      dmaBytes: [10 * 65536, null, null],
    });
  });

  test('of two ends each has its own: a receiver counts its calls, and no step tells how many they are', () => {
    const receiver = aCost({ calls: { recv: 7 } });
    const samples = [1, 2, 3].map((round) => aSample(round, { sender: aCost({ calls: { sendfile: 1 } }), receiver }));
    const one = { ...unmeasured(BYTES, null), samples };
    const mode = modeDescriptors().find(({ id }) => id === 'sendfile') as ModeDescriptor;
    const flow = mode.here(factsFor('file-to-socket', TO_HOST));
    const readings = readingsAt({ mode, flow, one, twoEnds: true }, 1);
    const of = (side: Reading['side']) =>
      Object.fromEntries(
        readings.filter((each) => each.side === side).map((each) => [each.id, [each.now, each.measured]]),
      );
    expect(of('sender')).toMatchObject({ crossings: [2, null], cpuCopiedBytes: [0, null], dmaBytes: [BYTES, null] });
    expect(of('receiver')).toEqual({
      crossings: [null, 14],
      recv: [null, 7],
      cpuCopiedBytes: [BYTES, null],
      dmaBytes: [BYTES, null],
    });
  });

  test('fewer than a bound is within it, fewer than an exact count is not', () => {
    const reading: Reading = {
      side: 'sender',
      id: 'a',
      name: 'a',
      unit: 'times',
      now: 0,
      total: 10,
      atMost: true,
      measured: 9,
    };
    expect(agreementOf(reading)).toBe('within');
    expect(agreementOf({ ...reading, atMost: false })).toBe('fewer');
    expect(agreementOf({ ...reading, measured: 11 })).toBe('more');
  });
});
