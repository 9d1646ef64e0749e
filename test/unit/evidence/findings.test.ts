import { expect, test } from 'vitest';
import { evidenceRules } from '../../../src/model/evidence/findings.ts';
import { tiersOf } from '../../../src/model/evidence/tiers.ts';
import { applyRules } from '../../../src/model/findings/rule.ts';
import type { Evidence } from '../../../src/model/result/evidence.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { aPlannedResult } from '../fixtures.ts';
import { ALL_RIGHTS, ALL_TIERS, examined, loopbackHost, measuredWith } from './evidence.ts';

const SOCKET = { path: 'file-to-socket' } as const;
const REST = 800;

function kindsAndTexts(result: Result): readonly (readonly [string, string])[] {
  return applyRules(evidenceRules, result).map(({ kind, text }) => [kind, text] as const);
}

test('no pass, no findings', () => {
  expect(applyRules(evidenceRules, aPlannedResult())).toEqual([]);
});

test('what was lent and copied leads, with the evidence', () => {
  const measured = measuredWith([
    ['network', REST],
    ['copy-undone', 200, 'receiver'],
  ]);
  const zerocopy = { sent: 16, completed: 16, copied: 16 };
  expect(kindsAndTexts(examined('msg-zerocopy', measured, { experiment: SOCKET, one: { zerocopy } }))).toEqual([
    [
      'evidence-contradiction',
      'mmap + send, MSG_ZEROCOPY copied every byte, delivered on this host: zero-copy undone, 20 % (18 % to 23 %) of the samples, 50 ms per GiB; 16 of 16 completions say COPIED.',
    ],
  ]);
});

test('classic flows that lack a copy share a sentence, and name the case that shows it most', () => {
  const copying = (samples: number) =>
    measuredWith([
      ['copy-page-cache', samples],
      ['filesystem', REST],
    ]);
  const result = examined('splice', copying(200));
  const index = result.cases.findIndex((one) => one.evidence !== null);
  const more = examined('splice', copying(800)).cases[index];
  const both: Result = { ...result, cases: [...result.cases, ...(more === undefined ? [] : [more])] };
  expect(applyRules(evidenceRules, both)).toEqual([
    {
      kind: 'evidence-contradiction',
      text: 'splice copied where its textbook flow ("splice") has no copy: page-cache copy, 50 % (48 % to 52 %) of the samples, 200 ms per GiB. The CPU copies those pages into the page cache of the copy: the one copy splice keeps between files.',
      cases: [index, both.cases.length - 1],
      question: 'contradiction',
      evidence: [{ part: 'flow', case: index, flow: 'classic-0' }],
    },
  ]);
});

test('what a mode does in secret is held against its flow here, and against no textbook', () => {
  const liar = measuredWith(
    [
      ['copy-user', 200],
      ['copy-to-user', 100],
      ['network', REST],
    ],
    { calls: { counted: 1, traced: 101 } },
  );
  expect(kindsAndTexts(examined('sendfile', liar, { experiment: SOCKET }))).toEqual([
    ['evidence-contradiction', expect.stringMatching(/^sendfile is not what it says: The kernel saw 101 /)],
    [
      'evidence-contradiction',
      'sendfile copied where the flow here has no copy: kernel-to-user copy, 9.1 % (7.5 % to 11 %) of the samples, 25 ms per GiB; user-space copy, 18 % (16 % to 21 %) of the samples, 50 ms per GiB.',
    ],
  ]);
});

test('no copy seen, with its bound, where one would show', () => {
  const measured = measuredWith([
    ['network', 1000],
    ['copy-to-user', 300, 'receiver'],
  ]);
  expect(kindsAndTexts(examined('sendfile', measured, { experiment: SOCKET }))).toEqual([
    [
      'evidence-no-copy',
      'No CPU copy of the payload was seen on the sending side of sendfile: copies have at most 0.3 % of the samples, and one copy of every byte would have 15 % or more.',
    ],
  ]);
  const receiver = { kind: 'discard', bufferBytes: 65536, directory: null } as const;
  const discarding = examined('sendfile', measuredWith([['network', 1000]]), { experiment: { ...SOCKET, receiver } });
  expect(applyRules(evidenceRules, discarding)[0]?.text).toMatch(/^No CPU copy of the payload was seen in sendfile: /);
  // So much CPU time for a mebibyte that a copy of it could hide.
  const drowned: Partial<Evidence> = { bytes: 2 ** 20 };
  expect(kindsAndTexts(examined('direct', measuredWith([['block', 1000]], drowned)))).toEqual([]);
});

test('confirmed takes silent completions, an interface with both offloads, and samples without a copy', () => {
  const link = { ...loopbackHost().interface, name: 'eth0' } as NonNullable<Result['host']['interface']>;
  const kindsWith = (copied: number, scatterGather: boolean, copies: number, tiers = ALL_TIERS) =>
    applyRules(
      evidenceRules,
      examined(
        'read-msg-zerocopy',
        measuredWith([
          ['copy-to-user', 100],
          ['network', REST],
          ['copy-undone', copies, 'kernel'],
        ]),
        {
          experiment: SOCKET,
          one: { zerocopy: { sent: 16, completed: 16, copied } },
          host: { interface: { ...link, scatterGather } },
          tiers,
        },
      ),
    ).map(({ kind }) => kind);
  expect(kindsWith(0, true, 0)).toEqual(['evidence-confirmed']);
  expect(kindsWith(1, true, 0)).toEqual([]);
  expect(kindsWith(0, false, 0)).toEqual([]);
  expect(kindsWith(0, true, 200)).toEqual(['evidence-contradiction']);
  const ownTasks = tiersOf({ ...ALL_RIGHTS, cpuWide: 'EACCES' }, { perfEventParanoid: 1, kptrRestrict: 0 });
  expect(kindsWith(0, true, 0, ownTasks)).toEqual([]);
});

test('too few samples are said to be too few', () => {
  expect(kindsAndTexts(examined('reflink', measuredWith([['reflink', 12]])))).toEqual([
    ['evidence-not-enough', 'Not enough evidence to speak of copies in reflink (FICLONE): fewer than 200 samples.'],
  ]);
});

test('a missing tier says why, what allows it, and what undoes that', () => {
  const denied = { taskSamples: 'EACCES', cpuWide: 'EACCES', tracepoint: 'EACCES', symbols: 'EACCES' };
  const tiers = tiersOf(denied, { perfEventParanoid: 2, kptrRestrict: 0 });
  const [finding, ...others] = applyRules(evidenceRules, { ...aPlannedResult(), tiers });
  expect(others).toEqual([]);
  expect(finding?.text).toContain('To allow it: sudo sysctl kernel.perf_event_paranoid=1.');
  expect(finding?.text).toContain('To undo that: sudo sysctl kernel.perf_event_paranoid=2.');
});
