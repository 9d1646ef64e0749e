/** Runs to a receiver on another host. */
import { readdirSync } from 'node:fs';
import { expect, type TestContext, test } from 'vitest';
import { countedSamples } from '../../src/model/summary.ts';
import { gone, ONE_LINE, smallFilesystem, Workplace, whether } from './lab.ts';
import { LONG, leftovers, measuring, Receiving, SHORT, TwoHosts } from './twoHosts.ts';

async function twoHosts(context: TestContext, args: readonly string[] = []) {
  const hosts = new TwoHosts(context);
  const place = new Workplace();
  const receiving = await Receiving.start(place, hosts, args);
  return { hosts, place, receiving };
}

/** Long enough for hundreds of transfers; a sender waits for ten times as long before it gives a receiver up. */
const STALLED_MS = 2000;

test('both hosts are in the result, with what TCP knew of the way', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context);
  const ended = await place.run([...SHORT, ...receiving.way], { through: hosts.sender });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const result = place.result();
  expect(result.status).toBe('complete');
  expect(result.experiment).toMatchObject({ target: 'host', remote: { host: hosts.address, address: hosts.address } });
  expect(result.host.interface).toMatchObject({ name: 'zcl', mtu: 1500 });
  expect(result.receiverHost).toMatchObject({ kernel: result.host.kernel, interface: { name: 'zcl' } });
  for (const one of result.cases) {
    expect(one).toMatchObject({ status: 'ok', verified: { how: 'separate-pass', ok: true } });
    for (const sample of countedSamples(one)) {
      expect(sample.receiver?.cpuNs).toBeGreaterThan(0);
      expect(sample.observed).toMatchObject({
        tcpMssBytes: 1448,
        tcpRetransmits: expect.any(Number),
        tcpRttNs: expect.any(Number),
      });
      expect(sample.observed).toMatchObject({ receiverHostBusyNs: expect.any(Number) });
    }
  }
  // The token is nowhere in what is kept.
  expect(JSON.stringify(result)).not.toContain(receiving.token);
  await receiving.isAsBefore();
  expect(await receiving.end()).toMatchObject({ code: 0 });
});

test('by IPv6, with a file that is saved there', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context, ['--save-dir', '.']);
  const words = [...SHORT, ...receiving.way6, '--receiver', 'save-splice'];
  expect(await place.run(words, { through: hosts.sender })).toMatchObject({ code: 0, stderr: '' });
  const [one] = place.result().cases;
  expect(one?.verified).toEqual({ how: 'readback', ok: true, difference: null });
  await receiving.isAsBefore();
  expect(leftovers(place)).toEqual([]);
});

test('a wrong token, a port where nobody listens and an address nobody has are told apart', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context);
  const [, to = ''] = receiving.way;
  const wrong = ['--token-file', place.write('wrong', '0'.repeat(32))];
  const said = async (...words: string[]) => {
    const ended = await place.run([...SHORT, ...words], { through: hosts.sender });
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(ONE_LINE) });
    return ended.stderr;
  };
  expect(await said('--to', to, ...wrong)).toContain('does not know this token');
  expect(await said('--to', `${hosts.address}:1`, ...wrong)).toContain(`to port 1 of ${hosts.address} was refused`);
  expect(await said('--to', '192.0.2.1:1', ...wrong)).toContain('No route leads from this host to 192.0.2.1');
  expect(place.resultFile()).toBeUndefined();
  await receiving.isAsBefore();
});

test('without a token nothing is tried', async () => {
  const place = new Workplace();
  const ended = await place.run([...SHORT, '--to', '127.0.0.1:1']);
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('ZERO_COPY_LAB_TOKEN') });
});

test.for(['1', '8'])(
  'a receiver that is killed ends a run of %s streams, which keeps what it has',
  async (streams, context) => {
    const { hosts, place, receiving } = await twoHosts(context);
    const running = place.start([...LONG, ...receiving.way, '--streams', streams], { through: hosts.sender });
    await measuring(place, running);
    receiving.kill();
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(ONE_LINE) });
    expect(ended.stderr).toContain('went away in the middle');
    const result = place.result();
    expect(result).toMatchObject({ status: 'partial', reason: { code: expect.stringMatching(/^receiver-/) } });
    expect(result.cases.every((one) => countedSamples(one).length >= 1)).toBe(true);
    expect(leftovers(place)).toEqual([]);
    expect(await receiving.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('was ended by SIGKILL') });
    expect(hosts.connections()).toEqual([]);
  },
);

// The sender waits for up to 20 s and the receiver for 30 s before they give the other up.
test.for(['1', '8'])(
  'a link that goes down ends a run of %s streams, and the receiver forgets it',
  { timeout: 120_000 },
  async (streams, context) => {
    const { hosts, place, receiving } = await twoHosts(context);
    const running = place.start([...LONG, ...receiving.way, '--streams', streams], { through: hosts.sender });
    await measuring(place, running);
    hosts.unplug();
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(ONE_LINE) });
    expect(ended.stderr).toContain('does not answer any more');
    expect(place.result().status).toBe('partial');
    expect(leftovers(place)).toEqual([]);
    await receiving.isAsBefore();
  },
);

test('somebody who connects and whose link goes down is forgotten', { timeout: 120_000 }, async (context) => {
  const { hosts, receiving } = await twoHosts(context);
  const leave = await receiving.visit();
  hosts.unplug();
  leave();
  await receiving.isAsBefore();
});

test('a cancelled run leaves nothing there', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context);
  const running = place.start([...LONG, ...receiving.way], { through: hosts.sender });
  await measuring(place, running);
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  await receiving.isAsBefore();
});

test('a receiver that stalls holds the run up; it goes on with it, and a cancel does not wait for it', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context);
  const running = place.start([...LONG, ...receiving.way], { through: hosts.sender });
  await measuring(place, running);
  receiving.signal('SIGSTOP');
  const samples = place.samples();
  // The time itself is what the test is about.
  await new Promise((resolve) => setTimeout(resolve, STALLED_MS));
  // Nobody tells that what was on its way has arrived, but of the one that had just been told of.
  expect(place.samples()).toBeLessThanOrEqual(samples + 1);
  receiving.signal('SIGCONT');
  await running.until('more samples', () => whether(place.samples() > samples + 2));
  receiving.signal('SIGSTOP');
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  expect(place.result()).toMatchObject({ status: 'partial', reason: { code: 'cancelled' } });
  expect(leftovers(place)).toEqual([]);
  receiving.signal('SIGCONT');
  await receiving.isAsBefore();
});

test('a full disk there is told in one sentence, and leaves nothing on it', async (context) => {
  const hosts = new TwoHosts(context);
  const place = new Workplace();
  const small = smallFilesystem(context, place, 'size=1m');
  const receiving = await Receiving.start(place, hosts, ['--save-dir', small]);
  const ended = await place.run([...SHORT, ...receiving.way, '--receiver', 'save'], { through: hosts.sender });
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(ONE_LINE) });
  expect(ended.stderr).toContain('cannot save any more: No space left on device (ENOSPC)');
  await receiving.isAsBefore();
  expect(readdirSync(small)).toEqual([]);
});

test('64 streams arrive, and one after the other run has them again', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context);
  const words = [...SHORT, ...receiving.way, '--streams', '64', '--rounds', '3'];
  expect(await place.run(words, { through: hosts.sender })).toMatchObject({ code: 0, stderr: '' });
  for (const one of place.result().cases) {
    expect(one).toMatchObject({ status: 'ok', verified: { how: 'separate-pass', ok: true }, options: { streams: 64 } });
    for (const { streams, receiver, observed } of countedSamples(one)) {
      expect(streams).toHaveLength(64);
      expect(receiver?.cpuNs).toBeGreaterThan(0);
      expect(observed).toMatchObject({ tcpMssBytes: 1448, tcpRetransmits: expect.any(Number) });
    }
  }
  await receiving.isAsBefore();
});

test('for a time', async (context) => {
  const { hosts, place, receiving } = await twoHosts(context);
  const words = [...SHORT, ...receiving.way, '--streams', '2', '--duration', '0.3'];
  expect(await place.run(words, { through: hosts.sender })).toMatchObject({ code: 0, stderr: '' });
  for (const one of place.result().cases) {
    for (const { bytes, streams, wallNs } of countedSamples(one)) {
      expect(streams?.reduce((sum, each) => sum + each.bytes, 0)).toBe(bytes);
      expect(wallNs).toBeGreaterThanOrEqual(0.3e9);
    }
  }
  await receiving.isAsBefore();
});

test('a receiver ends with the command that started it, however that ends', async (context) => {
  const { receiving } = await twoHosts(context);
  receiving.killStarter();
  await receiving.ended;
  await gone(receiving.program);
});
