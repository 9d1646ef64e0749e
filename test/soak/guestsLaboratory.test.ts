/** A laboratory on kernels that have netem, which delays packets and drops some: this machine's own may not. */
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { parseResult } from '../../src/lab/resultFile.ts';
import type { LaboratoryProbe, ProbeReport } from '../../src/model/probe.ts';
import type { Result } from '../../src/model/result/result.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { skip } from '../skip.ts';
import { noGuests, type Results, visit } from './guests/guest.ts';
import { debianKernel } from './guests/kernel.ts';
import { lab, zcl } from './guests/lab.ts';

const limitMs = 10 * 60_000;
const DELAY_US = 20_000;

const task = `
${zcl}
mkdir /mnt
mount -t tmpfs tmpfs /mnt
cd /mnt
zcl probe --json > /results/probe.json
zcl run --to lab:delay=20ms --to lab --to lab:rate=100Mbit,delay=1ms,loss=1% --modes sendfile --size 256KiB --rounds 2 --quiet --json /results/run.json
`;

async function visitKernel(series: string): Promise<Results | string> {
  const obstacle = noGuests();
  if (obstacle !== null) return obstacle;
  const kernel = await debianKernel(series);
  if (!kernel.ok) return kernel.problem.message;
  const contents = { ...lab, modules: ['virtio_pci', 'virtio_blk', 'veth', 'sch_tbf', 'sch_netem'], task };
  return visit({ kernel: kernel.value, contents, cpu: 'max', memoryMib: 1024, limitMs });
}

describe.each(['6.1', '6.12'])('on Linux %s', (series) => {
  let visited: Results | string;
  beforeAll(async () => {
    visited = await visitKernel(series);
  }, limitMs);

  function read(context: TestContext, file: string): string {
    if (typeof visited === 'string') return skip(context, visited);
    return visited.get(file) ?? expect.fail(`The guest left no ${file}.`);
  }

  function result(context: TestContext): Result {
    const parsed = parseResult(read(context, 'run.json'), 'run.json');
    return parsed.ok ? parsed.value : expect.fail(parsed.problem.message);
  }

  test('every switch can be set', (context) => {
    const { laboratory } = JSON.parse(read(context, 'probe.json')) as ProbeReport & { laboratory: LaboratoryProbe };
    expect(laboratory.problem).toBeNull();
    for (const each of laboratory.switches) expect(each).toMatchObject({ problem: null });
  });

  test('is read back as it was asked for', (context) => {
    const found = new Map(result(context).cases.map((one) => [one.options['laboratory'], one.interface]));
    expect(found.get('delay=20ms')).toMatchObject({ delayUs: DELAY_US, loss: 0, bytesPerSecond: null });
    expect(found.get('')).toMatchObject({ delayUs: 0, loss: 0, bytesPerSecond: null });
    const all = found.get('rate=100Mbit, delay=1ms, loss=1%');
    expect(all).toMatchObject({ delayUs: 1000, bytesPerSecond: 12_500_000 });
    expect(all?.loss).toBeCloseTo(0.01, 8);
  });

  test('a delay is waited for, and what is dropped is sent again', (context) => {
    for (const one of result(context).cases) {
      expect(one).toMatchObject({ status: 'ok', verified: { ok: true } });
      // What was sent must have come there before the transfer is over.
      const delayNs = (one.interface?.delayUs ?? 0) * 1000;
      for (const { wallNs } of countedSamples(one)) expect(wallNs).toBeGreaterThanOrEqual(delayNs);
    }
  });
});
