/** How two flows differ: which steps only one of them has, and what that comes to. */
import { describe, expect, test } from 'vitest';
import { countsForChunk, type Flow, type Step } from '../../src/model/flow.ts';
import { differenceText, flowDifference } from '../../src/model/flowDifference.ts';
import { findMode, modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { factsFor, variants } from '../facts.ts';

function mode(id: string): ModeDescriptor {
  const found = findMode(id);
  if (found === undefined) throw new RangeError(id);
  return found;
}

function textbook(id: string, path: 'file-to-file' | 'file-to-socket'): Flow {
  const found = mode(id).classic.find((each) => each.path === path);
  if (found === undefined) throw new RangeError(id);
  return found.flow;
}

function texts({ steps }: Flow, indexes: ReadonlySet<number>): readonly (string | undefined)[] {
  return [...indexes].map((index) => {
    const step = steps[index] as Step;
    return step.kind === 'system-call' ? step.call : 'from' in step ? `${step.kind} to ${step.to}` : step.kind;
  });
}

describe('steps that only one flow has', () => {
  test('a flow and itself have none, whatever its order', () => {
    for (const { here, paths } of modeDescriptors()) {
      for (const [, facts] of paths.flatMap((path) => variants(path))) {
        const flow = here(facts);
        const turned = { steps: flow.steps.toReversed() };
        expect(flowDifference(flow, turned)).toEqual({
          onlyFirst: new Set(),
          onlySecond: new Set(),
          receiverLeftOut: false,
        });
      }
    }
  });

  test('splice between files: the textbook hands pages over, here they are copied', () => {
    const [first, second] = [textbook('splice', 'file-to-file'), mode('splice').here(factsFor('file-to-file'))];
    const { onlyFirst, onlySecond } = flowDifference(first, second);
    expect(texts(first, onlyFirst)).toEqual(['dma-copy to page-cache', 'page-reference to destination-cache']);
    expect(texts(second, onlySecond)).toEqual(['cpu-copy to destination-cache']);
  });

  test('a step that is there twice and once in the other is one difference', () => {
    const [step] = textbook('read-write', 'file-to-file').steps as readonly [Step];
    const difference = flowDifference({ steps: [step, step] }, { steps: [step] });
    expect([...difference.onlyFirst]).toEqual([1]);
    expect(difference.onlySecond.size).toBe(0);
  });

  test('what the receiver does is no difference to a textbook that leaves it out', () => {
    const [first, second] = [
      textbook('read-write', 'file-to-socket'),
      mode('read-write').here(factsFor('file-to-socket')),
    ];
    const { onlySecond, receiverLeftOut } = flowDifference(first, second);
    expect(receiverLeftOut).toBe(true);
    expect(second.steps.filter((step) => step.receiver).length).toBeGreaterThan(0);
    expect([...onlySecond].filter((index) => second.steps[index]?.receiver)).toEqual([]);
  });
});

describe('what that comes to', () => {
  test('in words, with the places where they name the whole difference', () => {
    const here = (id: string) => mode(id).here(factsFor('file-to-file'));
    expect(differenceText(textbook('splice', 'file-to-file'), here('splice'))).toBe(
      '1 CPU copy more (pipe to page cache of the copy), 1 DMA copy fewer (disk to page cache)',
    );
    expect(differenceText(here('read-write'), here('sendfile'))).toBe('2 crossings fewer, 1 CPU copy fewer');
    expect(differenceText(here('sendfile'), here('read-write'))).toBe('2 crossings more, 1 CPU copy more');
    expect(differenceText(here('read-write'), here('mmap-mmap'))).toBe('up to 10 crossings more, 1 CPU copy fewer');
    expect(differenceText(here('read-write'), here('io-uring'))).toBe('at most as many crossings, by other steps');
    expect(differenceText(here('sendfile'), here('sendfile'))).toBe('the same steps');
    expect(differenceText(here('sendfile'), here('copy-file-range'))).toBe(
      'as many crossings and copies, by other steps',
    );
  });

  test('is the difference of the counts, for all modes of a path beside each other', () => {
    const flows = modeDescriptors()
      .filter(({ paths }) => paths.includes('file-to-file'))
      .map(({ here }) => here(factsFor('file-to-file')));
    for (const first of flows) {
      for (const second of flows) {
        const [a, b] = [countsForChunk(first), countsForChunk(second)];
        const text = differenceText(first, second);
        for (const [more, unit] of [
          [b.crossings - a.crossings, 'crossing'],
          [b.cpuCopies - a.cpuCopies, 'CPU cop'],
          [b.dmaCopies - a.dmaCopies, 'DMA cop'],
        ] as const) {
          const found = new RegExp(`(\\d+) ${unit}\\w+ (more|fewer)`).exec(text);
          expect(found === null ? 0 : Number(found[1]) * (found[2] === 'more' ? 1 : -1), text).toBe(more);
        }
      }
    }
  });
});
