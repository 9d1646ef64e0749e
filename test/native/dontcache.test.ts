import { afterAll, beforeAll, expect, test } from 'vitest';
import { addon, Scratch, transfer, value } from './addon.ts';
import { skipWhereRefused } from './trial.ts';

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
});
afterAll(() => scratch.remove());

test('read-write-dontcache leaves a cold source out of the page cache, read-write does not', async (context) => {
  await skipWhereRefused(context, { mode: 'read-write-dontcache', path: 'file-to-file' }, scratch);
  const { directory } = scratch;
  const source = value(await addon.openSource({ kind: 'generated', directory, bytes: 8 * 2 ** 20, seed: 1 }));
  const destination = { kind: 'file', directory } as const;
  const residencyAfter = async (mode: string): Promise<number | null> => {
    value(await source.drop());
    await transfer(source, { mode, destination, bufferBytes: 65_536, verify: false });
    return value(source.residency());
  };
  expect(await residencyAfter('read-write')).toBe(1);
  expect(await residencyAfter('read-write-dontcache')).toBeLessThan(0.5);
  source.close();
});
