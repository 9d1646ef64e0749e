import { expect, test } from 'vitest';
import type { SampledStack } from '../../../native/addon.d.ts';
import { StackSums, stacksForFile } from '../../../src/lab/stackSums.ts';
import { parseKernelSymbols } from '../../../src/lab/symbols.ts';

const symbols = parseKernelSymbols(
  ['1000 T __memcpy', '1000 T memcpy', '2000 T caller', '3000 T next'].map((line) => `fff000000000${line}`).join('\n'),
);

const inKernel = (kernel: number[], count: number): SampledStack => ({ thread: 'sender', kernel, user: null, count });
const inUser = (user: string, count: number): SampledStack => ({ thread: 'receiver', kernel: [], user, count });

function summed(...all: readonly (readonly SampledStack[])[]): StackSums {
  const sums = new StackSums();
  for (const stacks of all) sums.add({ periodNs: 250_000, lost: 1, stacks });
  return sums;
}

test('samples of one stack are one stack, whichever transfer they are of', () => {
  const sums = summed([inKernel([0x1008, 0x2100], 2), inUser('memcpy', 1)], [inKernel([0x1008, 0x2100], 3)]);
  expect(sums).toMatchObject({ periodNs: 250_000, lost: 2, ofTransfer: 6 });
  expect(sums.named(symbols)).toEqual([
    { thread: 'sender', frames: [['__memcpy', 'memcpy'], ['caller']], user: null, count: 5 },
    { thread: 'receiver', frames: [], user: 'memcpy', count: 1 },
  ]);
});

test('a call that is the last thing a function does returns behind it, and is still its call', () => {
  expect(summed([inKernel([0x3000, 0x3000], 1)]).named(symbols)[0]?.frames).toEqual([['next'], ['caller']]);
});

test('kernel threads and idle CPUs are not what a transfer is watched for', () => {
  expect(summed([{ ...inKernel([0x1000], 9), thread: 'kernel' }]).ofTransfer).toBe(0);
});

test('without symbols every frame is without names', () => {
  expect(summed([inKernel([0x1008, 0x2100], 1)]).named(null)[0]?.frames).toEqual([[], []]);
});

test('the side file has one name a frame, and a frame for user mode', () => {
  const named = summed([inKernel([0x1008, 0x2100, 0x10], 1), inUser('libc.so.6', 1), inUser('', 1)]).named(symbols);
  expect(stacksForFile(named).map(({ frames }) => frames)).toEqual([
    ['memcpy', 'caller', '[unknown]'],
    ['libc.so.6'],
    ['[user]'],
  ]);
});
