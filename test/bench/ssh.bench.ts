/** How long it takes until a receiver that ssh starts has introduced itself, from an sshd on loopback. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { removeFolder, repository } from '../../scripts/lib/folders.mjs';
import { freePort } from '../../scripts/lib/free-port.mjs';
import { type Connection, commandThere } from '../../src/lab/ssh/client.ts';
import { startThere } from '../../src/lab/ssh/receiver.ts';
import { Sshd, whyNoSshd } from '../sshd.ts';
import { work } from './addon.ts';
import { medianOf, report } from './figures.ts';

const STARTS = 20;
const OWN: Connection = { kind: 'own' };

test('receiver by ssh', async () => {
  const why = whyNoSshd();
  test.skip(why !== null, why ?? '');
  mkdirSync(work, { recursive: true });
  const port = await freePort();
  const sshd = await Sshd.start(path.join(work, 'sshd'), { port, config: ['ListenAddress 127.0.0.1'] });
  process.env['PATH'] = `${sshd.client({ here: ['HostName 127.0.0.1'] })}:${process.env['PATH']}`;
  try {
    const connections: number[] = [];
    const starts: number[] = [];
    while (starts.length < STARTS) {
      connections.push(timed(() => spawnSync('ssh', commandThere('here', 'true', OWN))));
      starts.push(await timeOfStart());
    }
    report({
      what: `receiver over ssh on loopback: from the start of ssh to its introduction (median, longest of ${STARTS})`,
      measured: spread(starts),
      budget: '1,000 ms',
      pass: Math.max(...starts) <= 1000,
    });
    report({
      what: 'the same connection for a command that does nothing',
      measured: spread(connections),
      budget: null,
      pass: null,
    });
  } finally {
    await sshd.end();
    removeFolder(work);
  }
});

/** In ms. @throws Error where it does not start */
async function timeOfStart(): Promise<number> {
  const from = performance.now();
  const wanted = { host: 'here', connection: OWN, listen: null, save: null };
  const receiver = await startThere(wanted, repository, new AbortController().signal);
  const time = performance.now() - from;
  if (!receiver.ok) throw new Error(receiver.problem.message);
  await receiver.value.end();
  return time;
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function spread(times: readonly number[]): string {
  return `${medianOf(times).toFixed(0)} ms, ${Math.max(...times).toFixed(0)} ms`;
}
