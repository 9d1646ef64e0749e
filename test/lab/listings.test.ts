/** The listings as programs that stand alone: they compile without a warning, and move every byte as it is. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { standAloneSource } from '../../src/model/listings.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { skip } from '../skip.ts';
import { loopFilesystem, ROOT } from './lab.ts';

const MODES: Readonly<Record<PathId, readonly string[]>> = {
  'file-to-file': [
    'read-write',
    'mmap-write',
    'mmap-mmap',
    'sendfile',
    'splice',
    'copy-file-range',
    'reflink',
    'direct',
    'read-write-dontcache',
    'io-uring',
    'io-uring-fixed',
    'io-uring-direct',
    'io-uring-splice',
  ],
  'file-to-socket': [
    'read-write',
    'mmap-write',
    'sendfile',
    'splice',
    'msg-zerocopy',
    'read-msg-zerocopy',
    'direct-msg-zerocopy',
    'io-uring-send-zc',
    'io-uring-splice',
  ],
  'process-to-process': [
    'pipe',
    'socketpair',
    'unix-sendfile',
    'unix-splice',
    'vmsplice',
    'vmsplice-splice',
    'process-vm-readv',
    'shared-memory',
  ],
};

/** What a mode says where kernel, filesystem or container do not let it, as strerror(3) has it. */
const REFUSALS: Readonly<Record<string, RegExp>> = {
  reflink: /Operation not supported/,
  direct: /Invalid argument/,
  'direct-msg-zerocopy': /Invalid argument/,
  'read-write-dontcache': /Operation not supported|Invalid argument/,
  'io-uring-direct': /Invalid argument|Operation not permitted|Function not implemented|Cannot allocate memory/,
  'io-uring-send-zc': /Invalid argument|Operation not permitted|Function not implemented/,
  'process-vm-readv': /Operation not permitted|Function not implemented/,
};
const REFUSAL = /Operation not permitted|Function not implemented/;

const SIZES = [0, 1, 4096, 12_288, 2 ** 20 + 4321];
const BUFFERS = [1000, 65_536, 2 ** 19];

const base = mkdtempSync(path.join(tmpdir(), 'zcl-listings-'));
const payloadSums = new Map<number, string>();
const contents = new Map(SIZES.map((size) => [size, randomBytes(size)]));
/** `cc` is what a reader is told to take; it may well be one of the others. */
const compilers = distinct(['cc', 'gcc', 'clang']);
const programs = new Map<string, Promise<string>>();

/** Linux 6.2 brought the last of what the listings use of it. */
const hasRecentHeaders =
  spawnSync(compilers[0] ?? 'cc', ['-fsyntax-only', '-x', 'c', '-'], {
    input: '#include <linux/io_uring.h>\nunsigned flag = IORING_SEND_ZC_REPORT_USAGE;\n',
  }).status === 0;

beforeEach((context) => {
  if (compilers.length === 0) skip(context, 'there is no C compiler: cc, gcc and clang are not found');
  const isLate = /io-uring-send-zc/.test(context.task.suite?.name ?? '');
  if (isLate && !hasRecentHeaders) skip(context, 'the kernel headers are older than Linux 6.2');
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program under way; the time limit is for a hang. */
async function run(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { timeout: 50_000, killSignal: 'SIGKILL' }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
    });
  });
}

/** Those that are there, each program once. */
function distinct(names: readonly string[]): readonly string[] {
  const versions = new Map<string, string>();
  for (const name of names) {
    const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    const version = stdout?.replace(/^\w+/, '');
    if (status === 0 && !versions.has(version)) versions.set(version, name);
  }
  return [...versions.values()];
}

/** The program of a mode, compiled when it is first asked for. @param before a header of this folder, put before it */
async function program(mode: string, route: PathId, before?: string): Promise<string> {
  const key = `${mode} ${route} ${before}`;
  const known = programs.get(key) ?? compile(mode, route, compilers[0] as string, before);
  programs.set(key, known);
  return known;
}

async function compile(mode: string, route: PathId, compiler: string, before?: string): Promise<string> {
  const folder = mkdtempSync(path.join(base, 'build-'));
  const [source, built] = [path.join(folder, `${mode}.c`), path.join(folder, mode)];
  writeFileSync(source, standAloneSource(mode, route));
  const include = before === undefined ? [] : ['-include', path.join(ROOT, 'test', 'lab', before)];
  const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', ...include, '-o', built, source];
  const { code, stderr } = await run(compiler, flags);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return built;
}

/** Ends the test where the host does not let the mode. */
function unlessRefused(context: TestContext, mode: string, ended: Ended): Ended {
  const refusal = /^(?:move|consumer): (.*)$/m.exec(ended.stderr)?.[1];
  const known = REFUSALS[mode] ?? (mode.startsWith('io-uring') ? REFUSAL : undefined);
  if (ended.code === 1 && refusal !== undefined && known?.test(refusal)) skip(context, `${mode}: ${refusal}`);
  return ended;
}

function sourceOf(folder: string, size: number): string {
  const file = path.join(folder, `source-${size}`);
  if (!existsSync(file)) writeFileSync(file, contents.get(size) as Buffer);
  return file;
}

/** Copies a file of each size with each buffer and compares. */
async function copyAll(context: TestContext, mode: string, built: string, folder: string): Promise<string> {
  let last = '';
  for (const size of SIZES) {
    for (const buffer of BUFFERS) {
      const copy = path.join(folder, `copy-${size}-${buffer}`);
      const ended = unlessRefused(context, mode, await run(built, [sourceOf(folder, size), copy, `${buffer}`]));
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(readFileSync(copy).equals(contents.get(size) as Buffer), `${size} bytes, buffer ${buffer}`).toBe(true);
      last = ended.stdout;
    }
  }
  return last;
}

test.each(PATHS)('%s: every mode of the catalogue is tested here', (route) => {
  const ids = modesOfPath(route).map((mode) => mode.id);
  expect(ids.filter((id) => !MODES[route].includes(id))).toEqual([]);
});

describe.each(MODES['file-to-file'])('%s, file to file', (mode) => {
  test.each(compilers)('compiles with %s without a warning', async (compiler) => {
    await compile(mode, 'file-to-file', compiler);
  });

  test('copies files of all sizes', async (context) => {
    const built = await program(mode, 'file-to-file');
    const folder = mkdtempSync(path.join(base, 'copies-'));
    const report = await copyAll(context, mode, built, folder);
    expect(report).toMatch(/^\d+ bytes in \d+\.\d+ s[:,].*\n.* page faults, .* context switches\n$/);
  });

  test('copies the same while signals interrupt it', async (context) => {
    const built = await program(mode, 'file-to-file', 'disturbed.h');
    await copyAll(context, mode, built, mkdtempSync(path.join(base, 'copies-')));
  });

  test('overwrites nothing', async () => {
    const built = await program(mode, 'file-to-file');
    const folder = mkdtempSync(path.join(base, 'copies-'));
    const source = sourceOf(folder, 4096);
    expect(await run(built, [source, source])).toMatchObject({ code: 1, stdout: '' });
    expect(readFileSync(source).equals(contents.get(4096) as Buffer)).toBe(true);
    expect(await run(built, [source])).toMatchObject({ code: 2 });
    expect(await run(built, [source, path.join(folder, 'copy'), '0'])).toMatchObject({ code: 2 });
    expect(existsSync(path.join(folder, 'copy'))).toBe(false);
  });
});

// reflink promises nothing: it clones what is there.
test.for(MODES['file-to-file'].filter((mode) => mode !== 'reflink'))(
  '%s, file to file, fails when the file has less than it promised',
  async (mode, context) => {
    const built = await program(mode, 'file-to-file', 'promised.h');
    const folder = mkdtempSync(path.join(base, 'copies-'));
    for (const size of [0, 12_288]) {
      const args = [sourceOf(folder, size), path.join(folder, `copy-${size}`), '4096'];
      const ended = unlessRefused(context, mode, await run(built, args));
      // Behind the end of a file there is nothing to touch: the kernel says EFAULT, a program of its own gets a signal.
      if (mode === 'mmap-mmap') expect(ended).toMatchObject({ signal: 'SIGBUS', stdout: '' });
      else if (mode === 'mmap-write') expect(ended).toMatchObject({ code: 1, stderr: 'move: Bad address\n' });
      else expect(ended).toMatchObject({ code: 1, stdout: '', stderr: 'move: No data available\n' });
    }
  },
);

describe.each(['xfs', 'btrfs'])('on %s', (type) => {
  test.for(['reflink', 'copy-file-range'])('%s shares the blocks of the file, and says so', async (mode, context) => {
    const built = await program(mode, 'file-to-file');
    const report = await copyAll(context, mode, built, loopFilesystem(context, type, base));
    expect(report).toMatch(/^\d+ bytes in \d+\.\d+ s, of which \d+ share blocks: no data moved\n/);
    expect(report).not.toContain('MiB/s');
  });
});

describe.each(MODES['file-to-socket'])('%s, file to socket', (mode) => {
  test.each(compilers)('compiles with %s without a warning', async (compiler) => {
    await compile(mode, 'file-to-socket', compiler);
  });

  test('sends files of all sizes', async (context) => {
    const built = await program(mode, 'file-to-socket');
    const report = await sendAll(context, mode, built, '127.0.0.1');
    expect(report).toMatch(/^the last call returned after .*\n\d+ bytes in .*\n.* context switches\n$/m);
    // Every send of the zerocopy modes is accounted for: over loopback each is copied.
    const sends = /^(\d+) sends, of which the kernel says it copied (\d+)$/m.exec(report);
    expect(sends === null).toBe(!/zerocopy|zc/.test(mode));
    if (sends !== null) expect(sends[2]).toBe(sends[1]);
  });

  test('sends the same while signals interrupt it', async (context) => {
    const built = await program(mode, 'file-to-socket', 'disturbed.h');
    await sendAll(context, mode, built, '127.0.0.1');
  });

  test('fails when the file has less than it promised', async (context) => {
    const built = await program(mode, 'file-to-socket', 'promised.h');
    const receiver = await listen('127.0.0.1');
    const file = sourceOf(mkdtempSync(path.join(base, 'sends-')), 12_288);
    const ended = unlessRefused(context, mode, await run(built, [file, receiver.host, receiver.port, '4096']));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^mmap|msg/.test(mode) ? /^move: (Bad address|No data available)\n$/ : /^move: No data/,
    );
  });

  test('fails when the receiver leaves', async (context) => {
    const built = await program(mode, 'file-to-socket');
    const receiver = await listen('127.0.0.1', (socket) => socket.once('data', () => socket.resetAndDestroy()));
    const file = path.join(mkdtempSync(path.join(base, 'sends-')), 'source');
    writeFileSync(file, Buffer.alloc(32 * 2 ** 20));
    const ended = unlessRefused(context, mode, await run(built, [file, receiver.host, receiver.port]));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^move: (Broken pipe|Connection reset by peer)\n$/);
  });
});

test('msg-zerocopy hears of its sends over IPv6, too', async (context) => {
  const built = await program('msg-zerocopy', 'file-to-socket');
  await sendAll(context, 'msg-zerocopy', built, '::1');
});

describe.each(MODES['process-to-process'])('%s, process to process', (mode) => {
  test.each(compilers)('compiles with %s without a warning', async (compiler) => {
    await compile(mode, 'process-to-process', compiler);
  });

  test.for(['in peace', 'while signals interrupt it'])('hands over payloads of all sizes %s', async (how, context) => {
    const disturbed = how === 'in peace' ? undefined : 'disturbed.h';
    const built = await program(mode, 'process-to-process', disturbed);
    for (const size of SIZES) {
      for (const buffer of BUFFERS) {
        const { code, stdout, stderr } = unlessRefused(context, mode, await run(built, [`${size}`, `${buffer}`]));
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const [produced, consumed] = stdout.split('\n');
        expect(produced).toBe(`produced ${size} bytes, checksum ${payloadSum(size)}`);
        expect(consumed).toBe(`consumed ${size} bytes, checksum ${payloadSum(size)}`);
      }
    }
  });
});

/** What exchange.h computes while it makes the payload, computed without it. */
function payloadSum(size: number): string {
  const known = payloadSums.get(size);
  if (known !== undefined) return known;
  let [sum, sumOfSums] = [0, 0n];
  for (let at = 1n; at <= BigInt(size); at++) {
    sum += Number(BigInt.asUintN(64, at * 0x9e3779b97f4a7c15n) >> 56n);
    sumOfSums += BigInt(sum);
  }
  const text = sumOfSums.toString(16).padStart(16, '0');
  payloadSums.set(size, text);
  return text;
}

interface Receiver {
  readonly host: string;
  readonly port: string;
  /** The digest of what the next connection brought, once it has ended. */
  digest(): Promise<string>;
}

/** A server that hashes what it is sent and closes when the sender has. @param meddle with each connection */
async function listen(host: string, meddle: (socket: Socket) => void = () => {}): Promise<Receiver> {
  const digests: Promise<string>[] = [];
  const server: Server = createServer((socket) => {
    const hash = createHash('sha256');
    socket.on('data', (data) => hash.update(data));
    socket.on('error', () => {}); // a reset, where a test wants one
    digests.push(new Promise((resolve) => socket.on('end', () => resolve(hash.digest('hex')))));
    meddle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, host, resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { host, port: `${port}`, digest: async () => (await digests.shift()) ?? 'no connection' };
}

/** Sends a file of each size with each buffer and compares the digests; gives what the last run printed. */
async function sendAll(context: TestContext, mode: string, built: string, host: string): Promise<string> {
  const folder = mkdtempSync(path.join(base, 'sends-'));
  const receiver = await listen(host).catch((error: Error) => skip(context, `${host}: ${error.message}`));
  let last = '';
  for (const size of SIZES) {
    for (const buffer of BUFFERS) {
      const args = [sourceOf(folder, size), receiver.host, receiver.port, `${buffer}`];
      const ended = unlessRefused(context, mode, await run(built, args));
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const sent = createHash('sha256')
        .update(contents.get(size) as Buffer)
        .digest('hex');
      expect(await receiver.digest(), `${size} bytes, buffer ${buffer}`).toBe(sent);
      last = ended.stdout;
    }
  }
  return last;
}
