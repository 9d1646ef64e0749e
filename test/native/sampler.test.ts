import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EvidenceRights, NativeSource, TransferRequest } from '../../native/addon.d.ts';
import { skip } from '../skip.ts';
import { addon, addonFile, destinations, error, Scratch, value } from './addon.ts';
import { asNobody } from './elsewhere.ts';
import { countIn, countThrough, skipWithoutSamples, watch } from './sampled.ts';

const bytes = 32 * 2 ** 20;
let scratch: Scratch;
let source: NativeSource;
beforeAll(async () => {
  scratch = new Scratch();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes, seed: 3 }));
  value(await source.warm());
});
afterAll(() => {
  source.close();
  scratch.remove();
});

function request(mode: string, way: string): TransferRequest {
  const destination = destinations(scratch.directory)[way];
  if (destination === undefined) throw new Error(way);
  return { mode, destination, bufferBytes: 65_536, verify: false };
}

const TO_USER = /^(_copy_to_iter|copy_page_to_iter)$/;
const INTO_PAGE_CACHE = /^copy_(folio|page)_from_iter_atomic$/;
const MEMCPY = /^(__)?memcpy$/;

// Of all CPUs there is more than of our own tasks, but not less of those.
describe.each([
  { what: 'of our own tasks', cpuWide: false },
  { what: 'of all CPUs', cpuWide: true },
])('samples $what', ({ cpuWide }) => {
  test('show both copies of read and write', async (context) => {
    skipWithoutSamples(context, cpuWide);
    const seen = await watch(() => addon.startTransfer(source, request('read-write', 'file-to-file')), { cpuWide });
    expect(countThrough(seen, TO_USER, /read/)).toBeGreaterThan(20);
    expect(countThrough(seen, INTO_PAGE_CACHE, /write/)).toBeGreaterThan(20);
    expect(countThrough(seen, /^iter_file_splice_write$/)).toBe(0);
    expect(countIn(seen, { thread: 'receiver' })).toBe(0);
  });

  test('show the one copy of sendfile between files, from page to page', async (context) => {
    skipWithoutSamples(context, cpuWide);
    const seen = await watch(() => addon.startTransfer(source, request('sendfile', 'file-to-file')), { cpuWide });
    expect(countThrough(seen, MEMCPY, /^iter_file_splice_write$/)).toBeGreaterThan(20);
    expect(countThrough(seen, TO_USER)).toBe(0);
  });

  test('show that loopback undoes MSG_ZEROCOPY', async (context) => {
    skipWithoutSamples(context, cpuWide);
    const seen = await watch(() => addon.startTransfer(source, request('msg-zerocopy', 'file-to-socket')), { cpuWide });
    expect(countThrough(seen, MEMCPY, /^skb_copy_ubufs$/)).toBeGreaterThan(20);
    expect(countIn(seen, { thread: 'receiver' })).toBeGreaterThan(20);
  });

  test('show a memcpy in user space', async (context) => {
    skipWithoutSamples(context, cpuWide);
    const seen = await watch(() => addon.startTransfer(source, request('mmap-mmap', 'file-to-file')), { cpuWide });
    expect(countIn(seen, { thread: 'sender', user: 'memcpy' })).toBeGreaterThan(0);
  });

  test('show the workers of io_uring', async (context) => {
    skipWithoutSamples(context, cpuWide);
    const start = () => addon.startTransfer(source, request('io-uring', 'file-to-file'));
    const tried = await start().done;
    if (!tried.ok) skip(context, `io_uring does not work here: ${tried.error.code}`);
    if (tried.value.observed['ioWorkers'] === undefined) skip(context, 'this kernel has no worker write to this file');
    const seen = await watch(start, { cpuWide });
    expect(countIn(seen, { thread: 'worker' })).toBeGreaterThan(20);
  });

  test.for(['thread', 'process'] as const)('show a consumer that is a %s', async (peer, context) => {
    skipWithoutSamples(context, cpuWide);
    const exchange = { mode: 'pipe', bytes, seed: 1, bufferBytes: 65_536, peer, verify: false } as const;
    const seen = await watch(() => addon.startExchange(exchange), { cpuWide });
    expect(countThrough(seen, TO_USER, /pipe_read$/)).toBeGreaterThan(0);
    const program = peer === 'process' ? 'zcl-consumer' : path.basename(addonFile);
    expect(countIn(seen, { thread: 'receiver', user: program })).toBeGreaterThan(0);
    expect(countIn(seen, { thread: 'sender', user: path.basename(addonFile) })).toBeGreaterThan(0);
  });
});

describe('a sampler', () => {
  const start = () => addon.startTransfer(source, request('read-write', 'file-to-file'));

  test('gives what lies in the window, and then forgets', async (context) => {
    skipWithoutSamples(context);
    const sampler = value(addon.openSampler(3989, false));
    const { startedNs, wallNs } = value(await start().done);
    const first = value(sampler.collect(startedNs, startedNs + wallNs));
    const second = value(await start().done);
    const again = value(sampler.collect(startedNs, startedNs + wallNs));
    const late = value(sampler.collect(second.startedNs, second.startedNs + second.wallNs));
    sampler.close();
    expect(first.periodNs).toBe(Math.floor(1e9 / 3989));
    expect(first.stacks.length).toBeGreaterThan(0);
    expect([again.stacks, late.stacks]).toEqual([[], []]);
    // Not more than the time there was: one thread, and a sample at both ends.
    const samples = first.stacks.reduce((sum, { count }) => sum + count, 0);
    expect(samples).toBeLessThanOrEqual(wallNs / first.periodNs + 1);
  });

  test('takes samples of other processes for nobody’s', async (context) => {
    skipWithoutSamples(context, true);
    const stranger = spawn(process.execPath, ['-e', ENDLESS, addonFile], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(stranger.stdout, 'data');
      const sampler = value(addon.openSampler(3989, true));
      const begun = process.hrtime.bigint();
      await once(stranger.stdout, 'data'); // another transfer of its own is over
      const { stacks } = value(sampler.collect(Number(begun), Number(process.hrtime.bigint())));
      sampler.close();
      expect(stacks.filter(({ thread }) => thread !== 'kernel')).toEqual([]);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  test('counts what did not fit', async (context) => {
    skipWithoutSamples(context);
    const sampler = value(addon.openSampler(100_000, false));
    let lost = 0;
    for (let transfers = 0; lost === 0 && transfers < 100; transfers++) {
      const { startedNs } = value(await start().done);
      // What was dropped is told with the next sample that is taken: so let half of them go uncollected.
      if (transfers % 8 === 7) lost = value(sampler.collect(startedNs, startedNs)).lost;
    }
    sampler.close();
    expect(lost).toBeGreaterThan(0);
  });

  test('leaves nothing open', (context) => {
    skipWithoutSamples(context);
    const events = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:[perf_event]';
        } catch {
          return false; // the descriptor readdir itself had open
        }
      }).length;
    const rings = () => (readFileSync('/proc/self/maps', 'utf8').match(/anon_inode:\[perf_event\]/g) ?? []).length;
    const sampler = value(addon.openSampler(100, false));
    expect(events()).toBeGreaterThan(0);
    expect(rings()).toBe(events());
    sampler.close();
    addon.evidenceRights();
    expect([events(), rings()]).toEqual([0, 0]);
    expect(error(sampler.collect(0, 1)).code).toBe('BAD_ARGUMENT');
  });

  test.each([0, 100_001, 1.5, -1, '3'])('at a rate of %j is refused', (rate) => {
    expect(error(addon.openSampler(rate as number, false)).code).toBe('BAD_ARGUMENT');
  });

  test('that is asked for nonsense says so', (context) => {
    skipWithoutSamples(context);
    expect(error(addon.openSampler(100, 1 as unknown as boolean)).code).toBe('BAD_ARGUMENT');
    const sampler = value(addon.openSampler(100, false));
    expect(error(sampler.collect(-1, 1)).code).toBe('BAD_ARGUMENT');
    expect(error(sampler.collect(0, undefined as unknown as number)).code).toBe('BAD_ARGUMENT');
    sampler.close();
  });
});

describe('as a user without rights', () => {
  beforeEach((context) => {
    if (process.getuid?.() !== 0) skip(context, 'needs root, to become a user without rights');
    const paranoid = Number(readFileSync('/proc/sys/kernel/perf_event_paranoid', 'utf8'));
    if (paranoid < 2) skip(context, `kernel.perf_event_paranoid is ${paranoid}: every user may sample the kernel`);
  });

  test('each kind of event says why it cannot be had', () => {
    const rights = asNobody(scratch, 'console.log(JSON.stringify(addon.evidenceRights()));') as EvidenceRights;
    const refused = { code: expect.stringMatching(/^E(ACCES|PERM)$/), call: 'perf_event_open' };
    expect(rights).toMatchObject({ taskSamples: refused, cpuWide: refused });
    expect(rights.tracepoint?.code).toMatch(/^E(ACCES|PERM|NOENT)$/);
  });

  test('there is no sampler, and a transfer moves as ever but where its calls are to be traced', () => {
    const script = `
      (async () => {
        const source = (await addon.openSource({ kind: 'generated', directory: '/tmp', bytes: 100000, seed: 1 })).value;
        const request = { mode: 'read-write', destination: { kind: 'file', directory: '/tmp' }, bufferBytes: 4096, verify: false };
        const plain = await addon.startTransfer(source, request).done;
        const traced = await addon.startTransfer(source, { ...request, traceCalls: true }).done;
        console.log(JSON.stringify({ sampler: addon.openSampler(100, false), plain, traced }));
      })();`;
    expect(asNobody(scratch, script)).toMatchObject({
      sampler: { ok: false, error: { code: expect.stringMatching(/^E(ACCES|PERM)$/), call: 'perf_event_open' } },
      plain: { ok: true, value: { bytes: 100_000, tracedCalls: null } },
      traced: { ok: false, error: { code: expect.stringMatching(/^E(ACCES|PERM|NOENT)$/) } },
    });
  });
});

/** A program that moves bytes for ever, and says so after each transfer. */
const ENDLESS = `
  const addon = require(process.argv[1]);
  (async () => {
    for (;;) {
      const exchange = { mode: 'pipe', bytes: 2 ** 26, seed: 1, bufferBytes: 65536, peer: 'thread', verify: false };
      await addon.startExchange(exchange).done;
      process.stdout.write('.');
    }
  })();`;
