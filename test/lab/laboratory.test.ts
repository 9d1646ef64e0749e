/** Runs through laboratories, of root and of a user without rights: what they measure, and that nothing of them stays. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { caseSettings } from '../../src/model/caseSettings.ts';
import type { Result } from '../../src/model/result/result.ts';
import { countedSamples } from '../../src/model/summary.ts';
import { skip } from '../skip.ts';
import { gone, needNobody, ONE_LINE, openTo, parsed, ROOT, type Running, until, Workplace, whether } from './lab.ts';

const TWO = ['--to', 'lab:sg=on', '--to', 'lab:sg=off'] as const;
const SMALL = ['--modes', 'sendfile', '--size', '2MiB'] as const;
const ENDLESS = ['run', ...TWO, ...SMALL, '--rounds', '1000', '--quiet'] as const;

/** A user with his own folder and host lock. */
interface User {
  readonly place: Workplace;
  readonly folder: string;
  readonly options: Parameters<Workplace['start']>[1];
}

const USERS: readonly { readonly who: string; readonly become: (context: TestContext) => User }[] = [
  {
    who: 'the user of the tests',
    become: () => {
      const place = new Workplace();
      return { place, folder: place.folder, options: {} };
    },
  },
  {
    who: 'a user without rights',
    become: (context) => {
      needNobody(context);
      const place = new Workplace();
      const folder = openTo(place, 'open');
      const through = ['env', `ZERO_COPY_LAB_LOCK_PARENT=${openTo(place, 'lock')}`];
      return { place, folder, options: { cwd: folder, asNobody: true, through } };
    },
  },
];

/** Ends the test where this user may have no laboratory. */
function needLaboratory(context: TestContext, { options }: User): void {
  const asNobody = options?.asNobody === true ? { uid: 65_534, gid: 65_534 } : {};
  const launcher = path.join(ROOT, 'build', 'Release', 'zcl-launcher');
  const script = 'unshare --net true || echo "not allowed $ZERO_COPY_LAB_NO_USER_NAMESPACE"';
  const tried = spawnSync(launcher, ['sh', '-c', script], { encoding: 'utf8', cwd: '/', ...asNobody });
  if (tried.stdout !== '') skip(context, `no network namespace is to be had: ${tried.stdout.trim()}`);
}

/** Network namespaces that a process is in or holds by descriptors; none of one that is gone. */
function namespacesOf(pid: number | string): readonly string[] {
  const links = [`/proc/${pid}/ns/net`, ...namesIn(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`)];
  return links.flatMap((link) => {
    try {
      const target = readlinkSync(link);
      return target.startsWith('net:[') ? [target] : [];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Those of a bench process beside its own, once there are two for each laboratory. */
async function laboratoriesOf(running: Running, bench: number): Promise<readonly string[]> {
  const own = readlinkSync('/proc/self/ns/net');
  return running.until('the namespaces of two laboratories', () => {
    const held = [...new Set(namespacesOf(bench))].filter((each) => each !== own);
    return held.length === 4 ? held : undefined;
  });
}

function resultOf({ folder }: User): Result {
  return parsed(readFileSync(path.join(folder, 'out.json'), 'utf8'));
}

async function expectNothingLeft(bench: number, namespaces: readonly string[]): Promise<void> {
  await gone(bench);
  const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const held = () => namespaces.filter((each) => pids().some((pid) => namespacesOf(pid).includes(each)));
  await until('the end of the namespaces', () => whether(held().length === 0));
  // Nothing of it was ever where others are.
  expect(readFileSync('/proc/net/dev', 'utf8')).not.toContain('lab0');
  expect(namesIn('/run/netns').filter((name) => name.includes('lab'))).toEqual([]);
}

describe.each(USERS)('$who', ({ become }) => {
  test('measures both laboratories in the same rounds, and stores what was read back', async (context) => {
    const user = become(context);
    needLaboratory(context, user);
    const args = ['run', ...TWO, ...SMALL, '--rounds', '6', '--evidence', 'auto', '--json', 'out.json'];
    expect((await user.place.run(args, user.options)).code).toBe(0);
    const result = resultOf(user);
    expect(result.experiment).toMatchObject({ target: 'lab', path: 'file-to-socket' });
    expect(result.host.interface).toBeNull();
    expect(result.cases.map(caseSettings)).toEqual(['sg=on', 'sg=on', 'sg=on', 'sg=off', 'sg=off']);
    for (const one of result.cases) {
      const on = caseSettings(one) === 'sg=on';
      expect(one).toMatchObject({ status: 'ok', verified: { ok: true } });
      expect(countedSamples(one)).toHaveLength(6);
      expect(one.interface).toMatchObject({ name: 'lab0', mtu: 1500, scatterGather: on, tso: on, txChecksum: true });
      const counted = one.evidence?.interface;
      if (!one.control) expect(counted?.sentBytes).toBeGreaterThan(one.evidence?.bytes ?? Number.POSITIVE_INFINITY);
    }
    expect(result.findings.filter(({ kind }) => kind === 'switched')).toHaveLength(2);
    // Where nothing may be sampled the tiers say so, and no sentence speaks of copies that nobody looked for.
    const sampled = result.tiers?.find(({ id }) => id === 'task-samples');
    const kinds = result.findings.map(({ kind }) => kind);
    if (sampled?.available === false) {
      expect(sampled.missing?.reason).not.toBe('');
      expect(kinds).toContain('evidence-missing');
      expect(kinds).not.toContain('segmentation-copy');
    }
  });

  test('gets cases that cannot be as asked as unsupported, and the others', async (context) => {
    const user = become(context);
    needLaboratory(context, user);
    const args = [
      'run',
      '--to',
      'lab:sg=off,tso=on',
      '--to',
      'lab:tso=off',
      ...SMALL,
      '--rounds',
      '1',
      '--json',
      'out.json',
    ];
    const ended = await user.place.run(args, user.options);
    expect(ended.code).toBe(1);
    const { cases } = resultOf(user);
    const statuses = cases.map((one) => `${caseSettings(one)} ${one.status}`);
    expect(new Set(statuses)).toEqual(new Set(['sg=off, tso=on unsupported', 'tso=off ok']));
    expect(cases[0]?.reason?.message).toContain('left tso at off');
    expect(ended.stderr).toMatch(ONE_LINE);
  });

  test.for(['SIGINT', 'SIGTERM'] as const)('leaves nothing after %s', async (signal, context) => {
    const user = become(context);
    needLaboratory(context, user);
    const running = user.place.start([...ENDLESS], user.options);
    const bench = await running.bench();
    const namespaces = await laboratoriesOf(running, bench);
    running.kill(signal);
    expect(await running.ended).toMatchObject({ code: 130 });
    await expectNothingLeft(bench, namespaces);
  });

  test.for(['SIGKILL', 'SIGSEGV'] as const)(
    'leaves nothing when the bench process gets %s',
    async (signal, context) => {
      const user = become(context);
      needLaboratory(context, user);
      const running = user.place.start([...ENDLESS], user.options);
      const bench = await running.bench();
      const namespaces = await laboratoriesOf(running, bench);
      process.kill(bench, signal);
      const ended = await running.ended;
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.stderr).toContain(`The bench process was ended by ${signal}: `);
      await expectNothingLeft(bench, namespaces);
    },
  );

  test('leaves nothing when the command line is killed', async (context) => {
    const user = become(context);
    needLaboratory(context, user);
    const running = user.place.start([...ENDLESS], user.options);
    const bench = await running.bench();
    const namespaces = await laboratoriesOf(running, bench);
    running.kill('SIGKILL');
    await expectNothingLeft(bench, namespaces);
  });

  test('leaves nothing after a run that fails', async (context) => {
    const user = become(context);
    needLaboratory(context, user);
    // Nothing here has such a discipline, or else everything was lost on its way.
    const running = user.place.start(
      ['run', '--to', 'lab:loss=100%', ...SMALL, '--rounds', '1', '--quiet'],
      user.options,
    );
    const bench = await running.bench();
    expect((await running.ended).code).not.toBe(0);
    await expectNothingLeft(bench, []);
  });
});

test('a host that allows no laboratory is told why, and nothing is left', async (context) => {
  const place = new Workplace();
  // Within a user namespace that has none to give away, somebody without capabilities.
  const forbid = 'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all --inh-caps=-all "$@"';
  const through = ['unshare', '--user', '--map-root-user', 'sh', '-c', forbid, 'sh'];
  const tried = spawnSync(through[0] as string, [...through.slice(1), 'true'], { encoding: 'utf8' });
  if (tried.status !== 0) skip(context, `no user namespace to forbid them in: ${tried.stderr.trim()}`);
  const ended = await place.run(['run', '--to', 'lab', ...SMALL], { through });
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).toContain('The limit 0 of user.max_user_namespaces is reached.');
  expect(place.files()).toEqual([]);
});
