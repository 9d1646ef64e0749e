/** Laboratories as they are asked for, planned, named, compared and refused. */
import { describe, expect, test } from 'vitest';
import { caseName, fullCaseName } from '../../src/model/caseName.ts';
import { caseSettings } from '../../src/model/caseSettings.ts';
import { tiersOf } from '../../src/model/evidence/tiers.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { flowViews } from '../../src/model/flowViews.ts';
import { measuredFacts } from '../../src/model/laboratory/measured.ts';
import { explainNoLaboratory, explainNoSetting, type NamespaceLimits } from '../../src/model/laboratory/refusals.ts';
import { settingsText } from '../../src/model/laboratory/settings.ts';
import { formatValue, isGranted, SWITCHES, type SwitchId } from '../../src/model/laboratory/switches.ts';
import { parseValue, placeholder, summaryOf } from '../../src/model/laboratory/switchTexts.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { baselineOf, planCases } from '../../src/model/plan.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Tier } from '../../src/model/result/evidence.ts';
import type { LaboratoryInterface } from '../../src/model/result/network.ts';
import { selectCase, selectCases } from '../../src/model/selection.ts';
import { VETH } from '../interfaces.ts';
import { ALL_RIGHTS, measuredWith } from './evidence/evidence.ts';
import { aCompleteResult, aPlannedResult, granted, refusal } from './fixtures.ts';

function resolved(request: ExperimentRequest) {
  return resolveExperiment(request, { directory: '/data' });
}

function switchOf(id: SwitchId) {
  const found = SWITCHES.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no switch ${id}`);
  return found;
}

describe('a switch', () => {
  test.each([
    ['sg', 'on', true],
    ['sg', 'off', false],
    ['mtu', '1500', 1500],
    ['mtu', '65535', 65535],
    ['rate', '100Mbit', 12_500_000],
    ['rate', '10Gbit', 1_250_000_000],
    ['rate', '8bit', 1],
    ['delay', '5ms', 5000],
    ['delay', '200us', 200],
    ['delay', '1s', 1_000_000],
    ['loss', '0.1%', 0.001],
    ['loss', '100%', 1],
  ] as const)('%s=%s is read, and written as it was', (id, text, value) => {
    expect(parseValue(switchOf(id), text)).toBe(value);
    expect(formatValue(switchOf(id), value)).toBe(text);
  });

  test.each([
    ['sg', 'yes'],
    ['sg', ''],
    ['mtu', '1499'],
    ['mtu', '65536'],
    ['mtu', '9k'],
    ['rate', '100'],
    ['rate', '7bit'],
    ['rate', '-1Mbit'],
    ['delay', '5'],
    ['delay', '61s'],
    ['loss', '0.1'],
    ['loss', '101%'],
  ] as const)('%s=%s is no value', (id, text) => {
    expect(parseValue(switchOf(id), text)).toBeUndefined();
  });

  test.each(SWITCHES)('$id says how it is written, and what it does', (each) => {
    expect(placeholder(each)).toMatch(new RegExp(`^${each.id}=`));
    expect(summaryOf(each)).not.toBe('');
  });

  test('is granted when it was read back as it was asked for', () => {
    const reading: LaboratoryInterface = {
      name: 'lab0',
      mtu: 9000,
      scatterGather: false,
      tso: false,
      gso: false,
      txChecksum: true,
      virtio: false,
      virtual: true,
      linkBytesPerSecond: null,
      bytesPerSecond: null,
      delayUs: 0,
      loss: 0.0009999999310821295,
    };
    const isIt = (id: SwitchId, asked: boolean | number) => isGranted(switchOf(id), asked, reading);
    expect([isIt('sg', false), isIt('tx-checksum', true), isIt('mtu', 9000), isIt('loss', 0.001)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([isIt('tso', true), isIt('mtu', 1500), isIt('rate', 1), isIt('delay', 5), isIt('loss', 0.002)]).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('--to', () => {
  test('alone is about sockets', () => {
    expect(granted(resolved({ to: 'lab' }))).toMatchObject({
      path: 'file-to-socket',
      target: 'lab',
      laboratories: [{}],
    });
    expect(granted(resolved({ to: 'loopback' }))).toMatchObject({ target: 'loopback', laboratories: null });
  });

  test('gives the same settings the same text, in whatever order they are written', () => {
    const one = granted(resolved({ to: 'lab:mtu=9000,sg=off' })).laboratories;
    expect(one).toEqual(granted(resolved({ to: ['lab:sg=off,mtu=9000', 'lab: mtu = 9000 , sg = off'] })).laboratories);
    expect(one?.map(settingsText)).toEqual(['sg=off, mtu=9000']);
  });

  test('is what the preset says, unless somebody says otherwise', () => {
    const preset = granted(resolved({ preset: 'scatter-gather' }));
    expect(preset).toMatchObject({ path: 'file-to-socket', evidence: 'auto' });
    expect(preset.laboratories?.map(settingsText)).toEqual(['sg=on', 'sg=off']);
    const own = granted(resolved({ preset: 'scatter-gather', to: 'lab:tso=off' }));
    expect(own.laboratories?.map(settingsText)).toEqual(['tso=off']);
  });

  test.each([
    ['moon', /"moon" is not known here/],
    ['lab:warp=on', /no switch "warp"/],
    ['lab:sg=maybe', /"maybe" is no value of the switch sg/],
    ['lab:sg', /"" is no value of the switch sg/],
    ['lab:sg=on,sg=off', /sets sg to on and to off/],
    [['lab', 'loopback'], /"loopback" is not known here, or not beside another/],
    [Array.from({ length: 17 }, (_, nth) => `lab:mtu=${1500 + nth}`), /names 17 laboratories/],
  ])('%j is refused', (to, words) => {
    expect(refusal(resolved({ to }))).toMatchObject({ code: 'usage', message: expect.stringMatching(words) });
  });

  test('has no place among hazards', () => {
    expect(refusal(resolved({ preset: 'hazards', path: 'file-to-socket', to: 'lab' })).message).toContain('--to');
  });

  test.each(['file-to-file', 'process-to-process'] as const)('has no place on %s', (path) => {
    expect(refusal(resolved({ to: 'lab', path })).hint).toContain('file-to-socket');
  });
});

describe('the cases of two laboratories', () => {
  const experiment = granted(resolved({ preset: 'scatter-gather' }));
  const cases = planCases(experiment);

  test('are those of one, twice, with one control', () => {
    const alone = planCases({ ...experiment, laboratories: [{ scatterGather: true }] });
    expect(cases).toHaveLength(2 * alone.length - 1);
    expect(cases.filter((one) => one.control)).toHaveLength(1);
  });

  test('are compared with the baseline of their own laboratory', () => {
    for (const one of cases) {
      const baseline = baselineOf(cases, one);
      if (baseline !== null) expect(caseSettings(cases[baseline] as typeof one)).toBe(caseSettings(one));
    }
  });

  test('have names of their own', () => {
    const names = cases.filter((one) => !one.control).map(fullCaseName);
    expect(new Set(names).size).toBe(names.length);
    expect(caseName(cases.find((one) => caseSettings(one) === 'sg=off') as (typeof cases)[0], false)).toBe(
      'read + write, sg=off',
    );
  });

  test('are named on a command line by their settings', () => {
    const result = aPlannedResult(experiment);
    const off = granted(selectCase(result, 'sendfile:sg=off'));
    expect(result.cases[off]).toMatchObject({ mode: 'sendfile', options: { laboratory: 'sg=off' } });
    expect(granted(selectCases(result, 'sendfile'))).toHaveLength(2);
    expect(granted(selectCases(result, 'read-write:64KiB:sg=on'))).toHaveLength(1);
    expect(refusal(selectCase(result, 'sendfile')).hint).toBe('Name one of them: sendfile:sg=on, sendfile:sg=off.');
    expect(refusal(selectCases(result, 'sendfile:sg=off:sg=on')).code).toBe('usage');
  });

  test('are drawn side by side: with the copy at segmentation, and without', () => {
    const result = aPlannedResult(experiment);
    const known = {
      ...result,
      cases: result.cases.map((one) => ({
        ...one,
        interface: { ...VETH, scatterGather: caseSettings(one) === 'sg=on' },
      })),
    };
    const shown = known.cases.find((one) => one.mode === 'sendfile');
    const views = flowViews(known, findMode('sendfile') as ModeDescriptor, shown);
    expect(views.map(({ key }) => key)).toEqual(['classic-0', 'classic-1', 'here-1', 'here']);
    expect(views.map(({ title }) => title).slice(2)).toEqual(['sendfile, sg=off', 'sendfile, sg=on']);
    const [off, on] = views.slice(2).map(({ flow }) => flow.steps.filter((step) => step.kind === 'cpu-copy'));
    expect(on?.map((step) => step.receiver)).toEqual([true]);
    expect(off).toHaveLength(2);
    expect(views[2]?.own.size).toBeGreaterThan(0);
  });
});

describe('what was measured through a laboratory', () => {
  const tiers = tiersOf(ALL_RIGHTS, { perfEventParanoid: -1, kptrRestrict: 0 });
  const interval = (median: number) => ({ median, low: median * 0.9, high: median * 1.1 });
  const [planned] = aCompleteResult().cases;
  const measuredBy = (segmentation: number, known: Tier[] | null = tiers) => {
    const one = planned as Case;
    const samples = measuredWith([
      ['copy-segmentation', segmentation],
      ['network', 1000 - segmentation],
    ]);
    const summary = one.summary === null ? null : { ...one.summary, totalCpuSecondsPerGib: interval(0.5) };
    const zerocopy = { sent: 9, completed: 9, copied: 7 };
    const evidence = { ...samples, arrows: [], contradictions: [] };
    return Object.fromEntries(measuredFacts({ ...one, summary, zerocopy, evidence }, known));
  };

  test('is speed, CPU time of both sides, the copy at segmentation, and the flag that does not tell of it', () => {
    expect(measuredBy(50)).toMatchObject({
      'CPU time of both sides': '0.50 s/GiB (0.45–0.55)',
      'Copy at segmentation': '5 % of the samples (3.8 %–6.5 %)',
      'Completions that say COPIED': '7 of 9',
    });
    expect(measuredBy(0)['Copy at segmentation']).toBe('none seen: at most 0.4 % of the samples');
  });

  test('of a copy that may be made where nobody sampled, nothing is said', () => {
    const denied = tiersOf({ ...ALL_RIGHTS, cpuWide: 'EACCES' }, { perfEventParanoid: 2, kptrRestrict: 0 });
    for (const known of [denied, null])
      expect(measuredBy(0, known)['Copy at segmentation']).toBe('not observable here');
  });
});

describe('where there is no laboratory', () => {
  const free: NamespaceLimits = {
    maxUserNamespaces: 1000,
    maxNetNamespaces: 1000,
    unprivilegedUserNamespaces: true,
    apparmorRestricts: false,
    filtered: false,
  };
  const eperm = { code: 'EPERM', call: 'unshare', message: 'Operation not permitted' };

  test.each([
    ['AppArmor', eperm, { apparmorRestricts: true }, /apparmor_restrict_unprivileged_userns = 1/],
    ['a kernel of Debian', eperm, { unprivilegedUserNamespaces: false }, /unprivileged_userns_clone = 0/],
    ['none at all', eperm, { maxUserNamespaces: 0 }, /max_user_namespaces = 0/],
    ['none left', { ...eperm, code: 'ENOSPC' }, { maxNetNamespaces: 7 }, /limit 7 of user\.max_net_namespaces/],
    ['none allowed', { ...eperm, code: 'ENOSPC' }, { maxUserNamespaces: 0 }, /limit 0 of user\.max_user_namespaces/],
    ['a container', eperm, { filtered: true }, /seccomp/],
    ['something else', eperm, {}, /unshare: Operation not permitted/],
  ])('the reason is named: %s', (_, error, limits, words) => {
    const problem = explainNoLaboratory(error, { ...free, ...limits });
    expect(problem).toMatchObject({ code: error.code, message: expect.stringMatching(words) });
    expect(problem.hint).not.toBe('');
  });

  test.each([
    ['RTM_NEWQDISC netem', /no queueing discipline netem/],
    ['RTM_NEWQDISC tbf', /no queueing discipline tbf/],
    ['RTM_NEWLINK veth', /No veth pair can be made/],
    ['SIOCETHTOOL', /SIOCETHTOOL/],
  ])('a step that failed is named: %s', (call, words) => {
    expect(
      explainNoSetting({ code: call === 'SIOCETHTOOL' ? 'EOPNOTSUPX' : 'ENOENT', call, message: 'No' }),
    ).toMatchObject({
      message: expect.stringMatching(words),
    });
  });
});
