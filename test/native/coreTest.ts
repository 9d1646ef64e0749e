/** Plain programs of test/native/core/, linked with sources of the native core: no Node in them, sanitizers are. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

const flags = ['-std=gnu++17', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-D_FILE_OFFSET_BITS=64', '-pthread'];
const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program built by the system's compiler, in a folder of its own that `remove` takes away. */
export class CoreProgram {
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'zcl-core-'));
  readonly file = path.join(this.directory, 'program');

  /**
   * @param own files of test/native/core/
   * @param sources those of native/ they are linked with
   * @param checks what the compiler adds to find mistakes
   */
  constructor(own: readonly string[], sources: readonly string[], checks: readonly string[] = sanitizers) {
    const files = [...own.map((name) => `test/native/core/${name}`), ...sources.map((name) => `native/${name}`)];
    const built = spawnSync(
      process.env['CXX'] ?? 'c++',
      [...flags, ...checks, '-Inative', '-Itest/native', '-o', this.file, ...files],
      { cwd: repository, encoding: 'utf8' },
    );
    if (built.status === 0) return;
    this.remove();
    throw new Error(built.error?.message ?? built.stderr);
  }

  run(...args: readonly string[]): Ended {
    return this.within([], ...args);
  }

  /** The same started by a command that takes another as its arguments, such as unshare. */
  within(command: readonly string[], ...args: readonly string[]): Ended {
    const [first = '', ...rest] = [...command, this.file, ...args];
    const { status, signal, stdout, stderr } = spawnSync(first, rest, { encoding: 'utf8', timeout: 60_000 });
    return { status, signal, stdout, stderr };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Runs a program that checks things, once. Throws with what it said if one of them is not so. */
export function check(main: string, sources: readonly string[]): void {
  const program = new CoreProgram([main], sources);
  try {
    const { status, signal, stderr } = program.run();
    if (status !== 0) throw new Error(`${main} ended with ${signal ?? status}:\n${stderr}`);
  } finally {
    program.remove();
  }
}
