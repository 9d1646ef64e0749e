/** The numbers of steps, and the lists they stand in. */
import { expect, test } from 'vitest';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { type Sides, sidesOf } from '../../src/model/sides.ts';
import { stepLabels, stepLists } from '../../src/model/stepLabels.ts';
import { factsFor, TO_HOST } from '../facts.ts';

const ONE = sidesOf('file-to-socket');
const TWO: Sides = { ...ONE, ends: { sender: 'here', receiver: 'there', between: 'wire' } };
const flow = (findMode('msg-zerocopy') as ModeDescriptor).here(factsFor('file-to-socket', TO_HOST));

test('on one host all steps are numbered in one row', () => {
  expect(stepLabels(flow, ONE)).toEqual(flow.steps.map((_, index) => String(index + 1)));
  expect(stepLists(flow, ONE).map(({ steps }) => steps.length)).toEqual([flow.steps.length]);
});

test('two ends have a row each, in the order in which they happen', () => {
  const labels = stepLabels(flow, TWO);
  const [ours, theirs] = stepLists(flow, TWO).map(({ steps }) => steps.map((index) => labels[index]));
  expect(ours).toEqual(ours?.map((_, nth) => String(nth + 1)));
  expect(theirs).toEqual(['R1', 'R2', 'R3']);
  expect(labels.at(-1)).toBe(String(ours?.length));
});

test('a flow without a receiver has one list, whoever is at the other end', () => {
  const alone = { steps: flow.steps.filter((step) => step.receiver !== true) };
  expect(stepLists(alone, TWO)).toHaveLength(1);
});
