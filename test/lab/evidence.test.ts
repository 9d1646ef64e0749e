/** The evidence pass: what the kernel says of each case, and that it tells on those who lie. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { TestContext } from 'vitest';
import { describe, expect, test } from 'vitest';
import { loadAddon } from '../../src/lab/addon.ts';
import { readResult } from '../../src/lab/resultFile.ts';
import { stacksFileOf, stacksFileSchema } from '../../src/model/evidence/stacksFile.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Evidence } from '../../src/model/result/evidence.ts';
import type { Result } from '../../src/model/result/result.ts';
import { skip } from '../skip.ts';
import { needNobody, ONE_LINE, openTo, ROOT, Workplace, whether } from './lab.ts';
import { runWithLiar } from './liars.ts';

const SMALL = ['--size', '16MiB', '--buffers', '64KiB', '--rounds', '1', '--evidence', 'auto'] as const;

function needKernelSamples(context: TestContext): void {
  const loaded = loadAddon(ROOT);
  if (!loaded.ok) throw new Error(loaded.problem.message);
  for (const missing of Object.values(loaded.value.evidenceRights())) {
    if (missing !== null) skip(context, `this user may not have all evidence: ${missing.code} in ${missing.call}`);
  }
}

/** The cases that worked, with their evidence; the control has none of its own. */
function found({ cases }: Result): { one: Case; evidence: Evidence; index: number }[] {
  return cases.flatMap((one, index) => {
    if (one.status !== 'ok' || one.control) {
      expect(one.evidence).toBeNull();
      return [];
    }
    if (one.evidence === null) throw new Error(`no evidence of ${one.mode}`);
    return [{ one, evidence: one.evidence, index }];
  });
}

function stacksOf(place: Workplace) {
  const file = stacksFileOf(place.resultFile() as string);
  return v.parse(stacksFileSchema, JSON.parse(readFileSync(file, 'utf8')));
}

describe.each(PATHS)('a run %s', (to) => {
  test('gathers all there is, and honest modes contradict nothing', async (context) => {
    needKernelSamples(context);
    const place = new Workplace();
    const ended = await place.run(['run', '--path', to, '--modes', 'all', ...SMALL, '--quiet']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const result = place.result();
    expect(result.tiers?.map(({ id, missing }) => [id, missing])).toEqual(
      ['always', 'task-samples', 'cpu-wide', 'tracepoint', 'symbols'].map((id) => [id, null]),
    );
    const stacks = stacksOf(place);
    expect(stacks.result).toBe(result.id);
    for (const { one, evidence, index } of found(result)) {
      expect(evidence.bytes, one.mode).toBe(evidence.transfers * one.bytes);
      expect(evidence.samples, one.mode).toBeGreaterThan(0);
      expect(evidence.calls?.counted, one.mode).toBe(evidence.calls?.traced);
      expect(evidence.disk, one.mode).not.toBeNull();
      if (to !== 'file-to-socket') expect(evidence.interface).toBeNull();
      else expect(evidence.interface?.sentBytes, one.mode).toBeGreaterThanOrEqual(evidence.bytes);
      expect(evidence.arrows.length, one.mode).toBeGreaterThan(0);
      const against = evidence.contradictions.filter(({ flow }) => flow === 'here');
      expect(against, one.mode).toEqual([]);
      const kept = stacks.cases.find((each) => each.case === index);
      expect(kept).toMatchObject({ bytes: evidence.bytes, periodNs: evidence.periodNs });
      const samples = kept?.stacks.reduce((sum, { count }) => sum + count, 0);
      // The file has the idle CPUs too.
      expect(samples, one.mode).toBeGreaterThanOrEqual(evidence.samples);
    }
  });
});

test('a run without evidence has none, and takes away what an older result of its name had', async () => {
  const place = new Workplace();
  const older = place.write('out.zcstacks.json', 'of an older result');
  const ended = await place.run(['run', '--size', '1MiB', '--rounds', '1', '--quiet', '--json', 'out.zcresult.json']);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const result = readResult(place.path('out.zcresult.json'));
  expect(result).toMatchObject({ ok: true, value: { tiers: null } });
  expect(existsSync(older)).toBe(false);
});

test('a run that is cancelled while it gathers keeps what it has, stacks too', async (context) => {
  needKernelSamples(context);
  const place = new Workplace();
  const running = place.start(['run', '--modes', 'all', ...SMALL, '--quiet']);
  const evidence = () => place.journal().filter((event) => event.type === 'evidence').length;
  await running.until('the first evidence', () => whether(evidence() > 0));
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  const result = place.result();
  expect(result).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
  const cases = result.cases.flatMap((one, index) => (one.evidence === null ? [] : [index]));
  expect(cases.length).toBeGreaterThan(0);
  expect(stacksOf(place).cases.map((each) => each.case)).toEqual(cases);
  expect(place.files().filter((name) => name.endsWith('.tmp') || name.includes('journal'))).toEqual([]);
});

describe('--evidence require', () => {
  test('is fulfilled where the kernel gives samples', async (context) => {
    needKernelSamples(context);
    const place = new Workplace();
    const args = ['run', '--modes', 'sendfile', ...SMALL.slice(0, -1), 'require', '--quiet'];
    expect(await place.run(args)).toMatchObject({ code: 0, stderr: '' });
    for (const { evidence } of found(place.result())) expect(evidence.samples).toBeGreaterThan(0);
  });

  test('ends a run with 4 before it measures where the kernel does not', async (context) => {
    needRefusals(context);
    const place = new Workplace();
    const folder = openTo(place, 'open');
    const args = ['run', ...SMALL.slice(0, -1), 'require', '--dir', folder, '--json', path.join(folder, 'out.json')];
    const ended = await place.run(args, asNobody(place));
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).toMatch(ONE_LINE);
    expect(ended.stderr).toMatch(/kernel\.perf_event_paranoid.*sudo sysctl/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('for a user without rights a run works, and says what is missing and how to allow it', async (context) => {
  needRefusals(context);
  const place = new Workplace();
  const folder = openTo(place, 'open');
  const file = path.join(folder, 'out.zcresult.json');
  const ended = await place.run(['run', ...SMALL, '--dir', folder, '--json', file, '--quiet'], asNobody(place));
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const read = readResult(file);
  if (!read.ok) throw new Error(read.problem.message);
  for (const { id, available, missing } of read.value.tiers ?? []) {
    if (id === 'always') expect(available).toBe(true);
    // Names are of no use without samples, and may be there.
    if (id === 'always' || id === 'symbols') continue;
    expect(available, id).toBe(false);
    for (const words of Object.values(missing ?? {})) expect(words, id).not.toBe('');
  }
  for (const { one, evidence } of found(read.value)) {
    expect(evidence, one.mode).toMatchObject({ transfers: 1, bytes: one.bytes, samples: 0, labels: [], calls: null });
    expect(evidence.disk, one.mode).not.toBeNull();
    expect(evidence.arrows.length, one.mode).toBeGreaterThan(0);
  }
  expect(existsSync(stacksFileOf(file))).toBe(false);
});

describe('a mode that is not what it says', () => {
  test('is named: a sendfile that reads and writes', async (context) => {
    needKernelSamples(context);
    const { one, evidence } = await lie('sendfile');
    expect(one.samples.every(({ sender }) => sender.calls['sendfile'] === 1)).toBe(true);
    expect(evidence.calls?.traced).toBeGreaterThan(evidence.calls?.counted ?? 0);
    const here = evidence.contradictions.filter(({ flow }) => flow === 'here').map(({ label }) => label);
    expect(here).toEqual(expect.arrayContaining(['copy-to-user', 'copy-from-user']));
  });

  test('is named: a splice of what memcpy has copied, which makes just the calls it should', async (context) => {
    needKernelSamples(context);
    const { evidence } = await lie('splice');
    expect(evidence.calls?.traced).toBe(evidence.calls?.counted);
    const here = evidence.contradictions.filter(({ flow }) => flow === 'here').map(({ label }) => label);
    expect(here).toContain('copy-user');
  });
});

/** Runs as a user without rights, who needs a place for the host lock that is open to him. */
function asNobody(place: Workplace) {
  return { asNobody: true, through: ['env', `ZERO_COPY_LAB_LOCK_PARENT=${openTo(place, 'lock')}`] };
}

function needRefusals(context: TestContext): void {
  needNobody(context);
  const paranoid = Number(readFileSync('/proc/sys/kernel/perf_event_paranoid', 'utf8'));
  if (paranoid < 2) skip(context, `kernel.perf_event_paranoid is ${paranoid}: every user may sample the kernel`);
}

/** A run in which `mode` is its liar, and nobody but the kernel knows. */
async function lie(mode: 'sendfile' | 'splice'): Promise<{ one: Case; evidence: Evidence }> {
  const request = { modes: [mode], size: '32MiB', buffers: ['64KiB'], rounds: 1, evidence: 'auto' };
  const liar = found(await runWithLiar(request, mode, `liar-${mode}`)).find(({ one }) => one.mode === mode);
  if (liar === undefined) throw new Error(`${mode} did not run`);
  expect(liar.one.verified).toMatchObject({ ok: true });
  return liar;
}
