/** zcl-receiver attacked by those who may not, while one who may goes on sending: it serves that one, and does not grow. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NativeSource } from '../../native/addon.d.ts';
import { addon, Scratch, value } from './addon.ts';
import { answerTo, failureIn, frame, greeting, NO_TOKEN, Service, TYPE } from './receiverProgram.ts';

const BYTES = 1_000_001;
const MEBIBYTE = 2 ** 20;
/** What 64 strangers have between them (a frame each), and as much again for the allocator. */
const MOST_GROWTH_BYTES = 3 * MEBIBYTE;

let scratch: Scratch;
let service: Service;
let source: NativeSource;
let before: { readonly size: Service['size']; readonly bytes: number };
beforeEach(async () => {
  scratch = new Scratch();
  service = await new Service().ready();
  source = value(await addon.openSource({ kind: 'generated', directory: scratch.directory, bytes: BYTES, seed: 1 }));
  const { size } = service;
  // Once, so that what the first transfer needs for ever is there.
  await expectService();
  before = { size, bytes: service.anonymousBytes };
});
afterEach(async () => {
  source.close();
  service.end();
  expect(await service.exited).toEqual([0, null]);
  scratch.remove();
});

/** One who may send does, and every byte arrives. */
async function expectService(): Promise<void> {
  const destination = {
    kind: 'remote',
    remote: service.remote,
    receiver: 'read',
    receiverBufferBytes: 65_536,
  } as const;
  const request = { mode: 'sendfile', destination, bufferBytes: 65_536, verify: true };
  expect(value(await addon.startTransfer(source, request).done).verification).toMatchObject({ ok: true, bytes: BYTES });
}

function expectNoGrowth(): void {
  expect(service.anonymousBytes - before.bytes).toBeLessThan(MOST_GROWTH_BYTES);
}

/** The last ones may still be on their way out. */
async function expectNobodyLeft(): Promise<void> {
  await expect.poll(() => service.size).toEqual(before.size);
}

async function strangers(count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) sockets.push(await service.stranger());
  return sockets;
}

test('frames that come byte by byte keep nobody out', async () => {
  const slow = await strangers(63);
  const hello = greeting(TYPE.hello, NO_TOKEN);
  for (const byte of hello.subarray(0, -1)) {
    for (const socket of slow) socket.write(Buffer.of(byte));
    if (byte % 4 === 0) await expectService();
  }
  expectNoGrowth();
  await service.log(/no whole first frame in time|wrong token/);
});

test('orders that come byte by byte, from some who have the token, keep nobody out', async () => {
  const slow = await strangers(100);
  for (const socket of slow) socket.write(greeting(TYPE.hello, service.remote.token));
  await Promise.all(slow.map((socket) => once(socket, 'data')));
  for (const byte of frame(TYPE.order, Buffer.alloc(19)).subarray(0, -1)) {
    for (const socket of slow) socket.write(Buffer.of(byte));
  }
  await expectService();
  expectNoGrowth();
});

test('one who has said what for is not turned away for those who come behind', async () => {
  await strangers(64);
  await expect.poll(() => service.size.descriptors).toBe(before.size.descriptors + 64);
  service.kill('SIGSTOP');
  const early = await service.stranger();
  early.write(greeting(TYPE.hello, service.remote.token));
  // With that one, as many as wait for a listener that does not look.
  await strangers(64);
  service.kill('SIGCONT');
  const [answer] = (await once(early, 'data')) as [Buffer];
  expect(answer.readUInt32BE(4)).toBe(TYPE.welcome);
});

test('a flood of connections, while somebody sends', async () => {
  let open = true;
  let connections = 0;
  const flood = async () => {
    for (; open; connections += 1) (await service.stranger()).write('x');
  };
  const floods = Promise.all(Array.from({ length: 8 }, flood));
  for (let transfers = 0; transfers < 5 || connections < 100; transfers += 1) await expectService();
  open = false;
  await floods;
  expectNoGrowth();
  expect(service.size.descriptors).toBeLessThan(before.size.descriptors + 70);
  expect(service.size.threads).toBe(before.size.threads);
});

test('wrong tokens by the thousand', async () => {
  const TRIES = 3000;
  const codes = new Map<string, number>();
  for (let tries = 0; tries < TRIES; tries += 1) {
    const token = (tries % 2 === 0 ? NO_TOKEN : service.remote.token.slice(0, 30) + NO_TOKEN.slice(30)).replace(
      /0$/,
      '1',
    );
    const code = failureIn(await answerTo(await service.stranger(), greeting(TYPE.hello, token)));
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (tries % 1000 === 0) await expectService();
  }
  expect(codes).toEqual(new Map([['TOKEN', TRIES]]));
  expectNoGrowth();
  await expectNobodyLeft();
});

test('lengths that no frame has', async () => {
  const LENGTHS = [16_385, 65_536, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  for (const length of LENGTHS) {
    for (let type = 0; type < 64; type += 1) {
      const header = frame(type);
      header.writeUInt32BE(length, 0);
      await answerTo(await service.stranger(), header);
    }
    await expectService();
  }
  expectNoGrowth();
  await expectNobodyLeft();
});
