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
  const every = (folder: string) =>
    readdirSync(path.join(project, folder))
      .filter((file) => file.endsWith('.cc'))
      .map((file) => path.join(folder, file));
  const sources = [
    'test/native/receiver_alone.cc',
    ...['native/receiver', 'native/receiver/takers', 'native/core'].flatMap(every),
    'native/measure/thread_cost.cc',
    'native/paths/unnamed_file.cc',
    'native/transfer.cc',
    'native/verify/digest.cc',
  ];
  const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-D_FILE_OFFSET_BITS=64', '-pthread'];
  const folders = ['-Inative', '-isystem', 'node_modules/xxhash-addon/xxHash'];
  await promisify(execFile)('c++', [...flags, ...folders, '-o', program, ...sources], { cwd: project });
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
