/** zcl-receiver, the program: it serves those who may, and bears those who may not. */
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReceiverKind } from '../../native/addon.d.ts';
import { addon, error, Scratch, value } from './addon.ts';
import { answerTo, failureIn, frame, greeting, NO_TOKEN, program, Service, TYPE } from './receiverProgram.ts';

const BYTES = 1_000_001;

let scratch: Scratch;
let service: Service;
let before: Service['size'];
beforeEach(async () => {
  scratch = new Scratch();
  service = await new Service(['--save-dir', scratch.directory]).ready();
  before = service.size;
});
afterEach(async () => {
  service.end();
  expect(await service.exited).toEqual([0, null]);
  expect(readdirSync(scratch.directory)).toEqual([]);
  scratch.remove();
});

async function send(receiver: ReceiverKind, verify: boolean, remote = service.remote) {
  const source = value(
    await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: BYTES, seed: 1 }),
  );
  try {
    const destination = { kind: 'remote', remote, receiver, receiverBufferBytes: 65_536 } as const;
    return await addon.startTransfer(source, { mode: 'sendfile', destination, bufferBytes: 65_536, verify }).done;
  } finally {
    source.close();
  }
}

describe.each(['read', 'discard', 'splice-null', 'zerocopy-receive', 'save', 'save-splice'] as const)('%s', (kind) => {
  test('takes everything, and reports', async () => {
    const measured = value(await send(kind, false));
    expect(measured.bytes).toBe(BYTES);
    expect(Object.values(measured.receiver?.calls ?? {}).reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0);
    expect(measured.observed).toMatchObject({ tcpRttNs: expect.any(Number), receiverHostBusyNs: expect.any(Number) });
  });

  test('hashes when asked to', async () => {
    const { verification } = value(await send(kind, true));
    expect(verification).toMatchObject({ ok: true, how: kind.startsWith('save') ? 'readback' : 'separate-pass' });
  });
});

test('tells about its host', async () => {
  const { facts, interface: link } = value(await addon.describeReceiver(service.remote));
  expect(facts).toMatchObject({ kernel: expect.stringMatching(/^\d/), arch: expect.any(String), interface: 'lo' });
  expect(link).toBe('lo');
});

test.each([
  { name: 'a wrong token', bytes: () => greeting(TYPE.hello, NO_TOKEN), code: 'TOKEN', said: 'wrong token' },
  {
    name: 'another version',
    bytes: () => greeting(TYPE.hello, service.remote.token, 2),
    code: 'VERSION',
    said: 'version 2 of the protocol, not 1',
  },
  {
    name: 'a ticket nobody gave out',
    bytes: () => greeting(TYPE.join, NO_TOKEN),
    code: 'TICKET',
    said: 'wrong ticket',
  },
  { name: 'garbage', bytes: () => Buffer.from('GET / HTTP/1.1\r\n\r\n'), code: null, said: 'too long' },
  { name: 'a frame out of turn', bytes: () => frame(TYPE.describe), code: 'PROTOCOL', said: 'neither Hello nor Join' },
])('$name is refused in one line', async ({ bytes, code, said }) => {
  const answer = await answerTo(await service.stranger(), bytes());
  if (code !== null) expect(failureIn(answer)).toBe(code);
  expect(await service.log(new RegExp(said))).toMatch(/^\d\d:\d\d:\d\dZ 127\.0\.0\.1:\d+ refused: [^\n]+\n$/);
});

test('one that sends half of a frame, or nothing, is turned away in time', async () => {
  const [silent, slow] = [await service.stranger(), await service.stranger()];
  const answers = await Promise.all([answerTo(silent, Buffer.alloc(0)), answerTo(slow, Buffer.from([0, 0, 0]))]);
  expect(answers.map(failureIn)).toEqual(['TOO_SLOW', 'TOO_SLOW']);
});

test('a welcomed one that says nothing more is let go', async () => {
  const socket = await service.stranger();
  await answerTo(socket, greeting(TYPE.hello, service.remote.token));
  await service.log(/gave up: nothing came in time/);
});

test('a flood of connections is borne within bounds, and the sender comes through', async () => {
  for (let count = 0; count < 300; ++count) await service.stranger();
  expect(value(await send('read', false)).bytes).toBe(BYTES);
  expect(service.size.descriptors).toBeLessThan(before.descriptors + 70);
  expect(service.peakBytes).toBeLessThan(50 * 2 ** 20);
});

test('a flood of garbage fills no log', async () => {
  const leftOut = () => service.lines.filter((line) => line.includes('lines are left out'));
  while (leftOut().length === 0) (await service.stranger()).write('\xff'.repeat(8));
  const perSecond = new Map<string, number>();
  for (const line of service.lines) perSecond.set(line.slice(0, 8), (perSecond.get(line.slice(0, 8)) ?? 0) + 1);
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(21);
});

test('nothing larger is promised than it has memory for', async () => {
  const first = await service.stranger();
  first.write(greeting(TYPE.hello, service.remote.token));
  const order = Buffer.alloc(19);
  order.writeBigUInt64BE(1n, 1);
  order.writeBigUInt64BE(2n ** 30n, 9);
  first.write(frame(TYPE.order, order));
  await once(first, 'data');
  const second = await service.stranger();
  second.write(greeting(TYPE.hello, service.remote.token));
  second.write(frame(TYPE.order, order));
  await service.log(/failed: order: No buffer space available/);
});

test('a sender that vanishes in the middle leaves no thread and no descriptor', async () => {
  const source = value(
    await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: 64 << 20, seed: 1 }),
  );
  const destination = {
    kind: 'remote',
    remote: service.remote,
    receiver: 'save',
    receiverBufferBytes: 4096,
  } as const;
  const request = { mode: 'read-write', destination, bufferBytes: 4096, bytesPerSecond: 2 ** 20, verify: false };
  const transfer = addon.startTransfer(source, request);
  while (transfer.bytesSoFar() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  transfer.cancel();
  expect(error(await transfer.done).code).toBe('CANCELLED');
  await service.log(/lost: |ended after \d+ of 67108864 bytes/);
  expect(value(await send('read', true)).verification).toMatchObject({ ok: true });
  await service.log(/received 1000001 bytes/);
  expect(service.size).toEqual(before);
  source.close();
});

test('without a folder nothing is saved', async () => {
  const other = await new Service().ready();
  expect(error(await send('save', false, other.remote))).toMatchObject({ code: 'NO_FOLDER', call: 'receiver: order' });
  other.end();
  expect(await other.exited).toEqual([0, null]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it, whatever is under way', async (signal) => {
  const other = await new Service().ready();
  await other.stranger();
  other.kill(signal);
  expect(await other.exited).toEqual([0, null]);
});

test('one that hears nothing for too long ends, and its file with its start', async () => {
  const copy = scratch.file('receiver');
  copyFileSync(program, copy);
  const other = await new Service(['--lifeline', '1', '--remove-itself'], copy).ready();
  expect(existsSync(copy)).toBe(false);
  expect(await other.exited).toEqual([0, null]);
});

test.each(['', '0', '1.5', '-1', '65536'])('“%s” is no time to wait for a sign of life', async (seconds) => {
  const other = new Service(['--lifeline', seconds]);
  expect(await other.exited).toEqual([2, null]);
  await other.log(/is not a number of seconds\./);
});

test('a port that somebody else has is only tried', async () => {
  const { port } = service.remote;
  const other = await new Service(['--try-port', String(port)]).ready();
  expect(other.remote.port).not.toBe(port);
  other.end();
  await other.exited;
  const insisting = new Service(['--port', String(port)]);
  expect(await insisting.exited).toEqual([1, null]);
  await insisting.log(/Address already in use/);
  const freed = await new Service(['--try-port', String(other.remote.port)]).ready();
  expect(freed.remote.port).toBe(other.remote.port);
  freed.end();
});

test('an address that others reach must be allowed', async () => {
  const other = new Service(['--listen', '0.0.0.0']);
  expect(await other.exited).toEqual([2, null]);
  await other.log(/Other hosts reach 0\.0\.0\.0: say --allow-network if they may\./);
});
