import { describe, expect, test } from 'vitest';
import type { CounterTexts } from '../../src/lab/noise/counters.ts';
import { countersOf } from '../../src/lab/noise/counters.ts';
import { changeBetween } from '../../src/lab/noise/readings.ts';
import { applyEvent } from '../../src/model/events.ts';
import { applyRules } from '../../src/model/findings/rule.ts';
import { noiseRules } from '../../src/model/noise.ts';
import { MOST_READINGS, withReading } from '../../src/model/noiseReadings.ts';
import type { NoiseReading } from '../../src/model/result/noise.ts';
import { MIB } from '../../src/model/units.ts';
import { aPlannedResult } from './fixtures.ts';

/** As a virtual machine with Linux 6.18 gave them, shortened; with guests of its own added. */
const RECORDED: CounterTexts = {
  stat: [
    'cpu  1771517 104710 1021924 1881288 39870 0 41071 9708 5000 60',
    'cpu0 873201 53363 508225 959941 17234 0 17902 4828 0 0',
    'cpu1 898316 51347 513699 921347 22636 0 23169 4880 0 0',
    'intr 123456 0 0',
    'ctxt 987654321',
    'procs_running 3',
    'procs_blocked 0',
  ].join('\n'),
  cpuPressure: [
    'some avg10=4.26 avg60=32.64 avg300=36.45 total=9051970384',
    'full avg10=0.00 avg60=0.00 avg300=0.00 total=0',
  ].join('\n'),
  ioPressure: [
    'some avg10=0.00 avg60=0.10 avg300=0.22 total=131072345',
    'full avg10=0.00 avg60=0.05 avg300=0.11 total=65536000',
  ].join('\n'),
  cpuinfo: ['processor\t: 0', 'cpu MHz\t\t: 2596.148', '', 'processor\t: 1', 'cpu MHz\t\t: 2500.000'].join('\n'),
  frequencies: [],
  diskstats: [
    '   7       0 loop0 28202 5823 5571122 9003 69676 4014 16533445 49778 0 21792 66714 13 0 1525264 0 4808 7932',
    ' 254       0 vda 901 12 70000 300 5000 400 123456 900 0 1000 1200 0 0 0 0 0 0',
    ' 254       1 vda1 900 12 69000 300 5000 400 123000 900 0 1000 1200',
  ].join('\n'),
  ownIo: 'rchar: 6976\nwchar: 10\nsyscr: 10\nsyscw: 1\nread_bytes: 0\nwrite_bytes: 81920\ncancelled_write_bytes: 8192',
};

describe('the counters of a host', () => {
  test('as the kernel writes them', () => {
    expect(countersOf(RECORDED, 'vda')).toEqual({
      // Guest time, the last two, is within user time.
      ticks: { all: 1771517 + 104710 + 1021924 + 1881288 + 39870 + 41071 + 9708, stolen: 9708 },
      runnable: 3,
      cpuStalledUs: 9051970384,
      ioStalledUs: 131072345,
      mhz: (2596.148 + 2500) / 2,
      diskWrittenBytes: 123456 * 512,
      ownWrittenBytes: 81920 - 8192,
    });
    expect(countersOf(RECORDED, 'vda1').diskWrittenBytes).toBe(123000 * 512);
  });

  test('what is not there is null: no pressure (CONFIG_PSI), no such disk, nothing readable at all', () => {
    const without = countersOf({ ...RECORDED, cpuPressure: null, ioPressure: '' }, 'sda');
    expect(without).toMatchObject({ cpuStalledUs: null, ioStalledUs: null, diskWrittenBytes: null, runnable: 3 });
    expect(countersOf(RECORDED, null).diskWrittenBytes).toBeNull();
    const unreadable: CounterTexts = {
      stat: null,
      cpuPressure: null,
      ioPressure: null,
      cpuinfo: null,
      frequencies: [],
      diskstats: null,
      ownIo: null,
    };
    for (const value of Object.values(countersOf(unreadable, 'vda'))) expect(value).toBeNull();
  });

  test('an Arm machine has its frequencies elsewhere', () => {
    const cpuinfo = 'processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd';
    expect(countersOf({ ...RECORDED, cpuinfo, frequencies: [1800000, 2400000] }, null).mhz).toBe(2100);
    expect(countersOf({ ...RECORDED, cpuinfo }, null).mhz).toBeNull();
  });
});

describe('what happened between two states of the counters', () => {
  const before = countersOf(RECORDED, 'vda');

  test('shares of the time, and what others wrote', () => {
    const after = {
      ...before,
      ticks: { all: (before.ticks?.all ?? 0) + 200, stolen: 9708 + 10 },
      runnable: 7,
      cpuStalledUs: 9051970384 + 500_000,
      ioStalledUs: 131072345 + 250_000,
      mhz: 3000,
      diskWrittenBytes: 123456 * 512 + 5 * MIB,
      ownWrittenBytes: 73728 + 2 * MIB,
    };
    expect(changeBetween(before, after, 1000, 0)).toEqual({
      reading: {
        stealShare: 0.05,
        runnable: 7,
        cpuPressure: 0.5,
        ioPressure: 0.25,
        mhz: 3000,
        othersWrittenBytes: 3 * MIB,
      },
      unwritten: 0,
    });
  });

  test('our own bytes are ours when they reach the disk later, and not at all once their file is gone', () => {
    const state = (disk: number, own: number) => ({
      ...before,
      diskWrittenBytes: disk * MIB,
      ownWrittenBytes: own * MIB,
    });
    // We write 64 MiB, and none of it reaches the disk yet; then 40 do; then 30 more, of which 24 are ours.
    const first = changeBetween(state(0, 0), state(0, 64), 1000, 0);
    expect([first.reading.othersWrittenBytes, first.unwritten]).toEqual([0, 64 * MIB]);
    const second = changeBetween(state(0, 64), state(40, 64), 1000, first.unwritten);
    expect([second.reading.othersWrittenBytes, second.unwritten]).toEqual([0, 24 * MIB]);
    const third = changeBetween(state(40, 64), state(70, 64), 1000, second.unwritten);
    expect([third.reading.othersWrittenBytes, third.unwritten]).toEqual([6 * MIB, 0]);
    const gone = changeBetween(state(0, 64), state(10, 0), 1000, 64 * MIB);
    expect([gone.reading.othersWrittenBytes, gone.unwritten]).toEqual([10 * MIB, 0]);
  });

  test('nothing is made up where no tick has passed, or a file is missing', () => {
    const { reading } = changeBetween(before, before, 3, 0);
    expect(reading).toMatchObject({ stealShare: null, cpuPressure: 0, othersWrittenBytes: 0 });
    const blind = { ...before, ticks: null, cpuStalledUs: null, ioStalledUs: null, ownWrittenBytes: null };
    expect(changeBetween(blind, before, 1000, 0).reading).toMatchObject({
      stealShare: null,
      cpuPressure: null,
      ioPressure: null,
      othersWrittenBytes: null,
    });
  });
});

function aReading(changes: Partial<NoiseReading> = {}): NoiseReading {
  return {
    atMs: 1000,
    stealShare: 0,
    runnable: 1,
    cpuPressure: 0,
    ioPressure: 0,
    mhz: 2000,
    othersWrittenBytes: 0,
    ...changes,
  };
}

describe('the readings of a run', () => {
  test('stay within bounds, however long it takes, and keep what was written and how the time was shared', () => {
    let readings: NoiseReading[] = [];
    const seconds = 5000;
    for (let second = 1; second <= seconds; second++) {
      // All of the steal is in the first tenth of the run.
      const stealShare = second <= seconds / 10 ? 0.5 : 0;
      readings = withReading(readings, aReading({ atMs: second * 1000, stealShare, othersWrittenBytes: 7 }));
      expect(readings.length).toBeLessThanOrEqual(MOST_READINGS);
    }
    expect(readings.at(-1)?.atMs).toBe(seconds * 1000);
    expect(readings.reduce((sum, { othersWrittenBytes }) => sum + (othersWrittenBytes ?? 0), 0)).toBe(7 * seconds);
    const stolen = readings.reduce(
      (sum, { stealShare, atMs }, index) => sum + (stealShare ?? 0) * (atMs - (readings[index - 1]?.atMs ?? 0)),
      0,
    );
    expect(stolen).toBeCloseTo((seconds / 10) * 1000 * 0.5, 6);
    const times = readings.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('a quantity that is not known stays unknown', () => {
    let readings: NoiseReading[] = [];
    for (let second = 1; second <= MOST_READINGS + 1; second++) {
      readings = withReading(readings, aReading({ atMs: second * 1000, mhz: null, othersWrittenBytes: null }));
    }
    expect(readings).toHaveLength(MOST_READINGS / 2 + 1);
    for (const reading of readings) expect(reading).toMatchObject({ mhz: null, othersWrittenBytes: null, runnable: 1 });
  });

  test('are events of the run', () => {
    const reading = aReading();
    expect(applyEvent(aPlannedResult(), { type: 'noise', reading }).noise).toEqual([reading]);
  });
});

describe('warnings', () => {
  const kinds = (...noise: Partial<NoiseReading>[]) =>
    applyRules(noiseRules, {
      ...aPlannedResult(),
      noise: noise.map((changes, index) => aReading({ atMs: (index + 1) * 1000, ...changes })),
    }).map(({ kind }) => kind);

  test('none for a quiet host, for one of which nothing is known, and without readings', () => {
    expect(kinds()).toEqual([]);
    expect(kinds({}, {}, {})).toEqual([]);
    const unknown = {
      stealShare: null,
      runnable: null,
      cpuPressure: null,
      ioPressure: null,
      mhz: null,
      othersWrittenBytes: null,
    };
    expect(kinds(unknown, unknown)).toEqual([]);
  });

  test.each([
    { name: 'steal', quiet: { stealShare: 0.02 }, noisy: { stealShare: 0.021 }, kind: 'noise-steal' },
    { name: 'CPU pressure', quiet: { cpuPressure: 0.2 }, noisy: { cpuPressure: 0.21 }, kind: 'noise-cpu' },
    {
      name: 'other writers',
      quiet: { othersWrittenBytes: 10 * MIB },
      noisy: { othersWrittenBytes: 11 * MIB },
      kind: 'noise-writers',
    },
  ])('$name: not at the threshold, and beyond', ({ quiet, noisy, kind }) => {
    expect(kinds(quiet, quiet)).toEqual([]);
    expect(kinds(noisy, noisy)).toEqual([kind]);
  });

  test('a clock that varied by more than a tenth', () => {
    expect(kinds({ mhz: 1800 }, { mhz: 2000 })).toEqual([]);
    expect(kinds({ mhz: 2000 }, { mhz: 1700 }, { mhz: 1900 })).toEqual(['noise-frequency']);
  });

  test('steal counts for as long as it lasted; one bad second of pressure is not the run', () => {
    expect(kinds({ atMs: 10, stealShare: 1 }, { atMs: 10_000, stealShare: 0 })).toEqual([]);
    expect(kinds({ cpuPressure: 0.9 }, { cpuPressure: 0 }, { cpuPressure: 0.1 })).toEqual([]);
  });

  test('each is one sentence with its figure', () => {
    const noise = [aReading({ stealShare: 0.25, cpuPressure: 0.5, othersWrittenBytes: 64 * MIB })];
    const texts = applyRules(noiseRules, { ...aPlannedResult(), noise }).map(({ text }) => text);
    expect(texts[0]).toMatch(/25 % of the CPU time/);
    expect(texts[1]).toMatch(/In 50 % of the time/);
    expect(texts[2]).toMatch(/Others wrote 64 MiB\/s/);
  });
});
