/** Stacks as folded text and for speedscope, and cases named on a command line. */
import { describe, expect, test } from 'vitest';
import { folded, foldedDifference } from '../../../src/model/evidence/folded.ts';
import { speedscope } from '../../../src/model/evidence/speedscope.ts';
import type { CaseStacks } from '../../../src/model/evidence/stacksFile.ts';
import { stacksFileOf } from '../../../src/model/evidence/stacksFile.ts';
import { selectCase, selectCases } from '../../../src/model/selection.ts';
import { GIB } from '../../../src/model/units.ts';
import { anExperiment, aPlannedResult, granted, refusal } from '../fixtures.ts';

function sampled(name: string, bytes: number, stacks: CaseStacks['stacks']): CaseStacks {
  return { case: 0, name, bytes, periodNs: 1_000_000, stacks };
}

const READING = sampled('read + write, 64 KiB', GIB, [
  { thread: 'sender', frames: ['memcpy', '_copy_to_iter', 'read'], count: 30 },
  { thread: 'sender', frames: ['read'], count: 5 },
  { thread: 'receiver', frames: ['odd;name'], count: 40 },
]);
const SENDING = sampled('sendfile', 2 * GIB, [{ thread: 'sender', frames: ['read'], count: 20 }]);

describe('folded', () => {
  test('root first, thread in front, no semicolon but between frames', () => {
    expect(folded([READING])).toBe('sender;read;_copy_to_iter;memcpy 30\nsender;read 5\nreceiver;odd:name 40\n');
  });

  test('several cases are told apart by name', () => {
    expect(folded([READING, SENDING])).toContain('\nsendfile;sender;read 20\n');
  });

  test('stacks that differ in nothing that is shown are one line', () => {
    const twice = sampled('', GIB, [
      { thread: 'sender', frames: ['read'], count: 1 },
      { thread: 'sender', frames: ['read'], count: 2 },
    ]);
    expect(folded([twice])).toBe('sender;read 3\n');
  });

  test('a difference is in ms per GiB of both, before and after', () => {
    expect(foldedDifference(READING, SENDING).split('\n')).toEqual([
      'sender;read;_copy_to_iter;memcpy 30.000 0.000',
      'sender;read 5.000 10.000',
      'receiver;odd:name 40.000 0.000',
      '',
    ]);
  });

  test('of nothing there is nothing', () => {
    expect(folded([])).toBe('');
  });
});

describe('speedscope', () => {
  const file = speedscope('r.zcresult.json', [READING, SENDING]);

  test('a profile for every mode and thread, the one with the most samples of a mode first', () => {
    expect(file.profiles.map(({ name }) => name)).toEqual([
      'read + write, 64 KiB, receiver (ms per GiB)',
      'read + write, 64 KiB, sender (ms per GiB)',
      'sendfile, sender (ms per GiB)',
    ]);
  });

  test('what its schema asks for', () => {
    expect(file).toMatchObject({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      activeProfileIndex: 0,
    });
    for (const profile of file.profiles) {
      expect(Object.keys(profile).sort()).toEqual([
        'endValue',
        'name',
        'samples',
        'startValue',
        'type',
        'unit',
        'weights',
      ]);
      expect(profile).toMatchObject({ type: 'sampled', unit: 'milliseconds', startValue: 0 });
      expect(profile.weights).toHaveLength(profile.samples.length);
      expect(profile.weights.reduce((sum, weight) => sum + weight, 0)).toBe(profile.endValue);
      for (const frame of profile.samples.flat()) expect(file.shared.frames[frame]?.name).toBeTypeOf('string');
    }
  });

  test('root first, weighed in ms per GiB', () => {
    const [samples, weights] = [file.profiles[1]?.samples ?? [], file.profiles[1]?.weights];
    expect(samples[0]?.map((frame) => file.shared.frames[frame]?.name)).toEqual(['read', '_copy_to_iter', 'memcpy']);
    expect(weights).toEqual([30, 5]);
    expect(file.profiles[2]?.weights).toEqual([10]);
  });
});

test('the file beside the result', () => {
  expect(stacksFileOf('/r/a.zcresult.json')).toBe('/r/a.zcstacks.json');
  expect(stacksFileOf('a.json')).toBe('a.zcstacks.json');
  expect(stacksFileOf('a')).toBe('a.zcstacks.json');
});

describe('naming cases', () => {
  const result = aPlannedResult(anExperiment({ modes: ['read-write', 'sendfile'], buffers: [4096, 65536] }));
  const named = (indexes: readonly number[]) =>
    indexes.map((index) => [result.cases[index]?.mode, result.cases[index]?.bufferBytes]);

  test('by mode, or by mode and buffer; never the second copy of the baseline', () => {
    expect(named(granted(selectCases(result, 'read-write')))).toEqual([
      ['read-write', 4096],
      ['read-write', 65536],
    ]);
    expect(named([granted(selectCase(result, 'read-write:64KiB'))])).toEqual([['read-write', 65536]]);
    expect(named([granted(selectCase(result, 'sendfile'))])).toEqual([['sendfile', null]]);
    expect(granted(selectCases(result, 'read-write')).map((index) => result.cases[index]?.control)).toEqual([
      false,
      false,
    ]);
  });

  test('by mode and size of its files, where many are moved', () => {
    const objects = aPlannedResult(
      anExperiment({ kind: 'objects', modes: ['read-write', 'sendfile'], objectSizes: [4096, 65536] }),
    );
    const sizes = (name: string) =>
      granted(selectCases(objects, name)).map((index) => objects.cases[index]?.options['objectBytes']);
    expect(sizes('sendfile:4KiB')).toEqual([4096]);
    expect(sizes('read-write:64KiB')).toEqual([65536]);
    expect(refusal(selectCase(objects, 'sendfile')).hint).toBe('Name one of them: sendfile:4KiB, sendfile:64KiB.');
  });

  test('what there is is named where something else was asked for', () => {
    expect(refusal(selectCases(result, 'splice')).hint).toBe('It has: read-write:4KiB, read-write:64KiB, sendfile.');
    expect(refusal(selectCase(result, 'read-write')).hint).toBe('Name one of them: read-write:4KiB, read-write:64KiB.');
    expect(refusal(selectCases(result, 'read-write:x')).code).toBe('usage');
    expect(refusal(selectCases(result, 'read-write:4KiB:4KiB')).code).toBe('usage');
  });
});
