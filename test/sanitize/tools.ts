/** Tools that look for mistakes while the native core runs, and how a program is built for each and run under it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** What a tool takes for a mistake and is none, each with its reason. */
function suppressions(tool: string): string {
  return path.join(repository, 'test/sanitize/suppressions', tool);
}

export interface Tool {
  readonly name: string;
  /** For test/sanitize/Makefile. */
  readonly build: 'address' | 'thread' | 'plain';
  readonly environment: Readonly<Record<string, string>>;
  /** Started in place of the program, with the program as an argument. */
  readonly command: readonly string[];
  /** Those of test/sanitize/planted.cc that it must find. */
  readonly finds: readonly string[];
  /** What it cannot run, of the parts of the driver and of the modes, each as MODE:PATH. */
  readonly cannot: readonly { readonly what: RegExp; readonly why: string }[];
}

export const TOOLS: readonly Tool[] = [
  {
    name: 'AddressSanitizer, LeakSanitizer and UndefinedBehaviorSanitizer',
    build: 'address',
    environment: {
      ASAN_OPTIONS:
        'detect_leaks=1:detect_stack_use_after_return=1:check_initialization_order=1:strict_init_order=1:strict_string_checks=1',
      UBSAN_OPTIONS: 'print_stacktrace=1',
    },
    command: [],
    finds: ['read-behind-the-end', 'use-after-free', 'leak', 'overflow'],
    cannot: [],
  },
  {
    name: 'ThreadSanitizer',
    build: 'thread',
    environment: { TSAN_OPTIONS: `halt_on_error=1:second_deadlock_stack=1:suppressions=${suppressions('thread')}` },
    command: [],
    finds: ['race', 'use-after-free'],
    cannot: [],
  },
  {
    name: 'valgrind',
    build: 'plain',
    environment: {},
    // Memory that is still reachable belongs to static objects that are meant to stay.
    command: [
      'valgrind',
      '--quiet',
      // Else the thread that looks how far a transfer is keeps the transfer from running.
      '--fair-sched=yes',
      '--leak-check=full',
      '--show-leak-kinds=definite,indirect',
      '--errors-for-leak-kinds=definite,indirect',
      '--error-exitcode=99',
      `--suppressions=${suppressions('valgrind')}`,
    ],
    finds: ['read-behind-the-end', 'use-after-free', 'leak'],
    cannot: [
      {
        what: /^io-uring.*:file-to-socket$/,
        why: 'it lets one thread run at a time, and none while io_uring_enter waits for what the receiver has to take',
      },
      {
        what: /^shortages$/,
        why: 'it minds the limit of descriptors in place of the kernel, and says EBADF where that says EMFILE',
      },
    ],
  },
];

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const HOUR_MS = 3_600_000;

/** Builds what `make -f test/sanitize/Makefile` builds for a tool, as far as it is not there. */
export function build(tool: Tool['build'] | 'fuzzer'): void {
  const words = ['-s', '-f', 'test/sanitize/Makefile', `TOOL=${tool}`, `-j${availableParallelism()}`];
  const built = spawnSync('make', words, { cwd: repository, encoding: 'utf8', timeout: HOUR_MS });
  if (built.status !== 0) throw new Error(built.error?.message ?? built.stderr);
}

export function programFile(tool: Tool['build'] | 'fuzzer', program: string): string {
  return path.join(repository, 'test-output/sanitize', tool, program);
}

/** Runs a program that was built for a tool, under it. */
export function run(tool: Tool, program: string, ...args: readonly string[]): Ended {
  const [first = '', ...rest] = [...tool.command, programFile(tool.build, program), ...args];
  const { status, signal, stdout, stderr } = spawnSync(first, rest, {
    env: { ...process.env, ...tool.environment },
    encoding: 'utf8',
    timeout: HOUR_MS,
    maxBuffer: 64 << 20,
  });
  return { status, signal, stdout, stderr };
}

/** A folder for files, on the filesystem that ZCL_TEST_DIR names, else where temporary files go. */
export class Scratch {
  readonly directory: string;

  constructor() {
    const parent = process.env['ZCL_TEST_DIR'] ?? tmpdir();
    mkdirSync(parent, { recursive: true });
    this.directory = mkdtempSync(path.join(parent, 'zcl-sanitize-'));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
