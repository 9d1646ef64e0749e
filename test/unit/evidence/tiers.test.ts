import { describe, expect, test } from 'vitest';
import { tiersOf } from '../../../src/model/evidence/tiers.ts';
import type { Tier } from '../../../src/model/result/evidence.ts';

const ALLOWED = { taskSamples: null, cpuWide: null, tracepoint: null, symbols: null };
const DENIED = { taskSamples: 'EACCES', cpuWide: 'EACCES', tracepoint: 'EACCES', symbols: 'EACCES' };

function missing(tiers: readonly Tier[], id: Tier['id']): NonNullable<Tier['missing']> {
  const found = tiers.find((tier) => tier.id === id)?.missing;
  if (found == null) throw new Error(`${id} is not missing`);
  return found;
}

test('who may everything misses nothing', () => {
  const tiers = tiersOf(ALLOWED, { perfEventParanoid: 2, kptrRestrict: 1 });
  expect(tiers.map(({ id, available, missing }) => [id, available, missing])).toEqual(
    ['always', 'task-samples', 'cpu-wide', 'tracepoint', 'symbols'].map((id) => [id, true, null]),
  );
});

describe('samples', () => {
  test.each([2, 3, 4])(
    'with kernel.perf_event_paranoid at %i one command allows them, and one undoes that',
    (paranoid) => {
      const tiers = tiersOf(DENIED, { perfEventParanoid: paranoid, kptrRestrict: 0 });
      expect(missing(tiers, 'task-samples')).toMatchObject({
        allow: 'sudo sysctl kernel.perf_event_paranoid=1',
        undo: `sudo sysctl kernel.perf_event_paranoid=${paranoid}`,
      });
      expect(missing(tiers, 'cpu-wide')).toMatchObject({
        allow: 'sudo sysctl kernel.perf_event_paranoid=0',
        undo: `sudo sysctl kernel.perf_event_paranoid=${paranoid}`,
      });
      expect(missing(tiers, 'task-samples').reason).toContain(`it is ${paranoid}.`);
    },
  );

  test('only values that no kernel of kernel.org knows are laid to the distribution', () => {
    const reasonAt = (paranoid: number) =>
      missing(tiersOf(DENIED, { perfEventParanoid: paranoid, kptrRestrict: 0 }), 'task-samples').reason;
    expect(reasonAt(2)).not.toContain('distribution');
    expect(reasonAt(3)).toContain('distribution');
  });

  test('own tasks yes, all CPUs no', () => {
    const tiers = tiersOf({ ...ALLOWED, cpuWide: 'EACCES' }, { perfEventParanoid: 1, kptrRestrict: 0 });
    expect(tiers.map(({ available }) => available)).toEqual([true, true, false, true, true]);
    expect(missing(tiers, 'cpu-wide').undo).toBe('sudo sysctl kernel.perf_event_paranoid=1');
  });

  test('refused although the setting allows it: no sysctl is offered', () => {
    const denied = missing(tiersOf(DENIED, { perfEventParanoid: 1, kptrRestrict: 0 }), 'task-samples');
    expect(denied.reason).toContain('container');
    expect(denied.allow).toBeNull();
  });

  test('a kernel without performance events', () => {
    const denied = missing(
      tiersOf({ ...DENIED, taskSamples: 'ENOSYS' }, { perfEventParanoid: null, kptrRestrict: 0 }),
      'task-samples',
    );
    expect(denied.reason).toContain('ENOSYS');
    expect(denied.allow).toBeNull();
  });
});

describe('the tracepoint', () => {
  test('takes a group that may read tracefs', () => {
    expect(
      missing(tiersOf({ ...ALLOWED, tracepoint: 'EACCES' }, { perfEventParanoid: 1, kptrRestrict: 0 }), 'tracepoint'),
    ).toMatchObject({
      allow: 'sudo mount -o remount,gid=$(id -g),mode=750 /sys/kernel/tracing',
      undo: 'sudo mount -o remount,gid=0,mode=700 /sys/kernel/tracing',
    });
  });

  test('and an event of the kernel', () => {
    const { allow, undo } = missing(tiersOf(DENIED, { perfEventParanoid: 3, kptrRestrict: 0 }), 'tracepoint');
    expect(allow).toBe(
      'sudo sh -c "sysctl kernel.perf_event_paranoid=1 && mount -o remount,gid=$(id -g),mode=750 /sys/kernel/tracing"',
    );
    expect(undo).toBe(
      'sudo sh -c "sysctl kernel.perf_event_paranoid=3 && mount -o remount,gid=0,mode=700 /sys/kernel/tracing"',
    );
  });

  test('which who has CAP_PERFMON has whatever the setting', () => {
    const rights = { ...ALLOWED, tracepoint: 'EACCES' };
    expect(missing(tiersOf(rights, { perfEventParanoid: 3, kptrRestrict: 0 }), 'tracepoint').allow).not.toContain(
      'sysctl',
    );
  });

  test('where tracefs is not mounted, it is mounted', () => {
    expect(
      missing(tiersOf({ ...ALLOWED, tracepoint: 'ENOENT' }, { perfEventParanoid: 2, kptrRestrict: 0 }), 'tracepoint'),
    ).toMatchObject({
      allow: 'sudo mount -t tracefs -o gid=$(id -g),mode=750 tracefs /sys/kernel/tracing',
      undo: 'sudo umount /sys/kernel/tracing',
    });
  });
});

describe('symbols', () => {
  test.each([
    [0, 2, 'kernel.perf_event_paranoid=1', 'kernel.perf_event_paranoid=2'],
    [1, 1, 'kernel.kptr_restrict=0', 'kernel.kptr_restrict=1'],
    [
      2,
      3,
      'kernel.kptr_restrict=0 kernel.perf_event_paranoid=1',
      'kernel.kptr_restrict=2 kernel.perf_event_paranoid=3',
    ],
  ])('kptr_restrict %i, perf_event_paranoid %i', (restrict, paranoid, allow, undo) => {
    const tiers = tiersOf({ ...ALLOWED, symbols: 'EPERM' }, { perfEventParanoid: paranoid, kptrRestrict: restrict });
    expect(missing(tiers, 'symbols')).toMatchObject({ allow: `sudo sysctl ${allow}`, undo: `sudo sysctl ${undo}` });
  });

  test('hidden although both settings allow it', () => {
    const tiers = tiersOf({ ...ALLOWED, symbols: 'EPERM' }, { perfEventParanoid: 1, kptrRestrict: 0 });
    expect(missing(tiers, 'symbols')).toMatchObject({
      reason: expect.stringContaining('EPERM'),
      allow: null,
      undo: null,
    });
  });
});
