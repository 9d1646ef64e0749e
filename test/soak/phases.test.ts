/** A bench process that crashes, or has no memory left, in each phase of its run. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Workplace } from '../lab/lab.ts';
import { disturbIn, expectKilled, PHASES } from '../lab/phases.ts';
import { skip } from '../skip.ts';

describe.each(['SIGSEGV', 'SIGBUS'] as const)('a bench process that gets %s', (signal) => {
  test.each(PHASES)('%s: that is said, and what was measured is kept', async (phase) => {
    const met = await disturbIn(phase, new Workplace(), (bench) => process.kill(bench, signal));
    expectKilled(met, phase, signal);
  });
});

describe('a bench process that may not take any more memory (RLIMIT_AS)', () => {
  test.each(PHASES)('%s: it says so and ends, or does without', async (phase) => {
    const { outcome, result } = await disturbIn(phase, new Workplace(), (bench) => {
      whileStopped(bench, () => execFileSync('prlimit', ['--pid', String(bench), '--as=1048576']));
    });
    console.log(phase, JSON.stringify(outcome), result?.status, JSON.stringify(result?.reason));
    if (outcome.kind !== 'done') expect(outcome.problem.message).toMatch(/memory/);
    if (outcome.kind === 'died') {
      expect(result).toMatchObject({ status: 'partial', reason: outcome.problem });
    } else {
      // What it could not do is said case by case.
      for (const one of result?.cases ?? []) if (one.status === 'failed') expect(one.reason?.message).toMatch(/\S/);
    }
  });
});

describe('a bench process whose control group has no memory left', () => {
  test.for(PHASES)('%s: the kernel kills it, that is said, and what was measured is kept', async (phase, context) => {
    const group = memoryGroup();
    if (typeof group === 'string') skip(context, group);
    const met = await disturbIn(phase, new Workplace(), (bench) => whileStopped(bench, () => group.starve(bench)));
    expectKilled(met, phase, 'SIGKILL');
    expect(met.result?.reason?.message).toContain('memory ran out');
  });
});

/** So that it is still in its phase, however long that takes. */
function whileStopped(pid: number, act: () => unknown): void {
  process.kill(pid, 'SIGSTOP');
  act();
  process.kill(pid, 'SIGCONT');
}

const V2 = '/sys/fs/cgroup';
const V1 = '/sys/fs/cgroup/memory';

/** A control group of a test, gone with it; or why there is none. */
function memoryGroup(): { starve(pid: number): void } | string {
  const isV2 = existsSync(`${V2}/cgroup.subtree_control`);
  const folder = path.join(isV2 ? V2 : V1, `zcl-test-${process.pid}`);
  try {
    if (isV2) writeFileSync(`${V2}/cgroup.subtree_control`, '+memory');
    mkdirSync(folder);
  } catch (error) {
    return `no control group for memory can be made: ${String(error)}`;
  }
  onTestFinished(() => rmdirSync(folder));
  return {
    starve: (pid) => {
      writeFileSync(path.join(folder, 'cgroup.procs'), String(pid));
      writeFileSync(path.join(folder, isV2 ? 'memory.max' : 'memory.limit_in_bytes'), String(256 * 1024));
    },
  };
}
