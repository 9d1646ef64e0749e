/** libFuzzer, with AddressSanitizer and UndefinedBehaviorSanitizer, on what comes to zcl-receiver from the network. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { skip } from '../skip.ts';
import { build, programFile, repository, Scratch } from './tools.ts';

const FRAMES = 10_000_000;
const CONVERSATIONS_SECONDS = 600;
const HOUR_MS = 3_600_000;

const isMissing = ['clang++', 'clang++-14'].every((clang) => spawnSync(clang, ['--version']).error !== undefined);
let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
  if (!isMissing) build('fuzzer');
});
afterAll(() => scratch.remove());

function fuzz(target: string, ...options: readonly string[]) {
  const corpus = path.join(repository, 'test/fuzz/corpus', target);
  // What is found goes into the scratch folder, and the corpus stays as it is.
  const found = spawnSync(
    programFile('fuzzer', target),
    [...options, '-print_final_stats=1', scratch.directory, corpus],
    {
      cwd: scratch.directory,
      env: { ...process.env, ZCL_TEST_DIR: scratch.directory },
      encoding: 'utf8',
      timeout: HOUR_MS,
      maxBuffer: 256 << 20,
    },
  );
  const { status, stderr } = found;
  console.log(
    stderr
      .split('\n')
      .filter((line) => /^stat::|DONE/.test(line))
      .join('\n'),
  );
  expect(status, stderr.slice(-10_000)).toBe(0);
}

test(`${FRAMES} frames`, (context) => {
  if (isMissing) skip(context, 'needs clang with libFuzzer (clang, libclang-rt-dev)');
  fuzz('frames', `-runs=${FRAMES}`);
});

test(`conversations for ${CONVERSATIONS_SECONDS} s`, (context) => {
  if (isMissing) skip(context, 'needs clang with libFuzzer (clang, libclang-rt-dev)');
  // A stream of the service's is a thread: what it holds while an input ends is no leak.
  // And libFuzzer is not to name functions: for that it starts a program, whose pipes would be counted as the service's.
  fuzz('conversations', `-max_total_time=${CONVERSATIONS_SECONDS}`, '-timeout=60', '-detect_leaks=0', '-print_funcs=0');
});
