/** The reader of frames (native/receiver/wire/codec.cc) on what nobody should send. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { skip } from '../skip.ts';
import { CoreProgram } from './coreTest.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const corpus = path.join(repository, 'test/fuzz/corpus/frames');
const RUNS = 200_000;
/** As distributions call it, the newest first. */
const CLANGS = ['clang++', ...[21, 20, 19, 18, 17, 16, 15, 14].map((version) => `clang++-${version}`)];

/** The types of docs/protocol.md; every other file of the corpus is to be refused, or not to be whole. */
const types: Readonly<Record<string, number>> = {
  hello: 1,
  'hello-of-version-2': 1,
  join: 2,
  describe: 3,
  order: 4,
  'order-hashed-on-cpu-1': 4,
  welcome: 5,
  facts: 6,
  ready: 7,
  begin: 8,
  taken: 9,
  hashes: 10,
  hashed: 11,
  report: 12,
  failure: 13,
  two: 3,
};
const unfinished = ['empty', 'half-a-header'];

let reader: CoreProgram;
let mutator: CoreProgram;
beforeAll(() => {
  const codec = ['receiver/wire/codec.cc'];
  reader = new CoreProgram(['read_frame.cc'], codec);
  mutator = new CoreProgram(['../../fuzz/mutate.cc', '../../fuzz/frames.cc'], codec);
});
afterAll(() => {
  reader?.remove();
  mutator?.remove();
});

test('frames are read as the protocol says, and what is none is refused', () => {
  const names = readdirSync(corpus).sort();
  const seen = Object.fromEntries(
    names.map((name) => [name, reader.run(path.join(corpus, name)).stdout.trim().split(':')[0]]),
  );
  const expected = Object.fromEntries(
    names.map((name) => {
      const type = types[name];
      if (type !== undefined) return [name, `message ${type}`];
      return [name, unfinished.includes(name) ? 'incomplete' : 'malformed'];
    }),
  );
  expect(seen).toEqual(expected);
});

test(`${RUNS} changed frames, always the same ones, leave the reader and its sanitizers content`, () => {
  const { status, signal, stdout, stderr } = mutator.run(corpus, String(RUNS));
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  expect(stdout).toContain(`${RUNS} changed ones`);
});

test('libFuzzer finds nothing either', (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zcl-fuzz-'));
  try {
    const target = path.join(folder, 'frames');
    const flags = ['-std=c++17', '-O1', '-g', '-fsanitize=fuzzer,address,undefined', '-Inative', '-o', target];
    const sources = ['test/fuzz/frames.cc', 'native/receiver/wire/codec.cc'];
    const builds = (clang: string) => spawnSync(clang, [...flags, ...sources], { cwd: repository }).status === 0;
    if (!CLANGS.some(builds)) skip(context, 'needs clang with libFuzzer (clang, libclang-rt-dev)');
    const found = spawnSync(target, [`-runs=${RUNS}`, '-seed=1', folder, corpus], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(found.status, found.stderr).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
