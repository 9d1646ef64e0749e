/** A receiver for another machine than this one, in an emulator of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { listenForIntroduction, receiverProgram } from '../../src/lab/receiver.ts';
import { skip } from '../skip.ts';
import { ROOT, Workplace } from './lab.ts';
import { SHORT } from './twoHosts.ts';

const QEMU = '/usr/bin/qemu-aarch64-static';

test('a receiver for arm64 takes what it is sent, byte by byte', async (context) => {
  const program = receiverProgram(ROOT, 'arm64');
  if (process.arch === 'arm64') skip(context, 'this machine is one, and needs no emulator');
  if (!existsSync(program)) skip(context, 'the receiver for arm64 was not built: g++-aarch64-linux-gnu was missing');
  if (!existsSync(QEMU)) skip(context, 'there is no emulator of arm64 (qemu-user-static)');
  const place = new Workplace();
  const child = spawn(QEMU, [program, '--until-end-of-input', '--save-dir', place.base], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const hear = listenForIntroduction();
  let introduction: ReturnType<typeof hear> = null;
  for await (const text of child.stdout.setEncoding('utf8')) {
    for (const line of String(text).split('\n')) introduction ??= hear(line);
    if (introduction !== null) break;
  }
  const { address, port, token } = introduction ?? expect.fail('it does not introduce itself');
  const way = ['--to', `${address}:${port}`, '--token-file', place.write('token', token)];
  for (const [kind, how] of [
    ['read', 'separate-pass'],
    ['save', 'readback'],
  ]) {
    const ended = await place.run([...SHORT, ...way, '--receiver', kind ?? '', '--json', `${kind}.json`]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const result = place.read(`${kind}.json`);
    expect(result.receiverHost?.arch).toBe('aarch64');
    expect(result.cases.map((one) => one.verified)).toEqual(
      result.cases.map(() => ({ how, ok: true, difference: null })),
    );
  }
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
