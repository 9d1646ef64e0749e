/** Which measurements make a rule speak, what its sentences say, and which of them stand at the top. */
import { describe, expect, test } from 'vitest';
import { arrange } from '../../../src/model/findings/top.ts';
import { findingsOf, MEASUREMENT_RULES } from '../../../src/model/findings.ts';
import { hazardRules } from '../../../src/model/hazards.ts';
import type { Finding, Question } from '../../../src/model/result/finding.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { costing, SITUATIONS } from './situations.ts';

const RULES = [...MEASUREMENT_RULES, ...hazardRules];

function textOf(kind: string, of: 'triggers' | 'nearest' = 'triggers'): string {
  const result = SITUATIONS.find((each) => each.kind === kind)?.[of];
  return findingsOf(result as Result).find((each) => each.kind === kind)?.text ?? '';
}

test('every rule has a situation, and every situation a rule', () => {
  expect(SITUATIONS.map(({ kind }) => kind).sort()).toEqual([...new Set(RULES.map(({ kind }) => kind))].sort());
});

test.each(SITUATIONS)('$kind: $what', ({ kind, triggers, nearest }) => {
  expect(findingsOf(triggers).map((each) => each.kind)).toContain(kind);
  expect(findingsOf(nearest).map((each) => each.kind)).not.toContain(kind);
});

test.each(SITUATIONS)('$kind says what it answers, the weightiest first', ({ triggers }) => {
  const told = findingsOf(triggers);
  const weights = told.map(({ kind, question }) =>
    Math.max(...RULES.filter((each) => each.kind === kind && each.question === question).map(({ weight }) => weight)),
  );
  expect(weights).toEqual(weights.toSorted((a, b) => b - a));
});

describe('what it cost', () => {
  test('is told of the winner, by the same rounds', () => {
    expect(textOf('cpu-cost')).toBe(
      'sendfile cost less CPU time than read + write with 64 KiB buffers: 205 against 410 CPU s/GiB; round by round 0.50x as much (95 % interval 0.50x to 0.50x).',
    );
  });

  test.each([
    { part: 1.5, unevenness: 0, says: /^sendfile cost more CPU time than .*; round by round 1\.50x as much/ },
    {
      part: 1.01,
      unevenness: 0,
      says: /^sendfile cost as much CPU time as read \+ write with 64 KiB buffers, within 2 %: /,
    },
    { part: 0.9, unevenness: 0.5, says: /^Whether sendfile cost more or less CPU time than .* cannot be told: / },
  ])('in words that the interval supports: $part', ({ part, unevenness, says }) => {
    const told = findingsOf(costing({ sendfile: part }, unevenness)).filter(({ kind }) => kind === 'cpu-cost');
    expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(says)]);
  });

  test('of another mode that cost less still, held against the winner', () => {
    expect(textOf('cheaper')).toBe(
      'splice with 64 KiB buffers cost less CPU time than sendfile: 164 CPU s/GiB; round by round 0.80x as much (95 % interval 0.80x to 0.80x), at 1 MiB/s.',
    );
  });
});

describe('what held a mode back', () => {
  test.each([
    ['mode-refused', 'Could not run here: sendfile. The ext4 at / shares no blocks between files.'],
    ['small-pipe', 'The pipe of splice holds 32 KiB here instead of 64 KiB, so that a call moves no more than that.'],
    ['no-shared-blocks', 'copy_file_range copied the bytes: the ext4 at / shared no blocks between source and copy.'],
    [
      'host-dma',
      'The DMA that read + write, O_DIRECT waited for is that of vda, a virtio disk: the machine around this one does it, and its CPU time is in none of these numbers.',
    ],
  ])('%s', (kind, text) => {
    expect(textOf(kind)).toBe(text);
  });

  test('copies at segmentation, with their share', () => {
    expect(textOf('no-scatter-gather')).toMatch(
      /^eth0 has no scatter-gather, .*: 10 % \(.*\) of the samples of sendfile\.$/,
    );
  });
});

describe('the top', () => {
  const finding = (question: Question, kind: string = question): Finding => ({
    kind,
    text: kind,
    cases: [],
    question,
    evidence: [],
  });
  const kinds = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);

  test('has at most five, nothing twice, and the rest is kept: all in their order', () => {
    for (const { triggers } of SITUATIONS) {
      const told = findingsOf(triggers);
      const { top, rest } = arrange(told);
      expect(top.length).toBe(Math.min(top.length, 5));
      expect([...top, ...rest].toSorted((a, b) => told.indexOf(a) - told.indexOf(b))).toEqual(told);
      expect(kinds(top)).toEqual(kinds(told.filter((each) => top.includes(each))));
    }
  });

  test('answers as many questions as it can, before it gives a second answer to any', () => {
    const all: readonly Question[] = ['contradiction', 'won', 'cost', 'caution', 'limit', 'cannot-tell', 'confirmed'];
    const many = all.flatMap((question) => [finding(question, `${question} 1`), finding(question, `${question} 2`)]);
    const { top, rest } = arrange(many);
    expect(kinds(top)).toEqual(['contradiction 1', 'won 1', 'cost 1', 'caution 1', 'cannot-tell 1']);
    expect(rest).toHaveLength(many.length - top.length);
  });

  test('has two answers to a question where there is room, never three', () => {
    const two = ['won', 'won 2', 'won 3', 'won 4'].map((kind) => finding('won', kind));
    expect(kinds(arrange(two).top)).toEqual(['won', 'won 2']);
    const led = [finding('contradiction'), finding('contradiction', 'another'), ...two];
    expect(kinds(arrange(led).top)).toEqual(['contradiction', 'another', 'won', 'won 2']);
  });

  test('of nothing is nothing', () => {
    expect(arrange([])).toEqual({ top: [], rest: [] });
  });
});
