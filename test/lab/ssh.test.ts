/** Runs to a receiver that ssh starts on another host. After each of them nothing of it is left, on either host. */
import { spawnSync } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { expect, onTestFinished, type TestContext, test, vi } from 'vitest';
import { freePort } from '../../src/lab/ssh/forwarding.ts';
import { startThere } from '../../src/lab/ssh/receiver.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { skip } from '../skip.ts';
import { Sshd, whyNoSshd } from '../sshd.ts';
import { type Ended, gone, ONE_LINE, openTo, Workplace } from './lab.ts';
import { type SshFar, SshHost } from './sshHost.ts';
import { LONG, leftovers, measuring, SHORT } from './twoHosts.ts';

async function sshHost(context: TestContext, options: SshFar = {}) {
  const place = new Workplace();
  const far = await SshHost.start(context, place, options);
  const run = (to: string, ...words: string[]) => place.run([...SHORT, '--to', to, ...words], { through: far.through });
  const startLong = async (...words: string[]) => {
    const running = place.start([...LONG, '--to', 'ssh:far', ...words], { through: far.through });
    await measuring(place, running);
    return running;
  };
  return { place, far, run, startLong };
}

/** A run that came to nothing, in one sentence and the way out. */
function expectRefusal(ended: Ended, ...words: string[]): void {
  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(ONE_LINE) });
  for (const each of words) expect(ended.stderr).toContain(each);
}

test.for([
  ['IPv4', 'far', '10.231.0.2'],
  ['IPv6', 'far6', 'fd97::2'],
] as const)('by %s a run is verified, and says which way it went', async ([, name, address], context) => {
  const { place, far, run } = await sshHost(context);
  expect(await run(`ssh:${name}`)).toMatchObject({ code: 0, stderr: '' });
  const result = place.result();
  expect(result.experiment.remote).toEqual({ host: name, address, port: 7411, way: 'ssh' });
  expect(result.host.interface).toMatchObject({ name: 'zcl' });
  expect(result.receiverHost).toMatchObject({ kernel: result.host.kernel, interface: { name: 'zcl' } });
  for (const one of result.cases) {
    expect(one).toMatchObject({ status: 'ok', verified: { how: 'separate-pass', ok: true } });
    for (const sample of countedSamples(one)) expect(sample.receiver?.cpuNs).toBeGreaterThan(0);
  }
  expect(result.findings.map(({ kind }) => kind)).not.toContain('through-ssh');
  await far.isAsBefore();
  expect(leftovers(place)).toEqual([]);
});

test('a user without rights there, and a file that is saved there', async (context) => {
  const { place, far, run } = await sshHost(context, { user: 'nobody' });
  const folder = openTo(place, 'saved');
  expect(await run('ssh:far', '--receiver', 'save', '--receiver-dir', folder)).toMatchObject({ code: 0, stderr: '' });
  expect(place.result().cases[0]?.verified).toEqual({ how: 'readback', ok: true, difference: null });
  await far.isAsBefore();
  expectRefusal(
    await run('ssh:far', '--receiver', 'save', '--receiver-dir', '/root/none'),
    'The receiver at far says: ',
  );
  await far.isAsBefore();
});

/** Login shells that take a command in ways of their own, and what their start-up files say before it. */
const SHELLS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['bash', { '.bashrc': 'echo welcome; echo careful >&2; printf "no end of line"' }],
  ['dash', {}],
  ['tcsh', { '.tcshrc': 'echo welcome' }],
  ['fish', {}],
];

test.for(SHELLS)('%s as the login shell, with whatever it says', async ([name, home], context) => {
  const shell = `/bin/${name}`;
  if (!existsSync(shell)) skip(context, `there is no ${shell}`);
  const { far, run } = await sshHost(context, { shell, home });
  expect(await run('ssh:far')).toMatchObject({ code: 0, stderr: '' });
  await far.isAsBefore();
});

test('a login shell that runs nothing is told', async (context) => {
  const { far, run } = await sshHost(context, { user: 'nobody', shell: '/usr/sbin/nologin' });
  expectRefusal(await run('ssh:far'), 'ssh runs no command at far', 'This account is currently not available');
  await far.isAsBefore();
});

test('a host of a machine that there is no receiver for is told', async (context) => {
  const { far, run } = await sshHost(context, {
    programs: { uname: 'echo "$( [ "$1" = -m ] && echo riscv64 || echo Linux )"' },
  });
  expectRefusal(await run('ssh:far'), 'far is Linux riscv64; there are receivers for Linux on x86-64 and arm64.');
  await far.isAsBefore();
});

test('a receiver that this installation lacks is named', async (context) => {
  const why = whyNoSshd();
  if (why !== null) skip(context, why);
  const place = new Workplace();
  const port = await freePort();
  const sshd = await Sshd.start(place.path('sshd'), { port, config: ['ListenAddress 127.0.0.1'] });
  onTestFinished(() => sshd.end());
  vi.stubEnv('PATH', `${sshd.client({ here: ['HostName 127.0.0.1'] })}:${process.env['PATH']}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const wanted = { host: 'here', connection: { kind: 'own' }, listen: null, save: null } as const;
  const started = await startThere(wanted, place.folder, new AbortController().signal);
  expect(started).toMatchObject({ ok: false, problem: { code: 'receiver-missing' } });
});

test('folders that are read-only or allow no execution are passed over', async (context) => {
  const { far, startLong } = await sshHost(context, {
    folders: ['mount -o remount,noexec /dev/shm', 'mount --bind /tmp /tmp', 'mount -o remount,bind,ro /tmp'],
  });
  const running = await startLong();
  const program = readlinkSync(`/proc/${await far.receiver()}/exe`);
  expect(program).toMatch(/^\/var\/tmp\/\.zcl-receiver-[0-9a-f]{32} \(deleted\)$/);
  running.kill('SIGINT');
  await running.ended;
  await far.isAsBefore();
});

test('where no folder allows execution, each is named with the reason', async (context) => {
  const { far, run } = await sshHost(context, {
    folders: [
      ...['/dev/shm', '/var/tmp'].map((folder) => `mount -o remount,noexec ${folder}`),
      'mount --bind /tmp /tmp',
      'mount -o remount,bind,ro /tmp',
      'HOME=$(sed -n "s/^root:[^:]*:0:0:[^:]*:\\([^:]*\\):.*/\\1/p" /etc/passwd)',
      'mount -t tmpfs -o ro tmpfs "$HOME"',
    ],
  });
  const ended = await run('ssh:far');
  expectRefusal(ended, 'No folder at far is fit for the receiver: /dev/shm allows no execution (Permission denied); ');
  expect(ended.stderr).toMatch(
    /; \/tmp takes no files \(Read-only file system\); \/var\/tmp allows no execution \(Permission denied\); \/\S+ takes no files/,
  );
  await far.isAsBefore();
});

const OTHER_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

test('an unknown host key needs a prompt, a changed one is never taken', async (context) => {
  const { far, run } = await sshHost(context, {
    hosts: {
      unknown: ['HostName 10.231.0.2', 'UserKnownHostsFile /dev/null'],
      strict: ['HostName 10.231.0.2', 'UserKnownHostsFile /dev/null', 'StrictHostKeyChecking yes'],
      changed: ['HostName 10.231.0.2', 'UserKnownHostsFile /dev/null', `KnownHostsCommand /bin/echo * ${OTHER_KEY}`],
    },
  });
  expectRefusal(
    await run('ssh:unknown'),
    'does not know the host key of unknown, and asks',
    'ssh -f -N ',
    '-- unknown\n',
  );
  expectRefusal(await run('ssh:changed'), 'changed shows another host key', 'Only when the new key is right');
  expectRefusal(await run('ssh:strict'), 'allows no unknown one', 'Add the key to known_hosts');
  await far.isAsBefore();
});

test('where nobody has a key for it, a terminal opens the way', async (context) => {
  const { far, run, place } = await sshHost(context, {
    hosts: { locked: ['HostName 10.231.0.2', 'PubkeyAuthentication no'] },
  });
  const ended = await run('ssh:locked');
  expectRefusal(ended, 'locked lets nobody in without a password or passphrase', 'Permission denied (publickey');
  const command = /(ssh -f -N .*)\n$/.exec(ended.stderr)?.[1] ?? '';
  // Somebody at that terminal has the key.
  const typed = command.replace('ssh ', 'ssh -o PubkeyAuthentication=yes ');
  const [program = '', ...words] = [...far.through, 'sh', '-c', typed];
  expect(spawnSync(program, words, { encoding: 'utf8' })).toMatchObject({ status: 0 });
  expect(await run('ssh:locked')).toMatchObject({ code: 0, stderr: '' });
  expect(place.result().experiment.remote).toMatchObject({ host: 'locked', way: 'ssh' });
  const through = await run('ssh:locked', '--forward', '--json', 'through.json');
  expect(through).toMatchObject({ code: 0, stderr: '' });
  expect(far.left().filter((each) => each.startsWith('LISTEN'))).toEqual([]);
  // The connection is the user's, until it has not been used for a while; nothing else is left.
  const socket = far.left().find((each) => /^[0-9a-f]{16}$/.test(each));
  const exit = ['ssh', '-S', `${place.lockFolder}/ssh/${socket}`, '-O', 'exit', 'locked'];
  const [first = '', ...rest] = [...far.through, ...exit];
  expect(spawnSync(first, rest, { encoding: 'utf8' })).toMatchObject({ status: 0 });
  await far.isAsBefore();
});

test('what ssh cannot reach is told apart', async (context) => {
  const { far, run } = await sshHost(context, {
    hosts: { closed: ['HostName 10.231.0.2', 'Port 1'], nowhere: ['HostName 192.0.2.1'] },
  });
  expectRefusal(await run('ssh:no.such.host.invalid'), 'There is no host of the name no.such.host.invalid');
  expectRefusal(await run('ssh:closed'), 'No ssh server answers at closed', 'Connection refused');
  expectRefusal(await run('ssh:nowhere'), 'ssh does not reach nowhere', 'Network is unreachable');
  await far.isAsBefore();
});

/** Who is killed, and what is said of it. */
const VICTIMS: readonly (readonly [string, (far: SshHost) => Promise<number>, string])[] = [
  ['ssh', (far) => far.process(/^ssh$/), 'ended in the middle, and the receiver with it. '],
  ['sshd', (far) => far.session(), 'ended in the middle, and the receiver with it: Connection to 10.231.0.2 closed'],
  ['the receiver', (far) => far.receiver(), 'went away in the middle'],
];

test.for(VICTIMS)('%s killed in the middle leaves what was measured', async ([, victim, words], context) => {
  const { place, far, startLong } = await sshHost(context);
  const running = await startLong();
  process.kill(await victim(far), 'SIGKILL');
  const ended = await running.ended;
  expectRefusal(ended, words);
  const result = place.result();
  expect(result).toMatchObject({ status: 'partial', reason: { code: expect.stringMatching(/^(ssh|receiver)-/) } });
  expect(result.cases.every((one) => countedSamples(one).length >= 1)).toBe(true);
  await far.isAsBefore();
  expect(leftovers(place)).toEqual([]);
});

test.for(['SIGINT', 'SIGKILL'] as const)('a run that gets %s ends everything there', async (signal, context) => {
  const { place, far, startLong } = await sshHost(context);
  const running = await startLong();
  const bench = await running.bench();
  if (signal === 'SIGINT') running.kill(signal);
  else process.kill(bench, signal);
  expect(await running.ended).toMatchObject({ code: signal === 'SIGINT' ? 130 : 1 });
  await far.isAsBefore();
  expect(leftovers(place)).toEqual([]);
});

test('a run that is cancelled while ssh waits for an answer leaves nothing', async (context) => {
  const place = new Workplace();
  const far = await SshHost.start(context, place, { hosts: { mute: ['ProxyCommand tail -f /dev/null --pid=$PPID'] } });
  const running = place.start([...SHORT, '--to', 'ssh:mute'], { through: far.through });
  await far.process(/^tail$/);
  running.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130 });
  await far.isAsBefore();
  expect(leftovers(place)).toEqual([]);
});

test('a link that goes down ends the receiver there too', { timeout: 120_000 }, async (context) => {
  const { place, far, startLong } = await sshHost(context);
  const running = await startLong();
  const receiver = await far.receiver();
  far.hosts.unplug();
  expect(await running.ended).toMatchObject({ code: 1, stderr: expect.stringMatching(ONE_LINE) });
  expect(place.result().status).toBe('partial');
  await gone(receiver);
  expect(far.files()).toEqual([]);
});

/** Through `far` to an address of its own that others have no way to, or only one way. */
const INNER = { inner: ['HostName 10.232.0.1', 'ProxyJump far'] };

test('behind a jump host the data is blocked, and may go through ssh', async (context) => {
  const { place, far, run } = await sshHost(context, { hosts: INNER });
  far.hosts.addInnerAddress('10.232.0.1');
  expectRefusal(
    await run('ssh:inner'),
    'ssh reaches inner, the data does not: No route leads from this host to 10.232.0.1.',
    'Allow TCP from this host to port 7411 there; the other direction needs no open port.',
    '--forward',
  );
  await far.isAsBefore();
  expect(await run('ssh:inner', '--forward')).toMatchObject({ code: 0, stderr: '' });
  const result = place.result();
  expect(result.experiment.remote).toMatchObject({ host: 'inner', address: '127.0.0.1', way: 'ssh-forwarded' });
  expect(result.findings[0]).toMatchObject({ kind: 'through-ssh', question: 'caution' });
  expect(result.cases[0]?.verified).toMatchObject({ how: 'separate-pass', ok: true });
  await far.isAsBefore();
});

test('a firewall that drops the data is told with the port', async (context) => {
  const { far, run } = await sshHost(context, { hosts: INNER });
  far.hosts.addInnerAddress('10.232.0.1');
  far.hosts.dropFrom('10.232.0.1');
  const ended = await run('ssh:inner');
  expectRefusal(
    ended,
    'ssh reaches inner, the data does not: TCP from this host to port 7411 of 10.232.0.1 got no answer',
  );
  await far.isAsBefore();
});

test('an sshd that forwards nothing is told', async (context) => {
  const { far, run } = await sshHost(context, { config: ['AllowTcpForwarding no'] });
  expectRefusal(await run('ssh:far', '--forward'), 'ssh does not forward to far', 'AllowTcpForwarding');
  await far.isAsBefore();
});
