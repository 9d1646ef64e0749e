/** The limit of the way: whose word counts for it, and what is said where nobody knows. */
import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/model/findings.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { summarise } from '../../../src/model/summary.ts';
import { ETH, GIGABIT, toHost } from './situations.ts';

const FULL = [0.94, 0.94, 0.94] as const;

function told(result: Result, kind: string): readonly string[] {
  return findingsOf(summarise(result)).flatMap((each) => (each.kind === kind ? [each.text] : []));
}

test('the rate of the link, and what came of it', () => {
  expect(told(toHost(FULL, ETH), 'link-limit')).toEqual([
    expect.stringMatching(/^94 % of 1 Gbit\/s, the rate of eth0: compare CPU s\/GiB, not speed\. /),
  ]);
});

test('a virtual interface has no rate, whatever it says: the speeds are level, and no more', () => {
  const result = toHost(FULL, { ...ETH, virtual: true, linkBytesPerSecond: null });
  expect(told(result, 'link-limit')).toEqual([]);
  expect(told(result, 'level-speeds')).toEqual([expect.stringContaining('this run does not know what')]);
});

test('modes that keep a CPU busy may be level for that reason', () => {
  const unknown = { ...ETH, linkBytesPerSecond: null };
  expect(told(toHost(FULL, unknown, 0.71), 'level-speeds')).toEqual([]);
  expect(told(toHost(FULL, unknown, 0.69), 'level-speeds')).toHaveLength(1);
});

test('the slower of two interfaces is the limit', () => {
  const result = toHost(FULL, { ...ETH, linkBytesPerSecond: 10 * GIGABIT });
  const slow = { ...ETH, name: 'enp1s0' };
  const far = {
    name: 'far',
    kernel: '6.1.0',
    arch: 'x86_64',
    distribution: null,
    memoryBytes: null,
    virtualised: null,
  };
  const receiverHost = { ...far, cpu: { model: null, logical: null }, interface: slow };
  expect(told({ ...result, receiverHost }, 'link-limit')).toEqual([
    expect.stringContaining('1 Gbit/s, the rate of enp1s0'),
  ]);
});

test('the rate of a laboratory is the one that was read back', () => {
  const veth = { ...ETH, virtual: true, linkBytesPerSecond: null, bytesPerSecond: GIGABIT, delayUs: 0, loss: 0 };
  const result = toHost(FULL, null);
  const through = { ...result, experiment: { ...result.experiment, target: 'lab' as const, remote: null } };
  const cases = through.cases.map((one) => ({ ...one, interface: veth }));
  expect(told({ ...through, cases }, 'link-limit')).toEqual([expect.stringContaining('the rate of the laboratory')]);
});
