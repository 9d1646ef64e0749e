import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultToCsv } from '../../src/model/csv.ts';
import { spreadsheetText } from '../../src/model/plainText.ts';
import { describeSystemError } from '../../src/model/problems.ts';
import type { Result } from '../../src/model/result/result.ts';
import {
  formatBytes,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRatio,
  mibPerSecond,
  parseBytes,
} from '../../src/model/units.ts';
import { describeDifference } from '../../src/model/verification.ts';
import { aCompleteResult, aCost, aPlannedResult, aSample } from './fixtures.ts';

/** A reader of RFC 4180 of the test's own. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      at++;
      while (!(text[at] === '"' && text[at + 1] !== '"')) {
        if (text[at] === '"') at++;
        field += text[at++];
      }
      at++;
    } else {
      while (at < text.length && !/[,\r]/.test(text[at] as string)) field += text[at++];
    }
    row.push(field);
    if (text[at] === ',') {
      at++;
      continue;
    }
    expect(text.slice(at, at + 2)).toBe('\r\n');
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('CSV', () => {
  const one = aPlannedResult().cases[0] as Result['cases'][number];
  const withCase = (changes: Partial<typeof one>): Result => ({ ...aPlannedResult(), cases: [{ ...one, ...changes }] });

  test('has a row per sample under a heading, every row as long as the heading', () => {
    const result = aCompleteResult();
    const [heading, ...rows] = readCsv(resultToCsv(result));
    expect(new Set(heading).size).toBe(heading?.length);
    expect(rows).toHaveLength(result.cases.flatMap((each) => each.samples).length);
    for (const row of rows) expect(row).toHaveLength(heading?.length as number);
  });

  test('says what the samples say', () => {
    const sender = aCost({ cpuNs: 7, userNs: 1, systemNs: 6, minorFaults: 3, calls: { read: 4, write: 5 } });
    const receiver = aCost({ cpuNs: 8, calls: { recv: 2 } });
    const sample = aSample(3, { wallNs: 11, outlier: 'mild', excluded: 'not-cold', residency: null, sender, receiver });
    const [heading, row] = readCsv(resultToCsv(withCase({ samples: [sample] }))) as [string[], string[]];
    const cells = Object.fromEntries(heading.map((name, column) => [name, row[column]]));
    expect(cells).toMatchObject({
      mode: 'read-write',
      path: 'file-to-file',
      bufferBytes: '65536',
      bytes: '1048576',
      control: 'false',
      round: '3',
      warmup: 'false',
      outlier: 'mild',
      excluded: 'not-cold',
      residency: '',
      wallNs: '11',
      'sender.cpuNs': '7',
      'sender.userNs': '1',
      'sender.systemNs': '6',
      'sender.minorFaults': '3',
      'sender.calls': '9',
      'receiver.cpuNs': '8',
      'receiver.calls': '2',
    });
  });

  test('says what TCP, streams and both hosts came to', () => {
    const observed = { tcpRttNs: 5, tcpMinRttNs: 4, tcpRetransmits: 3, tcpMssBytes: 1448, receiverHostSoftirqNs: 9 };
    const streams = [10, 30].map((bytes) => ({ bytes, doneNs: 20, rttNs: null, retransmits: null }));
    const sample = aSample(1, { observed, streams, intervals: { everyNs: 7, bytes: [15, 25] } });
    const options = { streams: 2, laboratory: 'sg=off', tcp: 'mss=1000' };
    const [heading, row] = readCsv(resultToCsv(withCase({ options, samples: [sample] }))) as [string[], string[]];
    expect(Object.fromEntries(heading.map((name, column) => [name, row[column]]))).toMatchObject({
      streams: '2',
      laboratory: 'sg=off',
      tcp: 'mss=1000',
      'tcp.rttNs': '5',
      'tcp.minRttNs': '4',
      'tcp.retransmits': '3',
      'tcp.mssBytes': '1448',
      'receiverHost.softirqNs': '9',
      'host.busyNs': '',
      fairness: '0.8',
      'stream.bytes': '10 30',
      intervalNs: '7',
      'interval.bytes': '15 25',
    });
  });

  test('without a receiver its cells are empty', () => {
    const [heading, row] = readCsv(resultToCsv(withCase({ samples: [aSample(1)], bufferBytes: null }))) as string[][];
    expect(row?.[heading?.indexOf('receiver.calls') as number]).toBe('');
    expect(row?.[heading?.indexOf('bufferBytes') as number]).toBe('');
  });

  test('brings any text through, in letters that a terminal and a spreadsheet only show', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', 'ä', ';', '=') });
    fc.assert(
      fc.property(text, (mode) => {
        const rows = readCsv(resultToCsv(withCase({ mode, samples: [aSample(1), aSample(2)] })));
        expect(rows).toHaveLength(3);
        for (const row of rows.slice(1)) expect(row[0]).toBe(spreadsheetText(mode));
      }),
    );
  });
});

describe('sizes', () => {
  test.each([
    ['0', 0],
    ['1', 1],
    ['512', 512],
    ['4k', 4096],
    ['4K', 4096],
    ['64KiB', 65536],
    ['64 kib', 65536],
    [' 256MiB ', 268435456],
    ['1m', 1048576],
    ['1.5MiB', 1572864],
    ['0.5KiB', 512],
    ['2GiB', 2147483648],
    ['1g', 1073741824],
    ['12 B', 12],
  ])('%s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each([
    '',
    ' ',
    'abc',
    '-1',
    '+1',
    '1.5',
    '0.3KiB',
    '1e3',
    '0x10',
    '1KB',
    '1MB',
    '1 2',
    'KiB',
    '9007199254740993',
    '∞',
  ])('%j is no size', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });

  test('whole powers come back from what they are written as', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 999 }), (exponent, factor) => {
        const bytes = factor * 1024 ** Math.floor(exponent / 10);
        expect(parseBytes(formatBytes(bytes))).toBe(bytes);
      }),
    );
  });

  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [65536, '64 KiB'],
    [1572864, '1.50 MiB'],
    [2 ** 30, '1 GiB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('numbers for people', () => {
  test.each([
    [0, '0'],
    [7, '7'],
    [1234, '1,234'],
    [1234.5, '1,235'],
    [123.4, '123'],
    [12.34, '12.3'],
    [1.234, '1.23'],
    [0.0123, '0.01'],
    [0.00123, '0.0012'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('ratios, percentages, durations', () => {
    expect(formatRatio(1.318)).toBe('1.32x');
    expect(formatPercent(0.07)).toBe('7 %');
    expect(formatPercent(0.056)).toBe('5.6 %');
    expect(formatPercent(0.5)).toBe('50 %');
    expect(formatPercent(0.123)).toBe('12 %');
    expect(formatDuration(1_250_000_000)).toBe('1.25 s');
    expect(formatDuration(12_000_000)).toBe('12 ms');
    expect(formatDuration(1500)).toBe('1.50 µs');
  });

  test('throughput', () => {
    expect(mibPerSecond(2 ** 20, 1e9)).toBe(1);
    expect(mibPerSecond(2 ** 30, 5e8)).toBe(2048);
    expect(mibPerSecond(0, 1e9)).toBe(0);
    expect(mibPerSecond(1, 0)).toBe(0);
  });
});

describe('problems in words', () => {
  const sentence = /^[^\n]+\.$/;

  test.each([
    'ENOENT',
    'EACCES',
    'EPERM',
    'EROFS',
    'ENOSPC',
    'EDQUOT',
    'EFBIG',
    'EIO',
    'EXDEV',
    'ENOMEM',
    'EMFILE',
    'ENOTDIR',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOSYS',
    'EOPNOTSUPP',
    'SHORT',
    'CHANGED',
    'UNKNOWN_MODE',
    'CANCELLED',
    'EWHATEVER',
  ])('%s', (code) => {
    const problem = describeSystemError({ code, call: 'write', message: 'Something happened.', path: '/data/a' });
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(sentence);
    expect(problem.message).not.toMatch(/\.\.$/);
    expect(problem.hint).toMatch(sentence);
  });

  test.each(['ENOENT', 'EACCES', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'ENOTDIR', 'SHORT', 'CHANGED', 'EODD'])(
    '%s names the path',
    (code) => {
      expect(describeSystemError({ code, call: 'write', message: 'm', path: '/data/a' }).message).toContain('/data/a');
    },
  );

  test.each([
    { kind: 'truncated', says: /stopped early: 90 of 100 bytes/ },
    { kind: 'dropped', says: /dropped bytes: 90 of 100 bytes.*64 KiB block at byte 65536/ },
    { kind: 'reordered', says: /reordered chunks: all 100 bytes.*from byte 65536/ },
    { kind: 'corrupt', says: /changed bytes: the 64 KiB block at byte 65536/ },
    { kind: 'extra', says: /too much: 90 bytes arrived, 100 were sent/ },
  ] as const)('a $kind transfer', ({ kind, says }) => {
    const facts = { atByte: 65536, blockBytes: 65536, sentBytes: 100, arrivedBytes: 90 };
    expect(describeDifference({ kind, ...facts })).toMatch(says);
    expect(describeDifference({ kind, ...facts })).toMatch(sentence);
  });
});
