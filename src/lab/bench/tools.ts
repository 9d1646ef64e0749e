/** Other people's tools, run on the same bytes: each gives the nanoseconds it took, or why it could not. */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../model/problems.ts';
import { ok, refuse } from '../../model/problems.ts';
import type { Counterpart, Tool } from '../../model/selfcheck.ts';

/** Names in the folder of the self-check, in which the tools run. */
export const SOURCE = 'source';
const EMPTY = 'empty';
const COPY = 'copy';

export type Version = { readonly kind: 'said'; readonly line: string } | { readonly kind: 'not-installed' | 'silent' };

/** The first line of what a tool says of itself. */
export async function versionOf(tool: Tool, cancelled: AbortSignal): Promise<Version> {
  const { code, stdout, found } = await start([tool, '--version'], '/', cancelled).ended;
  if (!found) return { kind: 'not-installed' };
  const line = stdout.split('\n')[0]?.trim() ?? '';
  return code === 0 && line !== '' ? { kind: 'said', line } : { kind: 'silent' };
}

/**
 * Nanoseconds the tool takes to move `bytes`, all of the file SOURCE in `folder`. Whatever it makes there is removed.
 * A cancel kills the tool, and then there is no time.
 */
export async function timeTool(
  { id }: Counterpart,
  folder: string,
  bytes: number,
  cancelled: AbortSignal,
): Promise<Outcome<number>> {
  const run = (command: readonly string[]) => start(command, folder, cancelled);
  try {
    switch (id) {
      case 'cp':
      case 'cp-before-9':
        return await copying((source) => ['cp', source, COPY], folder, run);
      case 'dd':
        return await copying((source) => ['dd', 'bs=64K', 'status=none', `if=${source}`, `of=${COPY}`], folder, run);
      case 'fio-direct':
        return await readingAndWriting(['--ioengine=psync', '--direct=1', '--bs=1M'], bytes, run);
      case 'fio-io-uring':
        return await readingAndWriting(['--ioengine=io_uring', '--iodepth=8', '--bs=64k'], bytes, run);
      case 'fio-splice':
        return await readingAndWriting(['--ioengine=splice', '--bs=64k'], bytes, run);
      default:
        return await sending(bytes, run);
    }
  } finally {
    for (const name of [EMPTY, COPY]) rmSync(path.join(folder, name), { force: true });
  }
}

type Run = (command: readonly string[]) => Started;

/** A start is so short that one that had to wait for a CPU says nothing: the quickest of these counts. */
const STARTS = 5;

/** Wall time of a command that copies, less that of the same command for an empty file: its start and its end. */
async function copying(
  commandFor: (source: string) => readonly string[],
  folder: string,
  run: Run,
): Promise<Outcome<number>> {
  writeFileSync(path.join(folder, EMPTY), '');
  let idleNs = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < STARTS; nth++) {
    const idle = await run(commandFor(EMPTY)).ended;
    if (idle.code !== 0) return failed(commandFor(EMPTY), idle);
    idleNs = Math.min(idleNs, idle.wallNs);
    rmSync(path.join(folder, COPY));
  }
  const busy = await run(commandFor(SOURCE)).ended;
  if (busy.code !== 0) return failed(commandFor(SOURCE), busy);
  if (busy.wallNs > idleNs) return ok(busy.wallNs - idleNs);
  return refuse(
    'too-short',
    l10n.t('{0} took no longer than for an empty file.', commandFor(SOURCE).join(' ')),
    l10n.t('Choose a larger size.'),
  );
}

/** fio reads the source, then writes as much; it measures itself. */
async function readingAndWriting(options: readonly string[], bytes: number, run: Run): Promise<Outcome<number>> {
  let sum = 0;
  for (const [way, file] of [
    ['read', SOURCE],
    ['write', COPY],
  ] as const) {
    const command = [
      'fio',
      '--name=selfcheck',
      `--filename=${file}`,
      `--rw=${way}`,
      `--size=${bytes}`,
      '--fallocate=none',
      '--thread',
      '--invalidate=0',
      '--output-format=json',
      ...options,
    ];
    const ended = await run(command).ended;
    const perSecond = ended.code === 0 ? bytesPerSecond(ended.stdout, way) : null;
    if (perSecond === null) return failed(command, ended);
    sum += (bytes / perSecond) * 1e9;
  }
  return ok(sum);
}

function bytesPerSecond(json: string, way: 'read' | 'write'): number | null {
  const report = parsed<{ readonly jobs: readonly FioJob[] }>(json.slice(json.indexOf('{')));
  const job = report?.jobs[0];
  return job?.error === 0 && job[way].bw_bytes > 0 ? job[way].bw_bytes : null;
}

interface FioJob {
  readonly error: number;
  readonly read: { readonly bw_bytes: number };
  readonly write: { readonly bw_bytes: number };
}

/** iperf3 -Z against a server of its own on loopback that serves one client. */
async function sending(bytes: number, run: Run): Promise<Outcome<number>> {
  const port = String(await freePort());
  const serverCommand = ['iperf3', '-s', '-1', '-B', '127.0.0.1', '-p', port, '--forceflush'];
  const server = run(serverCommand);
  if (!(await server.said('listening'))) return failed(serverCommand, await server.ended);
  const command = ['iperf3', '-c', '127.0.0.1', '-p', port, '-Z', '-J', '-n', String(bytes)];
  const ended = await run(command).ended;
  server.stop();
  await server.ended;
  const bitsPerSecond = ended.code === 0 ? parsed<IperfReport>(ended.stdout)?.end?.sum_received.bits_per_second : 0;
  return bitsPerSecond ? ok(((bytes * 8) / bitsPerSecond) * 1e9) : failed(command, ended);
}

interface IperfReport {
  readonly end?: { readonly sum_received: { readonly bits_per_second: number } };
  readonly error?: string;
}

/** A TCP port nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function parsed<T>(json: string): T | null {
  try {
    return JSON.parse(json) as T;
  } catch {
    return null;
  }
}

interface Ended {
  /** False where there is no such program. */
  readonly found: boolean;
  /** Null where it could not be started, or a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallNs: number;
}

interface Started {
  /** Never rejects; when it resolves, the process is gone. */
  readonly ended: Promise<Ended>;
  /** Whether it ever says this on standard output. */
  said(text: string): Promise<boolean>;
  stop(): void;
}

function start([program = '', ...args]: readonly string[], folder: string, cancelled: AbortSignal): Started {
  const begun = process.hrtime.bigint();
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const kill = () => child.kill('SIGKILL');
  cancelled.addEventListener('abort', kill, { once: true });
  if (cancelled.aborted) kill();
  let stdout = '';
  let stderr = '';
  let wallNs = 0;
  let found = true;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('exit', () => {
    wallNs = Number(process.hrtime.bigint() - begun);
  });
  const ended = new Promise<Ended>((resolve) => {
    const end = (code: number | null) => {
      cancelled.removeEventListener('abort', kill);
      resolve({ found, code, stdout, stderr, wallNs });
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      found = error.code !== 'ENOENT';
      stderr += error.message;
      if (child.pid === undefined) end(null);
    });
    child.once('close', end);
  });
  return {
    ended,
    said: (text) =>
      new Promise((resolve) => {
        child.stdout.on('data', () => {
          if (stdout.includes(text)) resolve(true);
        });
        void ended.then(() => resolve(false));
      }),
    stop: () => child.kill(),
  };
}

/** In the tool's own words: the last line of them, or what is in its report. */
function failed(command: readonly string[], { stdout, stderr }: Ended): Outcome<never> {
  const words = stderr.trim().split('\n').at(-1) || parsed<IperfReport>(stdout)?.error;
  return refuse(
    'tool-failed',
    words
      ? l10n.t('{0} did not do it: {1}', command.join(' '), words)
      : l10n.t('{0} did not do it.', command.join(' ')),
    l10n.t('Try the command by hand.'),
  );
}
