/** Runs over several connections, for a time, and over sockets that are set otherwise. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Case } from '../../src/model/result/case.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { skip } from '../skip.ts';
import { ONE_LINE, Workplace, whether } from './lab.ts';

const SOCKET: readonly string[] = [
  ...['run', '--path', 'file-to-socket', '--size', '2MiB', '--evidence', 'off', '--no-latency', '--quiet'],
];
const bytesOf = (one: Case) =>
  countedSamples(one).map(({ streams }) => streams?.reduce((sum, { bytes }) => sum + bytes, 0));

test('every case runs with every number of streams, in turns, beside its own baseline', async () => {
  const place = new Workplace();
  const words = [...SOCKET, '--modes', 'sendfile', '--streams', '3,1', '--rounds', '6'];
  expect(await place.run(words)).toMatchObject({ code: 0, stderr: '' });
  const { experiment, cases } = place.result();
  expect(experiment).toMatchObject({ streams: [1, 3], durationSeconds: null, tcp: null });
  const names = cases.map(({ mode, control, options }) => [mode, control, options['streams'] ?? 1]);
  expect(names).toEqual([
    ['read-write', false, 1],
    ['read-write', true, 1],
    ['sendfile', false, 1],
    ['read-write', false, 3],
    ['sendfile', false, 3],
  ]);
  for (const one of cases) {
    expect(one).toMatchObject({ status: 'ok', verified: { how: 'separate-pass', ok: true } });
    expect(bytesOf(one)).toEqual(Array(6).fill(2 ** 21));
    for (const { streams } of countedSamples(one)) {
      expect(streams).toHaveLength(Number(one.options['streams'] ?? 1));
      expect(streams?.[0]).toMatchObject({ rttNs: expect.any(Number), retransmits: expect.any(Number) });
    }
  }
  // In the order of a round, as the journal would have it, no number of streams comes after the other throughout.
  const [single, several] = [cases[2] as Case, cases[4] as Case];
  expect(several.summary?.ratioToBaseline).not.toBeNull();
  expect(single.summary?.ratioToBaseline).not.toEqual(several.summary?.ratioToBaseline);
});

test('for a time, speeds and costs are of what was moved', async () => {
  const place = new Workplace();
  const words = [...SOCKET, '--modes', 'sendfile', '--streams', '2', '--duration', '0.3s', '--rounds', '1'];
  expect(await place.run(words)).toMatchObject({ code: 0, stderr: '' });
  const { experiment, cases } = place.result();
  expect(experiment.durationSeconds).toBe(0.3);
  for (const one of cases) {
    const [sample] = countedSamples(one);
    if (sample?.bytes == null) throw new Error('no bytes');
    expect(sample.bytes).toBe(bytesOf(one)[0]);
    expect(sample.wallNs).toBeGreaterThanOrEqual(0.3e9);
    // A busy host may not have looked once in 0.3 s.
    const seen = sample.intervals?.bytes ?? [sample.bytes];
    expect(seen.reduce((sum, each) => sum + each, 0)).toBe(sample.bytes);
    expect(one.summary?.mibPerSecond.median).toBeCloseTo(sample.bytes / 2 ** 20 / (sample.wallNs / 1e9), 6);
    expect(one.summary?.cpuSecondsPerGib.median).toBeCloseTo(sample.sender.cpuNs / 1e9 / (sample.bytes / 2 ** 30), 6);
    // The time of one pass is predicted, and not measured.
    expect(one.predicted).toBeNull();
  }
});

test('through a laboratory, with sockets as they were asked for', async (context) => {
  if (process.getuid?.() !== 0) skip(context, 'needs root, for network namespaces');
  const place = new Workplace();
  const shape = ['--mss', '1000', '--send-buffer', '64KiB', '--nodelay', '--congestion', 'reno'];
  const words = [...SOCKET, '--to', 'lab', '--modes', 'sendfile', '--streams', '4', '--rounds', '1', ...shape];
  expect(await place.run(words)).toMatchObject({ code: 0, stderr: '' });
  const { experiment, cases } = place.result();
  expect(experiment.tcp).toEqual({ mssBytes: 1000, congestion: 'reno', sendBufferBytes: 65536, noDelay: true });
  for (const one of cases) {
    expect(one.options).toMatchObject({
      streams: 4,
      tcp: 'mss=1000, congestion=reno, send-buffer=64KiB, nodelay',
      laboratory: '',
    });
    expect(one).toMatchObject({ status: 'ok', verified: { ok: true } });
    for (const { observed } of countedSamples(one)) {
      expect(observed).toMatchObject({ tcpMssBytes: 988, tcpSendBufferBytes: 131_072, tcpNoDelay: 1 });
    }
  }
});

test('a mode that would wait for what TCP holds back says so', async () => {
  const place = new Workplace();
  const words = [...SOCKET, '--modes', 'read-msg-zerocopy', '--msg-more', '--rounds', '1'];
  expect(await place.run(words)).toMatchObject({ code: 3 });
  const { cases } = place.result();
  expect(cases.map(({ mode, status }) => [mode, status])).toEqual([
    ['read-write', 'ok'],
    ['read-write', 'ok'],
    ['read-msg-zerocopy', 'unsupported'],
  ]);
  expect(cases[2]?.reason).toMatchObject({ code: 'held-back', message: expect.stringContaining('msg-more') });
});

test('a congestion control this host does not allow is refused with those it does', async () => {
  const place = new Workplace();
  const allowed = readFileSync('/proc/sys/net/ipv4/tcp_allowed_congestion_control', 'utf8').trim().split(/\s+/);
  const ended = await place.run([...SOCKET, '--congestion', 'nosuch']);
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(ONE_LINE) });
  expect(ended.stderr).toContain(`"nosuch". Choose from: ${allowed.join(', ')}.`);
  expect(place.resultFile()).toBeUndefined();
});

test('a cancelled run of many streams leaves nothing', async () => {
  const place = new Workplace();
  const running = place.start([...SOCKET, '--modes', 'sendfile', '--streams', '16', '--rounds', '1000']);
  await running.until('two rounds', () => whether(place.lastRound() >= 2));
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  expect(place.result().status).toBe('partial');
  expect(place.files().filter((name) => !/^\.zero-copy(\/\.gitignore|\/[^.].*\.zcresult\.json)?$/.test(name))).toEqual(
    [],
  );
});
