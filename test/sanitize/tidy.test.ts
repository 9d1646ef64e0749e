/** clang-tidy, with the checks that .clang-tidy chooses, on the native core. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { skip } from '../skip.ts';
import { repository } from './tools.ts';

const require = createRequire(import.meta.url);
const HOUR_MS = 3_600_000;
/** What knows Node is made of its macros, which are not ours to mend. */
const KNOWS_NODE = /^native\/(addon\.cc|node\/)/;

const tidy = ['clang-tidy-14', 'clang-tidy'].find((program) => spawnSync(program, ['--version']).error === undefined);
const files = readdirSync(path.join(repository, 'native'), { recursive: true, encoding: 'utf8' })
  .map((file) => `native/${file}`)
  .filter((file) => file.endsWith('.cc') && !KNOWS_NODE.test(file))
  .sort();

test('has no complaint', (context) => {
  if (tidy === undefined) skip(context, 'clang-tidy is not installed');
  const xxHash = path.join(path.dirname(require.resolve('xxhash-addon/package.json')), 'xxHash');
  const compiler = ['-std=gnu++17', '-D_FILE_OFFSET_BITS=64', '-Inative', '-Itest', '-isystem', xxHash];
  const words = ['-n4', `-P${availableParallelism()}`, 'sh', '-c', `"$0" --quiet "$@" -- ${compiler.join(' ')}`, tidy];
  const { status, stdout } = spawnSync('xargs', words, {
    cwd: repository,
    input: files.join('\n'),
    encoding: 'utf8',
    timeout: HOUR_MS,
    maxBuffer: 64 << 20,
  });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
