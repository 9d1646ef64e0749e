/** A run that goes on without whoever ordered it: found, watched and cancelled by others, or left alone to its end. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { RunOutcome } from '../../src/lab/client.ts';
import { FoundRun } from '../../src/lab/foundRun.ts';
import { readResult } from '../../src/lab/resultFile.ts';
import { applyEvent } from '../../src/model/events.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import type { FromBench, ToBench } from '../../src/model/messages.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import type { Result } from '../../src/model/result/result.ts';
import { gone, ROOT, until, Workplace, whether } from './lab.ts';
import { fileOf, leftBy } from './underWay.ts';

/** Where this process and the bench processes look for each other: before any module asks for it. */
const lockParent = await vi.hoisted(async () => {
  const [{ mkdtempSync }, { tmpdir }] = await Promise.all([import('node:fs'), import('node:os')]);
  const parent = mkdtempSync(`${tmpdir()}/zcl-found-`);
  process.env['ZERO_COPY_LAB_LOCK_PARENT'] = parent;
  return parent;
});
afterAll(() => rmSync(lockParent, { recursive: true, force: true }));

const folder = path.join(lockParent, `zero-copy-lab-${process.getuid?.()}`, 'run');
const socket = path.join(folder, 'socket');

const ENDLESS: ExperimentRequest = { modes: ['mmap-write'], size: '1MiB', buffers: ['64KiB'], rounds: 1000 };

/** A bench process with a run that has begun, whose orderer has gone. */
async function leftAlone(place: Workplace, request: ExperimentRequest): Promise<number> {
  const experiment = resolveExperiment(request, { directory: place.folder });
  if (!experiment.ok) throw new Error(experiment.problem.message);
  const order = { experiment: experiment.value, resultFile: fileOf(place), tool: 'test', token: null };
  const bench: ChildProcess = fork(path.join(ROOT, 'dist', 'bench.js'), [], { detached: true, stdio: 'pipe' });
  bench.send({ type: 'run', ...order, staysAlone: true } satisfies ToBench);
  await new Promise<void>((resolve, reject) => {
    bench.on('message', (message: FromBench) => {
      if (message.type === 'event' && message.event.type === 'started') resolve();
      if (message.type === 'refused') reject(new Error(message.problem.message));
    });
  });
  bench.disconnect();
  // And nobody reads what it may write there.
  bench.stderr?.destroy();
  return bench.pid as number;
}

class Watcher {
  private readonly running;

  private constructor(
    found: FoundRun,
    private latest: Result | null,
  ) {
    this.running = found.follow({
      event: (event) => {
        this.latest = applyEvent(this.latest, event);
      },
      progress: () => undefined,
      notice: () => undefined,
    });
  }

  static async find(): Promise<Watcher> {
    const found = await FoundRun.find();
    if (found === null) throw new Error('there is no run to be found');
    return new Watcher(found, found.standing.result);
  }

  get result(): Result {
    if (this.latest === null) throw new Error('the run has not begun');
    return this.latest;
  }

  get samples(): number {
    return this.result.cases.flatMap((one) => one.samples).length;
  }

  get outcome(): Promise<RunOutcome> {
    return this.running.outcome;
  }

  cancel(): void {
    this.running.cancel();
  }

  async hears(more: number): Promise<void> {
    const before = this.samples;
    await until(`${more} samples more`, () => whether(this.samples >= before + more));
  }
}

test('it goes on; whoever finds it knows all so far and hears the rest; one cancels, and all are told', async () => {
  const place = new Workplace();
  const bench = await leftAlone(place, ENDLESS);
  const first = await Watcher.find();
  await first.hears(6);
  const second = await Watcher.find();
  expect(second.samples).toBeGreaterThanOrEqual(6);
  await second.hears(3);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  second.cancel();
  for (const each of [first, second]) {
    expect(await each.outcome).toEqual({ kind: 'done', end: { how: 'cancelled', fileKept: true } });
    expect(readResult(fileOf(place))).toEqual({ ok: true, value: each.result });
  }
  expect(first.result).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
  await gone(bench);
  expect(leftBy(place)).toEqual(['out.zcresult.json']);
  expect(existsSync(socket)).toBe(false);
  expect(await FoundRun.find()).toBeNull();
});

test('nobody comes: it ends by itself, complete', async () => {
  const place = new Workplace();
  const bench = await leftAlone(place, { ...ENDLESS, rounds: 3 });
  await gone(bench);
  const result = readResult(fileOf(place));
  expect(result).toMatchObject({ ok: true, value: { status: 'complete', reason: null } });
  if (result.ok) for (const one of result.value.cases) expect(one.samples).toHaveLength(4);
  expect(leftBy(place)).toEqual(['out.zcresult.json']);
  expect(existsSync(socket)).toBe(false);
});

test('its process dies: whoever watches it finishes the result; the socket that is left keeps nobody', async () => {
  const place = new Workplace();
  const bench = await leftAlone(place, ENDLESS);
  const watcher = await Watcher.find();
  await watcher.hears(6);
  process.kill(bench, 'SIGKILL');
  expect(await watcher.outcome).toMatchObject({ kind: 'died', problem: { code: 'process-died' } });
  expect(watcher.result).toMatchObject({ status: 'partial', reason: { code: 'process-died' } });
  expect(readResult(fileOf(place))).toEqual({ ok: true, value: watcher.result });
  expect(leftBy(place)).toEqual(['out.zcresult.json']);

  expect(existsSync(socket)).toBe(true);
  expect(await FoundRun.find()).toBeNull();
  const again = await leftAlone(new Workplace(), { ...ENDLESS, rounds: 3 });
  await gone(again);
  expect(existsSync(socket)).toBe(false);
});

test('who leaves with something unread does not end it', async () => {
  const bench = await leftAlone(new Workplace(), { ...ENDLESS, rounds: 30 });
  // Paused before it is connected, it leaves all to the kernel, which resets such a connection.
  const stranger = connect(socket).pause();
  const watcher = await Watcher.find();
  await watcher.hears(3);
  stranger.destroy();
  expect(await watcher.outcome).toEqual({ kind: 'done', end: { how: 'ended', fileKept: true } });
  await gone(bench);
});

test('who talks nonsense, or never reads, does not disturb it', async () => {
  const place = new Workplace();
  const bench = await leftAlone(place, { ...ENDLESS, rounds: 30 });
  const strangers = ['{"type":"run"}\nrubbish\n{"type":"cancel"', '\0'.repeat(100_000), ''].map((said) => {
    const stranger = connect(socket);
    stranger.on('error', () => undefined).pause();
    stranger.write(said);
    return stranger;
  });
  await gone(bench);
  for (const stranger of strangers) stranger.destroy();
  expect(JSON.parse(readFileSync(fileOf(place), 'utf8'))).toMatchObject({ status: 'complete' });
});
