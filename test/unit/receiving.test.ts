/** What a receiver and its senders tell each other by way of people: addresses, tokens, lines of a log. */
import { describe, expect, test } from 'vitest';
import { senderOf } from '../../src/lab/receiver.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { presetsForHost, presetsForLaboratory } from '../../src/model/presets.ts';
import { commandForSender, hostAndPort, parseToken } from '../../src/model/receiving.ts';
import { remoteTarget, sshTarget, toSsh } from '../../src/model/request/target.ts';
import { granted } from './fixtures.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';

test.each([
  ['192.0.2.1', 7411],
  ['server.example', 1],
  ['2001:db8::1', 65535],
])('%s port %d is written as a sender may name it', (host, port) => {
  expect(remoteTarget(hostAndPort(host, port))).toEqual({ host, port });
  expect(commandForSender(TOKEN, hostAndPort(host, port))).toMatch(
    /^ZERO_COPY_LAB_TOKEN=[0-9a-f]{32} zero-copy-lab run /,
  );
});

test('a host of ssh is named so that ssh gets its name', () => {
  expect(sshTarget(toSsh('hopper'))).toBe('hopper');
  expect(remoteTarget(toSsh('hopper'))).toBeUndefined();
});

test('a token is 32 hexadecimal digits, whatever is around them', () => {
  expect(parseToken(` ${TOKEN.toUpperCase()}\n`)).toBe(TOKEN);
  for (const text of ['', TOKEN.slice(1), `${TOKEN}0`, TOKEN.replace('0', 'g')])
    expect(parseToken(text)).toBeUndefined();
});

test.each([
  ['20:05:06Z 192.0.2.1:41022 received 67108864 bytes', '192.0.2.1'],
  ['20:05:06Z [2001:db8::1]:41022 received 1 bytes', '2001:db8::1'],
  ['20:05:06Z 192.0.2.1:41022 refused: wrong token', null],
  ['20:05:06Z 192.0.2.1:41022 ended after 3 of 5 bytes', null],
  ['20:05:06Z 40 lines are left out', null],
])('the line "%s" tells of a transfer from %s', (line, sender) => {
  expect(senderOf(line)).toBe(sender);
});

describe('presets', () => {
  test('offered for another host, and for a laboratory, can be sent there', () => {
    for (const { id } of presetsForHost()) {
      granted(resolveExperiment({ preset: id, path: 'file-to-socket', to: 'ssh:hopper' }, { directory: '/data' }));
    }
    for (const { id, to } of presetsForLaboratory()) {
      const request = { preset: id, path: 'file-to-socket', ...(to === undefined ? { to: 'lab' } : {}) };
      expect(granted(resolveExperiment(request, { directory: '/data' })).target).toBe('lab');
    }
    expect(presetsForHost().map(({ id }) => id)).not.toContain('scatter-gather');
    expect(presetsForLaboratory().map(({ id }) => id)).toContain('scatter-gather');
  });
});
