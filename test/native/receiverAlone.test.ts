/** The receiver outside of the addon: that it needs nothing of Node, and what no mode of sending brings about. */
import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReceiverKind } from '../../native/addon.d.ts';
import { Scratch } from './addon.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const sent = 262_144;
const at = 100_000;
const buffer = 4096;

/** In the order of the enumeration in native/receiver/receiver_kind.h. */
const kinds: readonly ReceiverKind[] = ['read', 'discard', 'splice-null', 'zerocopy-receive', 'save', 'save-splice'];

interface Outcome {
  readonly code: string | null;
  readonly bytes?: number;
  readonly same?: boolean;
  readonly receiverMappedBytes?: number;
  readonly receiverCopiedBytes?: number;
  readonly meanwhile?: string;
  readonly stalledAt?: number;
  readonly sender?: string;
}

let scratch: Scratch;
let program: string;
beforeAll(async () => {
  scratch = new Scratch();
  program = scratch.file('receiver_alone');
  const objects = 'build/Release/obj.target/zero_copy_lab/native';
  const every = (folder: string) =>
    readdirSync(path.join(project, objects, folder))
      .filter((file) => file.endsWith('.o'))
      .map((file) => path.join(objects, folder, file));
  // Of the addon, as it was built, what a receiver needs and no more: anything of Node would be missing.
  const needed = [
    ...['receiver', 'receiver/takers', 'core'].flatMap(every),
    ...['calls', 'latency', 'thread_cost'].map((name) => `${objects}/measure/${name}.o`),
    ...['paths/unnamed_file', 'verify/digest'].map((name) => `${objects}/${name}.o`),
  ];
  const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-D_FILE_OFFSET_BITS=64', '-Inative', '-pthread'];
  const main = 'test/native/receiver_alone.cc';
  await promisify(execFile)('c++', [...flags, '-o', program, main, ...needed], { cwd: project });
});
afterAll(() => scratch.remove());

function run(scenario: string, kind: ReceiverKind): Outcome {
  const child = spawnSync(program, [scenario, String(kinds.indexOf(kind))], { encoding: 'utf8', timeout: 30_000 });
  if (child.status !== 0) throw new Error(`${child.signal ?? child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Outcome;
}

test('zerocopy-receive maps pages that belong to nobody else, and hashes them where they are', () => {
  const outcome = run('pages', 'zerocopy-receive');
  const { receiverMappedBytes: mapped = 0, receiverCopiedBytes: copied = 0 } = outcome;
  expect(outcome).toMatchObject({ code: null, bytes: sent, same: true });
  expect(mapped).toBeGreaterThan(0);
  expect(mapped + copied).toBe(sent);
});

describe.each(kinds)('%s', (kind) => {
  test('is cancelled while it waits for a sender that says nothing', () => {
    expect(run('silence', kind)).toEqual({ code: 'CANCELLED' });
  });

  test('goes on waiting when signals come', () => {
    expect(run('nudges', kind)).toMatchObject({ code: null, bytes: sent });
  });

  test('fails when the sender resets the connection', () => {
    expect(run('abandon', kind)).toEqual({ code: 'ECONNRESET' });
  });

  test('stalls at a byte until it is released', () => {
    const { code, bytes, meanwhile, stalledAt = 0 } = run('stall', kind);
    expect({ code, bytes, meanwhile }).toEqual({ code: null, bytes: sent, meanwhile: 'nothing' });
    expect(stalledAt).toBeGreaterThanOrEqual(at);
    expect(stalledAt).toBeLessThan(at + 2 * buffer);
  });

  test('is cancelled while it stalls', () => {
    expect(run('stall-forever', kind)).toEqual({ code: 'CANCELLED' });
  });

  test('closes the socket at a byte', () => {
    expect(run('close', kind)).toMatchObject({ code: null, bytes: at, sender: 'end' });
  });

  test('resets the connection at a byte', () => {
    expect(run('reset', kind)).toMatchObject({ code: null, bytes: at, sender: 'ECONNRESET' });
  });
});
