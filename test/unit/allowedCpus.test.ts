import { expect, test } from 'vitest';
import { isInCpuList } from '../../src/lab/host/allowedCpus.ts';

test.each([
  ['0', [0], [1]],
  ['0-1', [0, 1], [2]],
  ['0-2,5,8-9', [0, 1, 2, 5, 8, 9], [3, 4, 6, 7, 10]],
  ['3', [3], [0, 33]],
])('the list %s of CPUs', (list, within, without) => {
  for (const cpu of within) expect(isInCpuList(list, cpu), `${cpu}`).toBe(true);
  for (const cpu of without) expect(isInCpuList(list, cpu), `${cpu}`).toBe(false);
});
