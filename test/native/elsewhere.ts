import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addonFile, type Scratch } from './addon.ts';

/** Runs `script` in another process, where `addon` is loaded; gives the JSON it prints. `through`: a command that runs it. */
export function elsewhere(
  scratch: Scratch,
  script: string,
  options: { uid?: number; env?: NodeJS.ProcessEnv; through?: readonly string[] },
): unknown {
  // A copy, because that other user may not be allowed where the addon was built.
  chmodSync(scratch.directory, 0o755);
  const copy = scratch.file('addon.node');
  copyFileSync(addonFile, copy);
  chmodSync(copy, 0o755);
  const program = `const addon = require(${JSON.stringify(copy)}); ${script}`;
  const [command = '', ...rest] = [...(options.through ?? []), process.execPath, '-e', program];
  const child = spawnSync(command, rest, {
    cwd: '/',
    timeout: 60_000,
    encoding: 'utf8',
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    env: { ...process.env, ...options.env },
  });
  if (child.status !== 0) throw new Error(child.error?.message ?? `${child.signal ?? child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

/** The same as a user without any rights. Only root can do this. */
export function asNobody(scratch: Scratch, script: string): unknown {
  return elsewhere(scratch, script, { uid: 65_534 });
}

/** The same with shim.c in between. */
export function withShim(
  scratch: Scratch,
  what:
    | 'SHIM_NO_TMPFILE'
    | 'SHIM_STRANGERS'
    | 'SHIM_STALL'
    | 'SHIM_NO_PROCESS_VM'
    | 'SHIM_SLOW_WRITE'
    | 'SHIM_SYNC_FAILS',
  script: string,
  setting = '1',
): unknown {
  const library = path.join(scratch.directory, 'shim.so');
  const source = fileURLToPath(new URL('shim.c', import.meta.url));
  const built = spawnSync('cc', ['-shared', '-fPIC', '-Wall', '-Werror', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(built.error?.message ?? built.stderr);
  return elsewhere(scratch, script, { env: { LD_PRELOAD: library, [what]: setting } });
}
