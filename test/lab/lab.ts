/** Set-up that the tests of the lab share: the real command line in a folder, a host lock and a /tmp of its own. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';
import { onTestFinished } from 'vitest';
import { journalOf } from '../../src/lab/journal.ts';
import { parseResult } from '../../src/lab/resultFile.ts';
import type { RunEvent } from '../../src/model/events.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { skip } from '../skip.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = path.join(ROOT, 'dist', 'cli.js');
/** A user without any rights. */
const NOBODY = 65_534;
/** Polls end here: far above what anything takes, so that a hang is told from a slow host. */
const DEADLINE_MS = 40_000;

/** So long that it will be under way whenever a test disturbs it. */
export const ENDLESS: readonly string[] = ['run', '--size', '4MiB', '--rounds', '1000', '--quiet'];

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface StartOptions {
  readonly cwd?: string;
  readonly asNobody?: boolean;
  /** A program in front, such as one that lowers a limit. */
  readonly through?: readonly string[];
}

/** A command line under way. */
export class Running {
  private over = false;

  constructor(
    private readonly child: ChildProcess,
    readonly ended: Promise<Ended>,
    private readonly output: { readonly stdout: string; readonly stderr: string },
  ) {
    void ended.then(() => {
      this.over = true;
    });
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Its standard output so far. */
  get said(): string {
    return this.output.stdout;
  }

  /** Its standard error so far. */
  get log(): string {
    return this.output.stderr;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for something while the command line is under way. */
  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    return until(what, () => {
      const seen = look();
      if (seen === undefined && this.over) throw new Error(`the command line ended before ${what}`);
      return seen;
    });
  }

  /** The pid of its bench process. */
  async bench(): Promise<number> {
    return this.until('a bench process', () => childrenOf(this.pid)[0]);
  }
}

/** A folder to run in. All that a run leaves behind anywhere is in `files()`. */
export class Workplace {
  readonly base = mkdtempSync(path.join(tmpdir(), 'zcl-lab-'));
  readonly folder = path.join(this.base, 'work');
  private readonly temporary = path.join(this.base, 'tmp');
  private readonly lockParent: string;
  private readonly started: Running[] = [];

  /** @param host another workplace on the same host: they share its lock */
  constructor(host?: Workplace) {
    this.lockParent = host?.lockParent ?? path.join(this.base, 'lock');
    for (const folder of [this.folder, this.temporary, this.lockParent]) mkdirSync(folder, { recursive: true });
    onTestFinished(() => this.leave());
  }

  /** The folder of the host lock of the user who runs the tests. */
  get lockFolder(): string {
    return path.join(this.lockParent, `zero-copy-lab-${process.getuid?.()}`);
  }

  private get environment() {
    return { ZERO_COPY_LAB_LOCK_PARENT: this.lockParent, TMPDIR: this.temporary };
  }

  /** Calls something that starts processes, which then have the environment of this workplace. @param more of it */
  inItsEnvironment<T>(more: Readonly<Record<string, string>>, start: () => T): T {
    const before = process.env;
    process.env = { ...before, ...this.environment, ...more };
    try {
      return start();
    } finally {
      process.env = before;
    }
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, content: string | Buffer): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  start(args: readonly string[], options: StartOptions = {}): Running {
    const [program, ...words] = [...(options.through ?? []), process.execPath, CLI, ...args] as [string, ...string[]];
    const child = spawn(program, words, {
      cwd: options.cwd ?? this.folder,
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.asNobody ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, ...output }));
    });
    const running = new Running(child, ended, output);
    this.started.push(running);
    return running;
  }

  async run(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
    return this.start(args, options).ended;
  }

  /** Every file and folder below the work folder and the folder for temporary files. */
  files(): string[] {
    return [this.folder, this.temporary]
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
          path.join(path.relative(this.folder, folder), name),
        ),
      )
      .sort();
  }

  /** The one result file of the results folder, once it is there. */
  resultFile(): string | undefined {
    const folder = this.path('.zero-copy');
    if (!existsSync(folder)) return undefined;
    const name = readdirSync(folder).find((each) => /^[^.].*\.zcresult\.json$/.test(each));
    return name === undefined ? undefined : path.join(folder, name);
  }

  /** A result that a run was told to write here. */
  read(name: string): Result {
    return parsed(readFileSync(this.path(name), 'utf8'));
  }

  result(): Result {
    const file = this.resultFile();
    if (file === undefined) throw new Error(`no result among ${this.files().join(', ')}`);
    return parsed(readFileSync(file, 'utf8'));
  }

  /** The samples written down so far. */
  samples(): number {
    return this.journal().filter((event) => event.type === 'sample').length;
  }

  /** Those of a run that was told where to write its result, in their order. */
  samplesOf(name: string): readonly Sample[] {
    return journalAt(this.path(name)).flatMap((event) => (event.type === 'sample' ? [event.sample] : []));
  }

  /** The last round that is over, 0 being the warm-up; -1 before that. */
  lastRound(): number {
    return this.journal().reduce((last, event) => (event.type === 'round-ended' ? event.round : last), -1);
  }

  /** What the run under way has written down so far. */
  journal(): RunEvent[] {
    const file = this.resultFile();
    return file === undefined ? [] : journalAt(file);
  }

  private async leave(): Promise<void> {
    for (const running of this.started) running.kill('SIGKILL');
    await Promise.all(this.started.map((running) => running.ended));
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** What is in the journal of a result, or was about to be; nothing where there is none. */
function journalAt(resultFile: string): RunEvent[] {
  try {
    const lines = readFileSync(journalOf(resultFile), 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as RunEvent);
  } catch (error) {
    // Not yet there, or not any more.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** @throws Error for a text that is no valid result document */
export function parsed(text: string): Result {
  const outcome = parseResult(text, 'result');
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

export async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const seen = look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${DEADLINE_MS} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** For conditions to wait for. */
export function whether(condition: boolean): true | undefined {
  return condition ? true : undefined;
}

/** Waits until a process is gone; one that nobody has buried yet is. */
export async function gone(pid: number): Promise<void> {
  await until(`the end of process ${pid}`, () => whether(!isRunning(pid)));
}

function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Bytes that the read calls of a process have brought so far; proc_pid_io(5). */
export function bytesReadBy(pid: number): number {
  try {
    return Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Ends the test unless the command line can be run as a user without rights. */
export function needNobody(context: TestContext): void {
  if (process.getuid?.() !== 0) skip(context, 'needs root, to become a user without rights');
  const tried = spawnSync(process.execPath, [CLI, '--version'], { cwd: '/', uid: NOBODY, gid: NOBODY });
  if (tried.status !== 0) skip(context, 'a user without rights may not enter the folder of this clone');
}

/** A folder that anybody may use. */
export function openTo(place: Workplace, name: string): string {
  chmodSync(place.base, 0o755);
  mkdirSync(place.path(name));
  chmodSync(place.path(name), 0o777);
  return place.path(name);
}

/** A filesystem of its own below the workplace, gone with the test. @param options of tmpfs(5) */
export function smallFilesystem(context: TestContext, place: Workplace, options: string): string {
  const folder = place.path('small');
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) skip(context, `a small filesystem cannot be mounted: ${mounted.stderr?.trim()}`);
  onTestFinished(() => {
    spawnSync('umount', ['--lazy', folder]);
  });
  return folder;
}

/** A filesystem of its own on a file below `parent`, gone with the test. */
export function loopFilesystem(context: TestContext, type: string, parent: string): string {
  const image = path.join(mkdtempSync(path.join(parent, `${type}-`)), 'image');
  const folder = `${image}-mounted`;
  writeFileSync(image, '');
  truncateSync(image, 400 * 2 ** 20); // the least that mkfs.xfs takes is 300 MiB
  mkdirSync(folder);
  for (const [command, ...args] of [
    [`mkfs.${type}`, '-q', image],
    ['mount', '-o', 'loop', image, folder],
  ] as const) {
    const made = spawnSync(command, args, { encoding: 'utf8' });
    if (made.status !== 0) skip(context, `no ${type} can be mounted: ${made.stderr?.trim() ?? made.error?.message}`);
  }
  onTestFinished(() => {
    spawnSync('umount', [folder]);
  });
  return folder;
}

/** Gives a small filesystem more room. */
export function enlarge(folder: string, size: string): void {
  const done = spawnSync('mount', ['-o', `remount,size=${size}`, folder], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}

/** What the command line says of its own when something is wrong: one line, no stack trace. */
export const ONE_LINE = /^zero-copy-lab: \S[^\n]*\S\n$/;

/** What puts a library before all others. */
export function preloading(place: Workplace, source: string): readonly string[] {
  return ['env', `LD_PRELOAD=${preloaded(place, source)}`];
}

/** A library of a C file beside this one. @returns its file */
export function preloaded(place: Workplace, source: string): string {
  const library = path.join(place.base, 'preloaded.so');
  const flags = ['-Wall', '-Werror', '-D_GNU_SOURCE', '-shared', '-fPIC', '-o', library];
  const built = spawnSync('cc', [...flags, path.join(import.meta.dirname, source)], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.error?.message ?? built.stderr);
  return library;
}
