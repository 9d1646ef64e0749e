/** Other people's tools, run on the same bytes: each gives the nanoseconds it took, or why it could not. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../model/problems.ts';
import { ok, refuse } from '../../model/problems.ts';
import type { Counterpart } from '../../model/selfcheck.ts';

export interface ToolJob {
  /** Names that lead to open files of this process. */
  readonly source: string;
  readonly empty: string;
  readonly copy: string;
  readonly bytes: number;
  readonly cancelled: AbortSignal;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallNs: number;
}

/** First line of what the tool says of itself, or null where it is not installed. */
export async function versionOf(tool: Counterpart['tool'], cancelled: AbortSignal): Promise<string | null> {
  const said = await run([tool, '--version'], cancelled);
  return said === null || said.code !== 0 ? null : (said.stdout.split('\n')[0]?.trim() ?? null);
}

/** Nanoseconds the tool takes for the job. */
export function timeTool(counterpart: Counterpart, job: ToolJob): Promise<Outcome<number>> {
  switch (counterpart.id) {
    case 'cp':
      return copying((source) => ['cp', source, job.copy], job);
    case 'dd':
      return copying((source) => ['dd', 'bs=64K', 'status=none', `if=${source}`, `of=${job.copy}`], job);
    case 'fio-direct':
      return readingAndWriting(['--ioengine=psync', '--direct=1', '--bs=1M'], job);
    case 'fio-io-uring':
      return readingAndWriting(['--ioengine=io_uring', '--iodepth=8', '--bs=64k'], job);
    case 'fio-splice':
      return readingAndWriting(['--ioengine=splice', '--bs=64k'], job);
    default:
      return sending(job);
  }
}

/** Wall time of a command that copies, less that of the same command on an empty file: its start and its end. */
async function copying(commandFor: (source: string) => readonly string[], job: ToolJob): Promise<Outcome<number>> {
  const idle = await run(commandFor(job.empty), job.cancelled);
  const ended = await run(commandFor(job.source), job.cancelled);
  if (idle?.code === 0 && ended?.code === 0 && ended.wallNs > idle.wallNs) return ok(ended.wallNs - idle.wallNs);
  return failed(commandFor(job.source), ended);
}

/** fio reads the source, then writes as much; it measures itself. */
async function readingAndWriting(options: readonly string[], job: ToolJob): Promise<Outcome<number>> {
  let sum = 0;
  for (const [way, file] of [
    ['read', job.source],
    ['write', job.copy],
  ] as const) {
    const command = [
      'fio',
      '--name=selfcheck',
      `--filename=${file}`,
      `--rw=${way}`,
      `--size=${job.bytes}`,
      '--fallocate=none',
      // Else it would remove a file it is to write and make a new one.
      ...(way === 'write' ? ['--file_append=1'] : []),
      '--thread',
      '--invalidate=0',
      '--output-format=json',
      ...options,
    ];
    const ended = await run(command, job.cancelled);
    const perSecond = ended?.code === 0 ? bytesPerSecond(ended.stdout, way) : null;
    if (perSecond === null) return failed(command, ended);
    sum += (job.bytes / perSecond) * 1e9;
  }
  return ok(sum);
}

function bytesPerSecond(json: string, way: 'read' | 'write'): number | null {
  try {
    const report = JSON.parse(json.slice(json.indexOf('{'))) as {
      readonly jobs: readonly { readonly error: number; readonly read: FioSide; readonly write: FioSide }[];
    };
    const [job] = report.jobs;
    return job !== undefined && job.error === 0 && job[way].io_bytes > 0 ? job[way].bw_bytes : null;
  } catch {
    return null;
  }
}

interface FioSide {
  readonly bw_bytes: number;
  readonly io_bytes: number;
}

/** iperf3 -Z against a server of its own on loopback that serves one client. */
async function sending(job: ToolJob): Promise<Outcome<number>> {
  const port = String(await freePort());
  const serverCommand = ['iperf3', '-s', '-1', '-B', '127.0.0.1', '-p', port, '--forceflush'];
  const server = start(serverCommand, job.cancelled);
  if (!(await server.said('listening'))) return failed(serverCommand, await server.ended);
  const command = ['iperf3', '-c', '127.0.0.1', '-p', port, '-Z', '-J', '-n', String(job.bytes)];
  const ended = await run(command, job.cancelled);
  server.stop();
  await server.ended;
  if (ended?.code !== 0) return failed(command, ended);
  const report = JSON.parse(ended.stdout) as {
    readonly end: { readonly sum_received: { readonly bits_per_second: number } };
  };
  return ok(((job.bytes * 8) / report.end.sum_received.bits_per_second) * 1e9);
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

/** @returns null where the program is not installed, or the run was cancelled */
function run(command: readonly string[], cancelled: AbortSignal): Promise<Ended | null> {
  return start(command, cancelled).ended;
}

interface Started {
  readonly ended: Promise<Ended | null>;
  /** Whether it ever says this on standard output. */
  said(text: string): Promise<boolean>;
  stop(): void;
}

function start([program = '', ...args]: readonly string[], cancelled: AbortSignal): Started {
  const begun = process.hrtime.bigint();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: cancelled,
    killSignal: 'SIGKILL',
    env: { ...process.env, LC_ALL: 'C' },
  });
  let stdout = '';
  let stderr = '';
  let wallNs = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('exit', () => {
    wallNs = Number(process.hrtime.bigint() - begun);
  });
  const ended = new Promise<Ended | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve({ code, stdout, stderr, wallNs }));
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

function failed(command: readonly string[], ended: Ended | null): Outcome<never> {
  const said = (ended?.stderr ?? '').trim().split('\n').at(-1) ?? '';
  return refuse(
    'tool-failed',
    said === ''
      ? l10n.t('{0} did not do it.', command.join(' '))
      : l10n.t('{0} did not do it: {1}', command.join(' '), said),
    l10n.t('Try the command by hand.'),
  );
}
