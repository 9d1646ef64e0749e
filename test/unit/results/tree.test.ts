/** What the tree shows: groups, filter, words and abilities, without VS Code. */
import { describe, expect, test } from 'vitest';
import { abilitiesOf, type Entry, entryOf } from '../../../src/extension/results/entry.ts';
import { dayWords, filtered, grouped } from '../../../src/extension/results/groups.ts';
import { descriptionOf, iconOf, labelOf, tooltipOf } from '../../../src/extension/results/words.ts';
import { thisProcess } from '../../../src/lab/processIdentity.ts';
import { headOfWhole } from '../../../src/lab/resultHead.ts';
import { resultText } from '../../../src/lab/resultText.ts';
import type { Case } from '../../../src/model/result/case.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { aCompleteResult, aHost, anExperiment, aPlannedResult, aSocketExperiment } from '../fixtures.ts';

/** As the list gives it for a file of this document. */
function entry(result: Result, name = 'a'): Entry {
  return entryOf({ file: `/data/.zero-copy/${name}.zcresult.json`, head: headOfWhole(resultText(result), name) });
}

const damaged = entryOf({ file: '/data/.zero-copy/bad.zcresult.json', head: headOfWhole('{ "format"', 'bad') });

/** A result in which a mode is twice as fast as all others. */
function wonBy(mode: string, changes: Partial<Result> = {}): Result {
  const walls = (one: Case) => Array.from({ length: 6 }, (_, round) => (one.mode === mode ? 5e5 : 1e6) + round);
  return { ...aCompleteResult(walls), ...changes };
}

const died = aPlannedResult();
const running = { ...aPlannedResult(), process: thisProcess() };
const elsewhere = aPlannedResult(anExperiment(), aHost({ name: 'far-away' }));
const undecided = aCompleteResult();
/** Another version's document: only its head can be read. */
const newer = entryOf({
  file: '/data/new.zcresult.json',
  head: { ok: true, value: { ...(entry(undecided) as Extract<Entry, { kind: 'result' }>).head, version: 99 } },
});

/** At local time, whatever the time zone. */
function at(year: number, month: number, day: number, hour = 12): string {
  return new Date(year, month - 1, day, hour).toISOString();
}

describe('groups', () => {
  const results = [
    { ...undecided, startedAt: at(2026, 11, 20, 23), host: aHost({ name: 'ada' }), label: '1' },
    { ...undecided, startedAt: at(2026, 11, 21, 1), host: aHost({ name: 'ada' }), label: '2' },
    { ...undecided, startedAt: at(2026, 11, 21, 9), host: aHost({ name: 'ada' }), label: '3' },
    { ...undecided, startedAt: at(2026, 11, 22), host: aHost({ name: 'grace' }), label: '4' },
    { ...undecided, startedAt: at(2025, 1, 1), host: aHost({ name: 'grace' }), label: '5' },
  ].map((result, index) => entry(result, String(index)));

  test('are hosts by their latest result, then days, then results, the latest first; what tells nothing is last', () => {
    const labels = grouped([damaged, ...results]).map(({ host, count, days }) => ({
      host,
      count,
      days: days.map(({ day, entries }) => [
        day,
        entries.map((one) => (one.kind === 'result' ? one.head.label : null)),
      ]),
    }));
    expect(labels).toEqual([
      {
        host: 'grace',
        count: 2,
        days: [
          ['2026-11-22', ['4']],
          ['2025-01-01', ['5']],
        ],
      },
      {
        host: 'ada',
        count: 3,
        days: [
          ['2026-11-21', ['3', '2']],
          ['2026-11-20', ['1']],
        ],
      },
      { host: null, count: 1, days: [[null, [null]]] },
    ]);
  });

  test('of nothing are none', () => {
    expect(grouped([])).toEqual([]);
  });

  test('days are named as people do', () => {
    const now = new Date(2026, 10, 1, 0, 30);
    expect(dayWords('2026-11-01', now, 'en')).toBe('Today');
    expect(dayWords('2026-10-31', now, 'en')).toBe('Yesterday');
    expect(dayWords('2026-10-30', now, 'en')).toBe('Fri, Oct 30');
    expect(dayWords('2025-11-01', now, 'en')).toBe('Sat, Nov 1, 2025');
  });
});

describe('a filter', () => {
  const quick = entry(wonBy('sendfile', { label: 'Before the Upgrade', host: aHost({ name: 'lovelace' }) }), 'quick');
  const socket = entry(aCompleteResult(undefined, aSocketExperiment({ preset: 'seed', modes: ['splice'] })), 'socket');
  const dead = entry(died, 'dead');
  const all = [quick, socket, dead, damaged];

  test.each([
    { filter: '', hits: all },
    { filter: '   ', hits: all },
    { filter: 'UPGRADE', hits: [quick] },
    { filter: 'lovelace', hits: [quick] },
    { filter: 'seed', hits: [socket] },
    { filter: 'splice', hits: [socket] },
    { filter: 'file-to-socket', hits: [socket] },
    { filter: 'file to socket', hits: [socket] },
    { filter: 'interrupted', hits: [dead] },
    { filter: 'complete', hits: [quick, socket] },
    { filter: 'unreadable', hits: [damaged] },
    { filter: 'lovelace sendfile', hits: [quick] },
    { filter: 'lovelace splice', hits: [] },
  ])('“$filter”', ({ filter, hits }) => {
    expect(filtered(all, filter)).toEqual(hits);
  });
});

describe('an entry', () => {
  const time = /^\d+:30 (AM|PM) /;
  const when = { startedAt: at(2026, 11, 21).replace(':00:00', ':30:00') };

  test('is called by its time and its preset, or by the name the user gave', () => {
    expect(labelOf(entry({ ...undecided, ...when }), 'en')).toMatch(new RegExp(`${time.source}quick$`));
    expect(labelOf(entry({ ...undecided, ...when, label: 'mine' }), 'en')).toMatch(new RegExp(`${time.source}mine$`));
    const custom = { ...undecided, ...when, experiment: anExperiment({ preset: null, cache: 'cold' }) };
    expect(labelOf(entry(custom), 'en')).toMatch(new RegExp(`${time.source}custom, cold$`));
    expect(labelOf(damaged, 'en')).toBe('bad');
  });

  test.each([
    { name: 'won', one: entry(wonBy('sendfile')), says: 'sendfile 2,000 MiB/s' },
    { name: 'won with a buffer', one: entry(wonBy('mmap-write')), says: 'mmap + write 64 KiB 2,000 MiB/s' },
    { name: 'undecided', one: entry(undecided), says: 'no winner' },
    { name: 'partial', one: entry(wonBy('sendfile', { status: 'partial' })), says: 'partial, sendfile 2,000 MiB/s' },
    { name: 'failed', one: entry({ ...undecided, status: 'failed' }), says: 'failed' },
    { name: 'running', one: entry(running), says: 'running' },
    { name: 'running elsewhere', one: entry(elsewhere), says: 'running on another host' },
    { name: 'interrupted', one: entry(died), says: 'interrupted' },
    { name: 'newer', one: newer, says: 'newer format' },
    { name: 'unreadable', one: damaged, says: 'unreadable' },
    {
      name: 'of hazards',
      one: entry({ ...undecided, experiment: anExperiment({ kind: 'hazards' }) }),
      says: '',
    },
    {
      name: 'of one rate',
      one: entry(wonBy('sendfile', { experiment: anExperiment({ kind: 'equal-rate' }) })),
      says: 'sendfile, 0.50x the CPU time',
    },
  ])('that is $name says so', ({ one, says }) => {
    expect(descriptionOf(one)).toBe(says);
  });

  test('has the icon of its path, or of what is wrong with it', () => {
    const between = { ...undecided, experiment: anExperiment({ path: 'process-to-process' }) };
    expect(iconOf(entry(undecided))).toBe('files');
    expect(iconOf(entry({ ...undecided, experiment: aSocketExperiment() }))).toBe('plug');
    expect(iconOf(entry(between))).toBe('arrow-swap');
    expect([running, elsewhere, { ...undecided, status: 'failed' as const }].map((one) => iconOf(entry(one)))).toEqual([
      'sync~spin',
      'remote',
      'error',
    ]);
    expect([newer, damaged].map(iconOf)).toEqual(['lock', 'warning']);
  });

  test('tells all that is known when asked', () => {
    const told = tooltipOf(entry(wonBy('sendfile', { label: 'a | b_c' })), 'en');
    expect(told).toContain('**a \\| b\\_c**');
    for (const row of [
      /\| Host \| \S+/,
      /\| Kernel \| 6\\\.1\\\.0 \|/,
      /\| Path \| File to file \|/,
      /\| Preset \| quick \|/,
      /\| Rounds \| 6 \|/,
      /\| Status \| complete \|/,
      /\| Winner \| sendfile: 2,000 .* MiB\/s, 2\\\.00x .* the speed of its baseline \|/,
      /\| File \| a \|/,
    ]) {
      expect(told).toMatch(row);
    }
  });

  test('tells why it is not whole', () => {
    const reason = { code: 'ENOSPC', message: 'The disk is full.', hint: 'Free some space.' };
    expect(tooltipOf(entry({ ...undecided, status: 'failed', reason }), 'en')).toContain('failed: The disk is full');
    expect(tooltipOf(entry(died), 'en')).toContain('open it to keep what was measured');
    expect(tooltipOf(newer, 'en')).toContain('update Zero\\-Copy Lab');
    expect(tooltipOf(damaged, 'en')).toMatch(/bad is cut off or damaged/);
  });

  test('allows what can be done with it', () => {
    const whole = ['label', 'delete', 'compare'];
    for (const one of [undecided, died, { ...undecided, status: 'partial' as const }]) {
      expect(abilitiesOf(entry(one), false)).toEqual(whole);
    }
    expect(abilitiesOf(entry(undecided), true)).toEqual([...whole, 'reveal']);
    expect(abilitiesOf(entry(running), true)).toEqual(['reveal']);
    for (const one of [entry(elsewhere), newer, damaged]) expect(abilitiesOf(one, false)).toEqual(['delete']);
  });
});
