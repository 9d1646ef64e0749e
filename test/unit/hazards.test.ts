import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/model/findings.ts';
import { canMeet, hazardDescriptors, hazardsOf, momentOf, tellHazard } from '../../src/model/hazards.ts';
import { findMode, modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../src/model/modes/descriptor.ts';
import { planCases } from '../../src/model/plan.ts';
import { presetsFor } from '../../src/model/presets.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { HazardKind, HazardReport } from '../../src/model/result/hazard.ts';
import { hazardKindSchema } from '../../src/model/result/hazard.ts';
import type { Result } from '../../src/model/result/result.ts';
import { anExperiment, aPlannedResult } from './fixtures.ts';

const BYTES = 32 * 2 ** 20;
const HALF = BYTES / 2;
const ALL = { happened: true, arrivedBytes: BYTES, error: null, differsFromByte: null, waited: false } as const;

function experiment(modes: readonly string[] = ['read-write', 'sendfile', 'reflink']) {
  return anExperiment({ kind: 'hazards', preset: 'hazards', modes: [...modes], bytes: BYTES, rounds: 1 });
}

function met(kind: HazardKind, report: HazardReport | null, mode = 'read-write'): Case {
  const one = planCases(experiment([mode])).find(({ hazard }) => hazard?.kind === kind);
  if (one?.hazard == null) throw new Error(kind);
  return { ...one, hazard: { ...one.hazard, report } };
}

function failed(code: string, call: string): HazardReport {
  return { ...ALL, arrivedBytes: HALF, error: { code, call, message: 'As strerror says' } };
}

describe('the plan', () => {
  test('has every mode meet every hazard of its path, half way', () => {
    const cases = planCases(experiment());
    expect(cases).toHaveLength(3 * hazardsOf('file-to-file').length);
    for (const one of cases) {
      expect(one.hazard).toEqual({ kind: expect.any(String), atByte: HALF, report: null });
      expect([one.control, one.implied]).toEqual([false, false]);
    }
  });

  test('a measurement has no hazards', () => {
    expect(planCases(anExperiment()).every(({ hazard }) => hazard === null)).toBe(true);
  });

  test('every kind of the document is described', () => {
    expect(hazardDescriptors().map(({ id }) => id)).toEqual(hazardKindSchema.options);
  });
});

describe('the moment', () => {
  test('comes between two chunks, else by the receiver, else not at all', () => {
    const of = (mode: string, path: Case['path']) => momentOf(findMode(mode) as ModeDescriptor, path);
    expect(of('read-write', 'file-to-file')).toBe('sender');
    expect(of('sendfile', 'file-to-socket')).toBe('receiver');
    expect(of('sendfile', 'file-to-file')).toBeNull();
  });

  test('is needed only where the source changes', () => {
    for (const mode of modeDescriptors()) {
      expect(canMeet('destination-full', mode, 'file-to-file')).toBe(true);
      expect(canMeet('source-truncated', mode, 'file-to-file')).toBe(mode.chunk === 'buffer');
    }
  });
});

describe('the outcome in words', () => {
  test.each<[string, HazardKind, HazardReport, string, string]>([
    ['nothing lost', 'source-appended', ALL, 'all arrived', 'harmless'],
    ['over before', 'source-truncated', { ...ALL, happened: false }, 'over before', 'harmless'],
    ['short read', 'source-truncated', failed('SHORT', 'read'), 'short read', 'told'],
    ['page gone under a write', 'source-truncated', failed('SHORT', 'write'), 'EFAULT', 'told'],
    ['page gone under a copy', 'source-truncated', failed('SIGBUS', 'memcpy'), 'SIGBUS, caught', 'told'],
    ['full', 'destination-full', failed('ENOSPC', 'write'), 'ENOSPC', 'told'],
    ['too large', 'destination-full', failed('EFBIG', 'write'), 'EFBIG', 'told'],
    ['anything else', 'destination-full', failed('EIO', 'write'), 'EIO', 'told'],
    ['part old', 'source-overwritten', { ...ALL, differsFromByte: HALF }, 'part old, part new', 'silent'],
    ['references', 'source-overwritten', { ...ALL, differsFromByte: HALF - 1 }, 'bytes already sent changed', 'silent'],
    ['short and silent', 'source-truncated', { ...ALL, arrivedBytes: 7 }, 'short', 'silent'],
  ])('%s', (_, kind, report, label, tone) => {
    const telling = tellHazard(met(kind, report));
    expect(telling).toMatchObject({ label, tone });
    expect(telling?.text).toMatch(/^\S.*\.$/);
  });

  test('a sender that waits for ever', () => {
    const [stalls] = planCases({ ...experiment(['read-write']), path: 'file-to-socket' }).filter(
      ({ hazard }) => hazard?.kind === 'receiver-stalls',
    );
    if (stalls?.hazard == null) throw new Error('no case');
    const report = { ...ALL, arrivedBytes: HALF, waited: true };
    expect(tellHazard({ ...stalls, hazard: { ...stalls.hazard, report } })?.label).toBe('waits');
  });

  test('nothing is said before it happened, and a reason where it cannot', () => {
    expect(tellHazard(met('source-truncated', null))).toBeNull();
    expect(tellHazard(met('source-truncated', null, 'sendfile'))?.tone).toBe('not-shown');
    const reason = { code: 'EOPNOTSUPP', message: 'Not here.', hint: 'Elsewhere.' };
    expect(tellHazard({ ...met('destination-full', null), reason })).toEqual({
      label: 'EOPNOTSUPP',
      text: 'Not here. Elsewhere.',
      tone: 'not-shown',
    });
  });
});

test('the finding names the modes that changed bytes and said nothing, and counts what was met', () => {
  const planned = aPlannedResult(experiment(['read-write', 'mmap-write']));
  const cases = planned.cases.map((one) =>
    one.hazard?.kind === 'source-overwritten'
      ? { ...one, hazard: { ...one.hazard, report: { ...ALL, differsFromByte: HALF } } }
      : one.hazard?.kind === 'source-deleted'
        ? { ...one, hazard: { ...one.hazard, report: ALL } }
        : one,
  );
  const result: Result = { ...planned, status: 'complete', cases };
  const [silent, survived] = findingsOf(result);
  expect(silent?.text).toMatch(/^source overwritten: .* by read \+ write; mmap \+ write\.$/);
  expect(silent?.cases).toHaveLength(2);
  expect(survived?.text).toMatch(/^4 hazards /);
});

test('the preset is offered only where it can run', () => {
  const offers = (path: Case['path'], ownSource: boolean) =>
    presetsFor(path, ownSource).some(({ id }) => id === 'hazards');
  expect(offers('file-to-file', false)).toBe(true);
  expect(offers('file-to-socket', false)).toBe(true);
  expect(offers('file-to-file', true)).toBe(false);
  expect(offers('process-to-process', false)).toBe(false);
});
