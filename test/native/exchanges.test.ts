import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ExchangeRequest,
  NativeTransfer,
  Outcome,
  ThreadCost,
  TransferMeasurement,
} from '../../native/addon.d.ts';
import { addon, addonFile, error, exchangeModes, Scratch, underWay, value, xxh3 } from './addon.ts';
import { elsewhere, withShim } from './elsewhere.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const SEED = 42;
const consumerFile = path.join(path.dirname(addonFile), 'zcl-consumer');

const peers = ['thread', 'process'] as const;
const everyExchange = exchangeModes.flatMap((mode) => peers.map((peer) => ({ mode, peer })));

/** The stream, written down once more from its description in native/exchange/payload.h. */
function payload(bytes: number, seed: number): Buffer {
  const words = new BigUint64Array(Math.ceil(bytes / 8));
  let word = BigInt.asUintN(64, (BigInt(seed) + 1n) * 0xbf58476d1ce4e5b9n);
  for (let i = 0; i < words.length; i += 1) {
    words[i] = word;
    word = BigInt.asUintN(64, word + 0x9e3779b97f4a7c15n);
  }
  return Buffer.from(words.buffer, 0, bytes);
}

const longest = payload(3 * MIB + 1, SEED);

async function exchange(request: Partial<ExchangeRequest> & Pick<ExchangeRequest, 'mode' | 'peer'>) {
  return value(await addon.startExchange(complete(request)).done);
}

function complete(request: Partial<ExchangeRequest> & Pick<ExchangeRequest, 'mode' | 'peer'>): ExchangeRequest {
  return { bytes: MIB, seed: SEED, bufferBytes: 64 * KIB, verify: false, ...request };
}

/** The children of this process that are consumers, dead ones too. */
function consumers(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, name, parentPid] = /^\d+ \((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return name === 'zcl-consumer' && Number(parentPid) === parent;
      } catch {
        return false; // gone meanwhile
      }
    })
    .map(Number);
}

/** What an exchange may hold: pipes, sockets, files in memory, threads, children. */
function holdings() {
  const descriptors = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // the descriptor readdir itself had open
    }
  });
  return {
    descriptors: descriptors.sort(),
    threads: readdirSync('/proc/self/task').length,
    consumers: consumers(),
  };
}

/** What the descriptors of a process lead to. */
function openIn(pid: number): Map<number, string> {
  const folder = `/proc/${pid}/fd`;
  return new Map(readdirSync(folder).map((fd) => [Number(fd), readlinkSync(path.join(folder, fd))]));
}

/** Whether a descriptor of this process is passed on to every program it starts. */
function staysOpenOnExec(fd: number): boolean {
  const [, flags = '0'] = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
  return (Number.parseInt(flags, 8) & 0o2000000) === 0;
}

/** Waits for something that another process brings about, without a limit but that of the test. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

const callsOf = (cost: ThreadCost | null): number =>
  Object.values(cost?.calls ?? {}).reduce((sum, calls) => sum + calls, 0);

test('every file of native/exchanges is a mode', () => {
  expect(exchangeModes.length).toBeGreaterThanOrEqual(8);
  expect(addon.modes).toEqual(expect.arrayContaining([...exchangeModes]));
});

describe.each(everyExchange)('$mode, $peer', ({ mode, peer }) => {
  test.each([1, 7, 4096, 4099, 64 * KIB, MIB])('hands over every byte, with a buffer of %i', async (bufferBytes) => {
    const several = bufferBytes < 4096 ? 20_000 * bufferBytes + 1 : longest.length;
    for (const bytes of new Set([0, 1, bufferBytes - 1, bufferBytes, bufferBytes + 1, several])) {
      const measured = await exchange({ mode, peer, bytes, bufferBytes, verify: true });
      expect(measured.bytes).toBe(bytes);
      expect(measured.verification).toEqual({
        ok: true,
        how: 'separate-pass',
        bytes,
        hash: xxh3(longest.subarray(0, bytes)),
      });
    }
  });

  test('hands over a stream that depends on the seed', async () => {
    const seeds = [0, 1, Number.MAX_SAFE_INTEGER];
    for (const seed of seeds) {
      const measured = await exchange({ mode, peer, bytes: 10_001, seed, verify: true });
      expect(measured.verification).toMatchObject({ ok: true, hash: xxh3(payload(10_001, seed)) });
    }
  });

  test('makes no system call where there is nothing to hand over', async () => {
    const measured = await exchange({ mode, peer, bytes: 0 });
    expect([measured.sender.calls, measured.receiver?.calls]).toEqual([{}, {}]);
    expect(measured.bytes).toBe(0);
    expect(measured.verification).toBeNull();
  });

  test.each([1, 2, 64])('goes round in %i buffers', async (queueDepth) => {
    const measured = await exchange({ mode, peer, bytes: 2 * MIB + 1, options: { queueDepth }, verify: true });
    expect(measured.verification).toMatchObject({ ok: true });
  });

  test('measures a window that makes sense', async () => {
    const running = addon.startExchange(complete({ mode, peer, bytes: 8_000_001 }));
    const measured = value(await running.done);
    expect(running.bytesSoFar()).toBe(8_000_001);
    expect(measured.wallNs).toBeGreaterThanOrEqual(measured.senderDoneNs);
    expect(measured.senderDoneNs).toBeGreaterThan(0);
    expect(measured.setupNs).toBeGreaterThan(0);
    expect(measured.zerocopy).toBeNull();
    for (const cost of [measured.sender, measured.receiver]) {
      expect(cost?.cpuNs).toBeGreaterThan(0);
      for (const number of Object.values(cost ?? {}).filter((field) => typeof field === 'number')) {
        expect(Number.isInteger(number) && number >= 0).toBe(true);
      }
    }
  });

  test('is right under a storm of signals', async () => {
    // Where the number of calls is a matter of waiting anyway, it does not show whether a signal cut one short.
    const noticeable = !['vmsplice', 'process-vm-readv', 'shared-memory'].includes(mode);
    const request = complete({ mode, peer, bytes: 8_000_011, bufferBytes: 300_007, verify: true });
    const calm = callsOf((await exchange(request)).sender);
    let noticed = false;
    for (let attempt = 0; attempt === 0 || (noticeable && !noticed && attempt < 50); attempt += 1) {
      const running = addon.startExchange(request);
      const measured = value(await stormOver(running));
      expect(measured.verification).toMatchObject({ ok: true, bytes: request.bytes });
      noticed = callsOf(measured.sender) > calm;
      running.nudge(); // nobody is there any more
    }
    if (noticeable) expect(noticed).toBe(true);
  });

  test('is cancelled in the middle, and leaves nothing', async () => {
    const before = holdings();
    const running = addon.startExchange(complete({ mode, peer, bytes: 64 * GIB }));
    await underWay(running);
    if (peer === 'process') expect(consumers()).toHaveLength(1);
    running.cancel();
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(holdings()).toEqual(before);
    expect(running.bytesSoFar()).toBeGreaterThan(0);
    expect(running.bytesSoFar()).toBeLessThan(64 * GIB);
    running.cancel();
  });

  test('is cancelled before it began', async () => {
    const before = holdings();
    const running = addon.startExchange(complete({ mode, peer, bytes: 64 * GIB }));
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(holdings()).toEqual(before);
  });

  test('leaves nothing after 200 exchanges', async () => {
    await exchange({ mode, peer });
    const before = holdings();
    for (let i = 0; i < 200; i += 1) await exchange({ mode, peer, bytes: 10_000, bufferBytes: 4096 });
    expect(holdings()).toEqual(before);
  });
});

/** Sends signals, as fast as it can, while an exchange runs. */
async function stormOver(running: NativeTransfer): Promise<Outcome<TransferMeasurement>> {
  let ended = false;
  void running.done.then(() => {
    ended = true;
  });
  while (!ended) {
    running.nudge();
    await setImmediate();
  }
  return running.done;
}

describe('calls', () => {
  const bytes = MIB + 1;

  // What each side must call per chunk where the buffer fits the channel; how often they wait is up to the scheduler.
  const sender: Record<string, (chunks: number) => Record<string, number>> = {
    pipe: (chunks) => ({ write: chunks }),
    socketpair: (chunks) => ({ write: chunks }),
    'unix-sendfile': (chunks) => ({ sendfile: chunks }),
    'unix-splice': (chunks) => ({ splice: 2 * chunks }),
    vmsplice: (chunks) => ({ vmsplice: chunks }),
    'vmsplice-splice': (chunks) => ({ vmsplice: chunks, splice: chunks }),
    'process-vm-readv': () => ({}),
    'shared-memory': () => ({}),
  };

  test.each(everyExchange)('of $mode, $peer', async ({ mode, peer }) => {
    for (const bufferBytes of [4096, 64 * KIB]) {
      const chunks = Math.ceil(bytes / bufferBytes);
      const measured = await exchange({ mode, peer, bytes, bufferBytes });
      const { futex: waits = 0, ...made } = measured.sender.calls;
      expect(made).toEqual(sender[mode]?.(chunks));
      // A chunk is waited for at most once on either side, and each wait answered by at most one call.
      expect(waits).toBeLessThanOrEqual(2 * chunks);
      const { futex: answers = 0, ...taken } = measured.receiver?.calls ?? {};
      expect(answers).toBeLessThanOrEqual(2 * chunks);
      if (mode === 'shared-memory') expect(taken).toEqual({});
      else if (mode === 'process-vm-readv') expect(taken).toEqual({ process_vm_readv: chunks });
      else {
        expect(Object.keys(taken)).toEqual(['read']);
        expect(taken['read']).toBeGreaterThanOrEqual(chunks);
      }
    }
  });

  test('modes that copy wait for nobody in a futex', async () => {
    for (const mode of ['pipe', 'socketpair']) {
      const measured = await exchange({ mode, peer: 'thread', bytes: 16 * MIB });
      expect(Object.keys({ ...measured.sender.calls, ...measured.receiver?.calls }).sort()).toEqual(['read', 'write']);
    }
  });
});

describe('the pipe', () => {
  const withPipe = ['pipe', 'unix-splice', 'vmsplice', 'vmsplice-splice'];

  test.each(withPipe)('of %s is as large as the buffer, from 64 KiB to 1 MiB', async (mode) => {
    for (const [bufferBytes, pipeBytes] of [
      [7, 64 * KIB],
      [65_537, 128 * KIB],
      [256 * KIB, 256 * KIB],
      [2 * MIB, MIB],
    ] as const) {
      const measured = await exchange({ mode, peer: 'thread', bytes: 2 * MIB, bufferBytes, verify: bufferBytes > 7 });
      expect(measured.observed).toEqual({ pipeBytes });
    }
  });

  test.each(withPipe)('of %s is as large as was asked for', async (mode) => {
    const options = { pipeBytes: 4096 };
    const measured = await exchange({ mode, peer: 'process', options, bytes: 300_001, verify: true });
    expect(measured.observed).toEqual(options);
    expect(measured.verification).toMatchObject({ ok: true });
  });
});

describe('bad requests', () => {
  test.each([
    [{ bufferBytes: 0 }, /^bufferBytes must be 1 to/],
    [{ bufferBytes: 2 ** 30 + 1 }, /^bufferBytes must be 1 to/],
    [{ bytes: -1 }, /^bytes must be a whole number/],
    [{ seed: 1.5 }, /^seed must be a whole number/],
    [{ options: { queueDepth: 0 } }, /^queueDepth must be 1 to 1024/],
    [{ options: { queueDepth: 1025 } }, /^queueDepth must be 1 to 1024/],
    [{ options: { pipeBytes: 2 ** 31 } }, /^pipeBytes must be at most/],
    [{ peer: 'host' as 'thread' }, /^peer must be/],
  ])('%j', async (wrong, message) => {
    const outcome = await addon.startExchange({ ...complete({ mode: 'pipe', peer: 'thread' }), ...wrong }).done;
    expect(error(outcome)).toMatchObject({ code: 'BAD_ARGUMENT', message: expect.stringMatching(message) });
  });

  test.each(['sendfile', 'nonsense'])('there is no exchange “%s”', async (mode) => {
    const outcome = await addon.startExchange(complete({ mode, peer: 'thread' })).done;
    expect(error(outcome).code).toBe('UNKNOWN_MODE');
  });

  test('for more memory than there is to spare', () => {
    const request = complete({ mode: 'shared-memory', peer: 'thread', bytes: 2 ** 50, bufferBytes: 2 ** 30 });
    const program = `
      require(${JSON.stringify(addonFile)})
        .startExchange(${JSON.stringify({ ...request, options: { queueDepth: 1024 } })})
        .done.then((outcome) => console.log(outcome.error.code));`;
    // Should it be tried after all, then this limit stops it, and not the kernel's search for somebody to kill.
    const limited = ['-c', 'ulimit -f 65536 && exec "$0" -e "$1"', process.execPath, program];
    const child = spawnSync('bash', limited, { encoding: 'utf8', timeout: 60_000 });
    expect([child.stdout, child.signal]).toEqual(['ENOMEM\n', null]);
  });
});

describe('the process', () => {
  let scratch: Scratch;
  beforeAll(() => {
    scratch = new Scratch();
  });
  afterAll(() => scratch.remove());

  /** In another process, whose addon lies in a folder without a consumer. */
  const lonely = (script: string) =>
    elsewhere(
      scratch,
      `addon.startExchange({ mode: 'pipe', bytes: 1e6, seed: 1, bufferBytes: 4096, peer: 'process', verify: false })
        .done.then((outcome) => { ${script} });`,
      {},
    );

  test.each(exchangeModes)('of %s may be killed in the middle', async (mode) => {
    const before = holdings();
    const running = addon.startExchange(complete({ mode, peer: 'process', bytes: 64 * GIB }));
    await underWay(running);
    const [pid] = consumers();
    process.kill(pid as number, 'SIGKILL');
    expect(error(await running.done)).toEqual({
      code: 'CONSUMER_DIED',
      call: 'zcl-consumer',
      message: 'The consumer process was ended by SIGKILL before it had reported.',
    });
    expect(holdings()).toEqual(before);
  });

  test.each(exchangeModes)('of %s is cancelled also while it does not run', async (mode) => {
    const before = holdings();
    const running = addon.startExchange(complete({ mode, peer: 'process', bytes: 64 * GIB }));
    await underWay(running);
    process.kill(consumers()[0] as number, 'SIGSTOP');
    running.cancel();
    expect(error(await running.done).code).toBe('CANCELLED');
    expect(holdings()).toEqual(before);
  });

  test.each(exchangeModes)('of %s dies with the producer', async (mode) => {
    const request = JSON.stringify(complete({ mode, peer: 'process', bytes: 64 * GIB }));
    const program = `
      const running = require(${JSON.stringify(addonFile)}).startExchange(${request});
      const look = () => (running.bytesSoFar() === 0 ? setImmediate(look) : console.log('under way'));
      look();`;
    const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    const [pid] = consumers(parent.pid);
    expect(pid).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    // Whoever inherits it may not have reaped it: then it is dead all the same.
    await until(() => {
      try {
        return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      } catch {
        return true;
      }
    });
  });

  test.each(everyExchange)('may end in the middle of $mode, $peer', ({ mode, peer }) => {
    const request = JSON.stringify(complete({ mode, peer, bytes: 64 * GIB }));
    const program = `
      const running = require(${JSON.stringify(addonFile)}).startExchange(${request});
      const look = () => (running.bytesSoFar() === 0 ? setImmediate(look) : process.exit(7));
      look();`;
    const child = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 60_000 });
    expect([child.signal, child.status]).toEqual([null, 7]);
  });

  test('finds nothing of ours open but what it needs', async () => {
    const running = addon.startExchange(complete({ mode: 'pipe', peer: 'process', bytes: 64 * GIB }));
    await underWay(running);
    const theirs = openIn(consumers()[0] as number);
    running.cancel();
    await running.done;
    expect([0, 1, 2, 3, 4].map((fd) => theirs.get(fd)?.replace(/\d+/, 'N'))).toEqual([
      ...['/dev/null', '/dev/null', '/dev/null'],
      ...['/memfd:zero-copy-lab-control (deleted)', 'pipe:[N]'],
    ]);
    // Whatever else there is, this process was started with, and every child of it has it, too.
    for (const [fd, target] of theirs) if (fd > 4) expect(staysOpenOnExec(fd), `${fd}: ${target}`).toBe(true);
  });

  test('is missed where it is not there', () => {
    expect(lonely('console.log(JSON.stringify(outcome.error));')).toEqual({
      code: 'ENOENT',
      call: 'posix_spawn',
      message: 'No such file or directory',
      path: scratch.file('zcl-consumer'),
    });
  });

  test('cannot be started where it may not be', () => {
    copyFileSync(consumerFile, scratch.file('zcl-consumer'));
    chmodSync(scratch.file('zcl-consumer'), 0o644);
    expect(lonely('console.log(JSON.stringify(outcome.error));')).toMatchObject({
      code: 'EACCES',
      path: scratch.file('zcl-consumer'),
    });
  });

  test('says so where another program took its place', () => {
    copyFileSync('/bin/true', scratch.file('zcl-consumer'));
    chmodSync(scratch.file('zcl-consumer'), 0o755);
    expect(lonely('console.log(JSON.stringify(outcome.error));')).toMatchObject({
      code: 'CONSUMER_DIED',
      message: 'The consumer process ended with status 0 before it had reported.',
    });
  });

  test('does nothing by itself', () => {
    const alone = spawnSync(consumerFile, { encoding: 'utf8', timeout: 60_000 });
    expect([alone.status, alone.stderr]).toEqual([2, expect.stringContaining('Zero-Copy Lab starts it')]);
  });

  test('that may not look into the producer says so', () => {
    const request = JSON.stringify(complete({ mode: 'process-vm-readv', peer: 'process' }));
    copyFileSync(consumerFile, scratch.file('zcl-consumer'));
    const script = `addon.startExchange(${request}).done.then((it) => console.log(JSON.stringify(it.error)));`;
    expect(withShim(scratch, 'SHIM_NO_PROCESS_VM', script)).toMatchObject({ code: 'EPERM', call: 'process_vm_readv' });
  });
});
