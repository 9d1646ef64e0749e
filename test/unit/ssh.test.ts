/** The way by ssh: how a host is named, what ssh is asked for, and what its last words mean. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { exitCodeOfRefusal } from '../../src/cli/exitCode.ts';
import { reportResult } from '../../src/cli/report.ts';
import { receiverHost } from '../../src/lab/host/receiver.ts';
import { asTyped, commandThere } from '../../src/lab/ssh/client.ts';
import { experimentDifferences } from '../../src/model/comparison/differences.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { sshTarget } from '../../src/model/request/target.ts';
import type { RemoteWay } from '../../src/model/result/experiment.ts';
import type { Result } from '../../src/model/result/result.ts';
import { explainSsh, SSH_NEEDS_PROMPT, sshHasEnded } from '../../src/model/sshProblems.ts';
import { aCompleteResult, aSocketExperiment, granted, ROOT, refusal } from './fixtures.ts';

const surroundings = { directory: '/data' };

describe('the target', () => {
  test.each([
    ['ssh:server', 'server'],
    ['ssh:me@server.example', 'me@server.example'],
    ['ssh:2001:db8::1', '2001:db8::1'],
    ['ssh:fe80::1%eth0', 'fe80::1%eth0'],
    ['ssh://me@server:2222', 'ssh://me@server:2222'],
    ['ssh:7411', '7411'],
  ])('%s is what ssh calls %s', (to, host) => {
    expect(sshTarget(to)).toBe(host);
    const experiment = granted(resolveExperiment({ to }, surroundings));
    expect(experiment).toMatchObject({ path: 'file-to-socket', target: 'host', laboratories: null });
    expect(experiment.remote).toEqual({ host, address: '', port: 0, way: 'ssh' });
    const forwarded = granted(resolveExperiment({ to, forward: true }, surroundings));
    expect(forwarded.remote).toMatchObject({ host, way: 'ssh-forwarded' });
  });

  test.each(['ssh:', 'ssh:-oProxyCommand=touch x', 'ssh:-v', 'ssh:a b', 'ssh:$(id)', 'ssh:a;b', 'ssh:a\nb', "ssh:'a'"])(
    '%j is none, and refused in one sentence',
    (to) => {
      const problem = refusal(resolveExperiment({ to }, surroundings));
      expect(problem).toMatchObject({
        code: 'usage',
        message: expect.stringContaining('is no name of a host for ssh'),
      });
    },
  );

  test('is one alone, for one path, and the only one that can be forwarded to', () => {
    expect(refusal(resolveExperiment({ to: ['ssh:a', 'ssh:b'] }, surroundings)).message).toContain('ssh:a');
    expect(refusal(resolveExperiment({ to: 'ssh:a', path: 'file-to-file' }, surroundings)).code).toBe('usage');
    for (const to of [undefined, 'loopback', 'lab', 'a:1']) {
      const request = { ...(to === undefined ? {} : { to }), path: 'file-to-socket', forward: true };
      expect(refusal(resolveExperiment(request, surroundings)).message).toContain('--forward');
    }
  });

  test('comes from the command line', () => {
    const command = granted(parseCommandLine(['run', '--to', 'ssh:a', '--forward']));
    expect(command).toMatchObject({ options: { request: { to: ['ssh:a'], forward: true } } });
  });

  test('saves in a folder there', () => {
    const saving = { to: 'ssh:a', receiver: 'save' };
    const folderOf = (request: object) =>
      granted(resolveExperiment({ ...saving, ...request }, surroundings)).receiver?.directory;
    expect([folderOf({}), folderOf({ receiverDirectory: 'here' })]).toEqual(['/var/tmp', 'here']);
  });
});

describe('ssh', () => {
  const words = commandThere('far', 'true', { kind: 'own' });

  /** What it would do with these words, as it says itself. */
  const settled = (extra: readonly string[] = []) => {
    const { stdout, error } = spawnSync('ssh', ['-G', ...extra, ...words.slice(0, -1)], { encoding: 'utf8' });
    if (error !== undefined) throw error;
    return stdout;
  };

  test('asks nobody, forwards nothing and leaves the checks of host keys alone', () => {
    const said = settled(['-F', 'none', '-A', '-X', '-R', '9:localhost:9', '-o', 'LocalForward=8 localhost:8']);
    expect(said).toMatch(/^batchmode yes$/m);
    expect(said).toMatch(/^clearallforwardings yes$/m);
    expect(said).toMatch(/^forwardagent no$/m);
    expect(said).toMatch(/^forwardx11 no$/m);
    expect(said).not.toMatch(/^(local|remote|dynamic)forward/m);
    expect(words.join(' ')).not.toMatch(/hostkey|knownhosts/i);
  });

  test('gets the name of a host where it can be no option', () => {
    expect(words.slice(-3)).toEqual(['--', 'far', 'true']);
  });

  test('a command is written so that a shell reads it as it was meant', () => {
    const odd = ['ssh', '-o', 'ControlPath=/tmp/a b/$c', "it's", 'far'];
    const read = spawnSync('sh', ['-c', `printf '%s\\n' ${asTyped(odd)}`], { encoding: 'utf8' });
    expect(read.stdout.trimEnd().split('\n')).toEqual(odd);
  });
});

/** As OpenSSH prints them. */
const LAST_WORDS: readonly (readonly [string, string, string])[] = [
  ['needs-prompt', 'is right', 'Host key verification failed.'],
  [
    'needs-prompt',
    'password or passphrase: me@far: Permission denied (publickey,password)',
    'me@far: Permission denied (publickey,password).',
  ],
  [
    'needs-prompt',
    'password or passphrase',
    'Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures\nDisconnected from 192.0.2.1 port 22',
  ],
  [
    'host-key-changed',
    'another host key',
    '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key for far has changed and you have requested strict checking.\nHost key verification failed.',
  ],
  [
    'host-key-unknown',
    'no unknown one',
    'No ED25519 host key is known for far and you have requested strict checking.\nHost key verification failed.',
  ],
  ['unknown-host', 'no host of the name far', 'ssh: Could not resolve hostname far: Name or service not known'],
  [
    'unreachable',
    'No ssh server answers at far: connect to host far port 22: Connection refused',
    'ssh: connect to host far port 22: Connection refused',
  ],
  ['unreachable', 'does not reach far', 'ssh: connect to host far port 22: Connection timed out'],
  ['unreachable', 'does not reach far', 'ssh: connect to host far port 22: No route to host'],
  [
    'failed',
    'failed: kex_exchange_identification: read: Connection reset by peer',
    'kex_exchange_identification: read: Connection reset by peer',
  ],
  ['failed', 'without a word', ''],
];

test.each(LAST_WORDS)('%s: %s', (code, says, said) => {
  const problem = explainSsh('far', said, 'ssh -f -N far');
  expect(problem.code).toBe(`ssh-${code}`);
  expect(problem.message).toContain(says);
  for (const text of [problem.message, problem.hint]) expect(text).toMatch(/^\S[^\n]+$/);
  expect(problem.hint.endsWith('ssh -f -N far')).toBe(problem.code === SSH_NEEDS_PROMPT);
  expect(exitCodeOfRefusal(problem)).toBe(1);
});

test('what a receiver notes on the same stream is no last word of ssh', () => {
  const notes = '17:02:03Z 192.0.2.7:40000 received 4194304 bytes\n17:02:04Z 3 lines are left out\n';
  const last = 'Connection to 192.0.2.1 closed by remote host.\n';
  expect(sshHasEnded('far', last + notes).message).toMatch(
    /with it: Connection to 192\.0\.2\.1 closed by remote host\.$/,
  );
  expect(sshHasEnded('far', notes).message).toMatch(/and the receiver with it\.$/);
});

test('the script for the other host is read by any POSIX shell', () => {
  const script = path.join(ROOT, 'src', 'lab', 'ssh', 'there.sh');
  expect(spawnSync('sh', ['-n', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  // What a shell of another kind would have to pass on is in one line elsewhere; here only ASCII is safe in all locales.
  expect(readFileSync(script, 'utf8')).toMatch(/^[\n\x20-\x7e]+$/);
});

describe('a result', () => {
  const by = (way: RemoteWay): Result => ({
    ...aCompleteResult(undefined, {
      ...aSocketExperiment(),
      target: 'host',
      remote: { host: 'far', address: '192.0.2.1', port: 7411, way },
    }),
    receiverHost: receiverHost({ facts: { name: 'far.example', kernel: '6.1.0', arch: 'aarch64' }, interface: null }),
  });

  test.each([
    ['ssh', 'to far.example (192.0.2.1, by ssh): Linux'],
    ['ssh-forwarded', 'to far.example (through ssh): Linux'],
  ] as const)('%s is in its report', (way, words) => {
    expect(reportResult(by(way))).toContain(words);
  });

  test('whose data went through ssh is not compared without a word', () => {
    const kinds = (...ways: RemoteWay[]) => experimentDifferences(ways.map(by)).map(({ kind }) => kind);
    expect(kinds('ssh', 'ssh-forwarded')).toEqual(['way']);
    expect(kinds('direct', 'ssh')).toEqual([]);
  });
});
