/** Both hosts of a run: what differs between them, and what the work cost the CPUs of each. */
import { describe, expect, test } from 'vitest';
import { cpuOfHosts, cpuSentences } from '../../src/model/bothHosts/cpu.ts';
import { factPairs } from '../../src/model/bothHosts/facts.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import { reportInOne } from '../../src/model/report/report.ts';
import type { Result } from '../../src/model/result/result.ts';
import { summarise } from '../../src/model/summary.ts';
import { GIB } from '../../src/model/units.ts';
import { BABBAGE, toAnotherHost } from '../webview/twoHostsFixture.ts';

const TICK = 1e7;

/** A case whose transfers of a GiB kept both hosts busy for so many ticks each. */
function busy(ticks: number, softirqTicks = 0): Result {
  const result = toAnotherHost();
  const observed = {
    hostBusyNs: ticks * TICK,
    hostSoftirqNs: softirqTicks * TICK,
    receiverHostBusyNs: 2 * ticks * TICK,
    receiverHostSoftirqNs: 0,
  };
  const cases = result.cases.slice(0, 1).map((one) => ({
    ...one,
    bytes: GIB,
    samples: one.samples.slice(0, 2).map((sample) => ({ ...sample, observed })),
  }));
  return summarise({ ...result, cases });
}

describe('the facts of both hosts', () => {
  test('begin with what differs', () => {
    const pairs = factPairs(toAnotherHost());
    const differing = pairs.filter(({ differs }) => differs);
    expect(pairs.slice(0, differing.length)).toEqual(differing);
    expect(differing.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Name', 'Kernel', 'Architecture', 'CPU', 'MTU', 'Interface']),
    );
  });

  test('one that is not known is no difference', () => {
    const distribution = factPairs(toAnotherHost()).find(({ name }) => name === 'Distribution');
    expect(distribution).toMatchObject({ receiver: null, differs: false });
  });

  test('are none of a run on one host', () => {
    expect(factPairs({ ...toAnotherHost(), receiverHost: null })).toEqual([]);
  });

  test('say that a virtual interface has no device', () => {
    const link = { ...(BABBAGE.interface as NonNullable<typeof BABBAGE.interface>), virtual: true };
    const pairs = factPairs(toAnotherHost({ receiverHost: { ...BABBAGE, interface: link } }));
    expect(pairs).toContainEqual({
      name: 'Device',
      sender: 'one of its own',
      receiver: 'none: a virtual interface',
      differs: true,
    });
  });
});

describe('the CPU of both hosts', () => {
  test('is summed up over all transfers, the warm-up too', () => {
    expect(cpuOfHosts(busy(30, 6))).toMatchObject([
      { sender: { host: 0.3, softirqShare: 0.2 }, receiver: { host: 0.6, softirqShare: 0 } },
    ]);
  });

  test('is not told of so few ticks that one more would change it', () => {
    expect(cpuOfHosts(busy(10))).toMatchObject([{ sender: { host: 0.1 } }]);
    expect(cpuOfHosts(busy(9))).toMatchObject([{ sender: { host: null, softirqShare: null } }]);
  });

  test('is the same of a digest', () => {
    const result = busy(30, 6);
    expect(cpuOfHosts(pageResultOf(result))).toEqual(cpuOfHosts(result));
  });

  test('is that of what was moved where that was a matter of time', () => {
    const result = busy(30);
    const cases = result.cases.map((one) => ({
      ...one,
      samples: one.samples.map((sample) => ({ ...sample, bytes: GIB / 2 })),
    }));
    expect(cpuOfHosts({ cases })).toMatchObject([{ sender: { host: 0.6 } }]);
  });

  test('says so where both ends may be one machine', () => {
    const result = busy(30);
    const { name, kernel } = result.host;
    expect(cpuSentences(result).join(' ')).not.toContain('one machine');
    expect(cpuSentences({ ...result, receiverHost: { ...BABBAGE, name, kernel } }).join(' ')).toContain('one machine');
  });

  test('and the facts are in the report', () => {
    const report = reportInOne(busy(30, 6), 'light');
    expect(report).toContain('## CPU of both hosts');
    expect(report).toContain('## Both hosts');
    expect(report).toMatch(/\| Kernel \| .* \| differs \|/);
  });
});
