import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitOf, units } from '../../src/model/cost/units.ts';
import { addon, addonFile, error, holdings, Scratch, value } from './addon.ts';
import { Filesystem } from './filesystems.ts';

const MEBIBYTE = 2 ** 20;

let scratch: Scratch;
const filesystems: Filesystem[] = [];
beforeAll(() => {
  scratch = new Scratch();
  filesystems.push(new Filesystem('ext4', scratch, 512 * MEBIBYTE), new Filesystem('tmpfs', scratch, 512 * MEBIBYTE));
});
afterAll(() => {
  for (const each of filesystems) each.remove();
  scratch.remove();
});

describe.each(['ext4', 'tmpfs'] as const)('on %s', (kind) => {
  const folder = (context: Parameters<Filesystem['folder']>[0]) => {
    const found = filesystems.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return found.folder(context);
  };

  test('every unit is measured nine times, costs something, and nothing else is measured', async (context) => {
    const { unitCosts, durationNs } = value(await addon.calibrate(folder(context)));
    const measured = Object.entries(unitCosts);
    for (const [key, repetitions] of measured) {
      expect(unitOf(key), key).not.toBeNull();
      expect(repetitions, key).toHaveLength(9);
      for (const each of repetitions) expect(each, key).toBeTypeOf('number');
    }
    for (const { id } of units()) {
      const ofUnit = measured.filter(([key]) => unitOf(key)?.unit.id === id);
      expect(ofUnit.length, id).toBeGreaterThan(0);
      // Some are small differences of large times: on a host that does other things too, a repetition may come out below 0.
      expect(Math.max(...ofUnit.flatMap(([, repetitions]) => repetitions)), id).toBeGreaterThan(0);
    }
    expect(durationNs).toBeGreaterThan(0);
  });

  test('nothing is left behind', async (context) => {
    const place = folder(context);
    value(await addon.calibrate(place));
    const before = { names: readdirSync(place), held: holdings(place) };
    value(await addon.calibrate(place));
    expect({ names: readdirSync(place), held: holdings(place) }).toEqual(before);
  });

  // The program's end is the only way to cancel: there is nothing else to do in the second that it takes.
  test('ends with the thread that asked for it', async (context) => {
    const place = folder(context);
    const before = holdings(place);
    const worker = new Worker(
      `require(${JSON.stringify(addonFile)}).calibrate(${JSON.stringify(place)});
       require('node:worker_threads').parentPort.postMessage('asked');`,
      { eval: true },
    );
    await new Promise((resolve) => worker.once('message', resolve));
    await worker.terminate();
    expect(holdings(place)).toEqual(before);
  });

  test('and with the process', (context) => {
    const place = folder(context);
    const program = `require(${JSON.stringify(addonFile)}).calibrate(${JSON.stringify(place)}); process.exit(7);`;
    const child = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 60_000 });
    expect([child.signal, child.status]).toEqual([null, 7]);
    expect(readdirSync(place).filter((name) => name.startsWith('.zero-copy-lab'))).toEqual([]);
  });
});

test('a small filesystem is enough', async (context) => {
  const small = new Filesystem('tmpfs', scratch, 64 * MEBIBYTE);
  try {
    value(await addon.calibrate(small.folder(context)));
  } finally {
    small.remove();
  }
});

describe('refused', () => {
  test('a folder that is not there', async () => {
    const missing = scratch.file('missing');
    expect(error(await addon.calibrate(missing))).toMatchObject({ code: 'ENOENT', call: 'open', path: missing });
  });

  test('a file in place of a folder', async () => {
    const file = scratch.write('file', Buffer.alloc(1));
    expect(error(await addon.calibrate(file)).code).toBe('ENOTDIR');
  });

  test('a filesystem without room', async (context) => {
    const full = new Filesystem('tmpfs', scratch, MEBIBYTE);
    try {
      expect(error(await addon.calibrate(full.folder(context))).code).toBe('ENOSPC');
    } finally {
      full.remove();
    }
  });

  test('no folder at all', async () => {
    expect(error(await addon.calibrate(5 as unknown as string)).code).toBe('BAD_ARGUMENT');
  });
});
