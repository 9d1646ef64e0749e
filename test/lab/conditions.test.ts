import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allowedCpuList, isInCpuList } from '../../src/lab/host/allowedCpus.ts';
import { skip } from '../skip.ts';
import { Workplace, whether } from './lab.ts';

test('durable: a transfer ends with the call that brings it to the disk', async () => {
  const place = new Workplace();
  const args = ['run', '--size', '1MiB', '--rounds', '1', '--quiet'];
  expect(await place.run([...args, '--durable', '--json', 'durable.json'])).toMatchObject({ code: 0, stderr: '' });
  const durable = place.read('durable.json');
  expect(durable.experiment.durable).toBe(true);
  for (const { sender } of durable.cases.flatMap((one) => one.samples)) expect(sender.calls['fdatasync']).toBe(1);
  await place.run([...args, '--json', 'not.json']);
  for (const { sender } of place.read('not.json').cases.flatMap((one) => one.samples)) {
    expect(sender.calls['fdatasync']).toBeUndefined();
  }
});

describe('on CPUs of its own', () => {
  const allowed = Array.from({ length: 8192 }, (_, cpu) => cpu).filter((cpu) =>
    isInCpuList(allowedCpuList() ?? '0', cpu),
  );
  const [first = 0, second] = allowed;

  /** The CPUs that a thread of this name may run on, while it is there. */
  function cpusOf(pid: number, name: string): string | undefined {
    try {
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const status = readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8');
        if (status.startsWith(`Name:\t${name}\n`)) return /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
      }
    } catch {
      // A thread ended between the two looks.
    }
    return undefined;
  }

  test('sender and receiver run where they were told to', async (context) => {
    if (second === undefined) skip(context, 'there is one CPU only');
    const place = new Workplace();
    const args = ['--path', 'file-to-socket', '--size', '256MiB', '--rounds', '1000', '--modes', 'read-write'];
    const running = place.start(['run', ...args, '--pin', `${second},${first}`, '--quiet']);
    const bench = await running.bench();
    await running.until('a sender on its CPU', () => whether(cpusOf(bench, 'zcl-sender') === String(second)));
    await running.until('a receiver on its CPU', () => whether(cpusOf(bench, 'zcl-receiver') === String(first)));
  });
});
