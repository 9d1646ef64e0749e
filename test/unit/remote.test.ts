/** A receiver on another host: how it is named, and what is said when it fails. */
import { describe, expect, test } from 'vitest';
import { exitCodeOfRefusal, exitCodeOfResult } from '../../src/cli/exitCode.ts';
import { reportResult } from '../../src/cli/report.ts';
import { receiverHost } from '../../src/lab/host/receiver.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { explainLostReceiver, explainReceiver, isReceiverLost } from '../../src/model/receiverProblems.ts';
import { explainFailure } from '../../src/model/refusals.ts';
import { remoteTarget } from '../../src/model/request/target.ts';
import type { ReceiverHost } from '../../src/model/result/host.ts';
import type { Result } from '../../src/model/result/result.ts';
import { aCompleteResult, aSocketExperiment, granted, refusal } from './fixtures.ts';

const surroundings = { directory: '/data', receiverAddress: '192.0.2.1' };

describe('the target', () => {
  test.each([
    ['server:7411', { host: 'server', port: 7411 }],
    ['192.0.2.1:1', { host: '192.0.2.1', port: 1 }],
    ['[2001:db8::1]:65535', { host: '2001:db8::1', port: 65535 }],
    ['[fe80::1%eth0]:7411', { host: 'fe80::1%eth0', port: 7411 }],
  ])('%s is a host with a port', (to, remote) => {
    expect(remoteTarget(to)).toEqual(remote);
    const experiment = granted(resolveExperiment({ to }, surroundings));
    expect(experiment).toMatchObject({
      path: 'file-to-socket',
      target: 'host',
      remote: { ...remote, address: '192.0.2.1' },
      laboratories: null,
    });
  });

  test.each(['server', 'server:', 'server:0', 'server:65536', ':7411', '2001:db8::1:7411', 'lab:7411', '[::1]'])(
    '%s is none, and refused in one sentence',
    (to) => {
      expect(remoteTarget(to)).toBeUndefined();
      const problem = refusal(resolveExperiment({ to }, surroundings));
      expect(`${problem.message} ${problem.hint}`).toMatch(/^[^\n]+\.$/);
    },
  );

  test('is one alone, for one path, and never of a hazard', () => {
    const two = refusal(resolveExperiment({ to: ['a:1', 'b:1'] }, surroundings));
    expect(two.message).toContain('a:1');
    expect(refusal(resolveExperiment({ to: 'a:1', path: 'file-to-file' }, surroundings)).code).toBe('usage');
    const hazards = { to: 'a:1', path: 'file-to-socket', preset: 'hazards' };
    expect(refusal(resolveExperiment(hazards, surroundings)).message).toContain('hazards');
  });

  test('saves where its own command line says, and not in a folder of this host', () => {
    const { receiver } = granted(resolveExperiment({ to: 'a:1', receiver: 'save' }, surroundings));
    expect(receiver).toMatchObject({ kind: 'save', directory: null });
  });
});

describe('an error of the receiver', () => {
  const error = (code: string, call: string) => ({
    code,
    call: `receiver: ${call}`,
    message: 'No such luck',
    path: '[2001:db8::1]:7411',
  });

  test.each([
    ['ECONNREFUSED', 'connect', /^TCP from this host to port 7411 of 2001:db8::1 was refused/],
    ['ETIMEDOUT', 'connect', /^TCP from this host to port 7411 of 2001:db8::1 got no answer/],
    ['ENETUNREACH', 'connect', /^No route leads from this host to 2001:db8::1\.$/],
    ['TOKEN', 'hello', /does not know this token/],
    ['VERSION', 'hello', /no receiver of this version/],
    ['EPROTO', 'recv', /no receiver of this version/],
    ['BUSY', 'hello', /too many connections/],
    ['NO_FOLDER', 'order', /without a folder/],
    ['ENOSPC', 'write', /cannot save any more: No such luck \(ENOSPC\)/],
    ['ECONNABORTED', 'recv', /went away in the middle/],
    ['ETIMEDOUT', 'recv', /does not answer any more/],
    ['ETIMEDOUT', 'answer', /does not answer any more/],
    ['EINVAL', 'getsockopt', /failed: getsockopt: No such luck/],
  ])('%s of %s is one sentence with its port, and one that helps', (code, call, words) => {
    const problem = explainReceiver(error(code, call));
    expect(problem.code).toBe(`receiver-${code}`);
    expect(problem.message).toMatch(words);
    for (const text of [problem.message, problem.hint]) expect(text).toMatch(/^[A-Z][^\n]+\.$/);
    expect(explainFailure('sendfile', 'file-to-socket', error(code, call), aCompleteResult().host).problem).toEqual(
      problem,
    );
    expect(exitCodeOfRefusal(problem)).toBe(1);
  });

  test('ends the run where the others would meet it too, and only the case where not', () => {
    expect(isReceiverLost(error('ECONNREFUSED', 'connect'))).toBe(true);
    expect(isReceiverLost(error('ECONNABORTED', 'recv'))).toBe(true);
    expect(isReceiverLost(error('ENOSPC', 'write'))).toBe(false);
    expect(isReceiverLost({ ...error('ECONNRESET', 'x'), call: 'recv' })).toBe(false);
  });

  test('says of one that was there that it went away, or is silent', () => {
    expect(explainLostReceiver(error('ECONNREFUSED', 'connect')).message).toContain('went away');
    for (const [code, call] of [
      ['ETIMEDOUT', 'recv'],
      ['ETIMEDOUT', 'connect'],
      ['ENETUNREACH', 'connect'],
    ] as const) {
      expect(explainLostReceiver(error(code, call)).message).toContain('does not answer any more');
    }
    expect(explainLostReceiver(error('BUSY', 'hello')).message).toContain('too many connections');
  });
});

describe('what a receiver tells of its host', () => {
  test('is taken where it is what it should be', () => {
    const facts = {
      ...{ name: 'far', kernel: '6.1.0', arch: 'aarch64', cpuModel: 'X', cpus: '8', memoryBytes: '1024' },
      ...{ interface: 'eth0', mtu: '9000', scatterGather: 'on', tso: 'off', gso: 'maybe', strange: 'x' },
    };
    expect(receiverHost({ facts, interface: null })).toEqual({
      name: 'far',
      kernel: '6.1.0',
      arch: 'aarch64',
      distribution: null,
      cpu: { model: 'X', logical: 8 },
      memoryBytes: 1024,
      virtualised: null,
      interface: {
        name: 'eth0',
        mtu: 9000,
        scatterGather: true,
        tso: false,
        gso: null,
        txChecksum: null,
        virtio: null,
        virtual: null,
        linkBytesPerSecond: null,
      },
    } satisfies ReceiverHost);
  });

  test('is unknown where it is nothing, or nonsense', () => {
    const { name, cpu, memoryBytes, interface: link } = receiverHost({ facts: { cpus: '-1' }, interface: null });
    expect([name, cpu, memoryBytes, link]).toEqual(['', { model: null, logical: null }, null, null]);
  });
});

describe('a result', () => {
  const remote = { host: 'far', address: '192.0.2.1', port: 7411, way: 'direct' as const };
  const result: Result = {
    ...aCompleteResult(undefined, { ...aSocketExperiment(), target: 'host', remote }),
    receiverHost: receiverHost({ facts: { name: 'far.example', kernel: '6.1.0', arch: 'aarch64' }, interface: null }),
  };

  test('names both hosts in its report', () => {
    expect(reportResult(result)).toContain('to far.example (192.0.2.1): Linux 6.1.0, aarch64');
  });

  test('has packets that go to the other host, or stay on this one where the other is none', () => {
    const link = result.host.interface ?? { name: 'eth0', mtu: 1500, scatterGather: true };
    const deliveryBy = (name: string) =>
      flowFactsOf(
        {
          ...result,
          host: {
            ...result.host,
            interface: {
              tso: null,
              gso: null,
              txChecksum: null,
              virtio: null,
              virtual: false,
              linkBytesPerSecond: null,
              ...link,
              name,
            },
          },
        },
        'file-to-socket',
      ).delivery;
    expect([deliveryBy('eth0'), deliveryBy('lo')]).toEqual(['host', 'local']);
  });

  test('that ended with its receiver is a failure, whatever was measured', () => {
    const reason = explainLostReceiver({ code: 'ETIMEDOUT', call: 'receiver: recv', message: '', path: '192.0.2.1:1' });
    expect(exitCodeOfResult({ ...result, status: 'partial', reason })).toBe(1);
  });
});
