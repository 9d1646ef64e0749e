/** Files of other versions: older ones are brought up to the present, newer ones are shown and left as they are. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openResult, parseResult, writeResult } from '../../src/lab/resultFile.ts';
import { arrange } from '../../src/model/findings/top.ts';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import { migrated } from '../../src/model/migrations.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import { classicFlows } from '../../src/model/modes/classicFlows.ts';
import { newerNotice } from '../../src/model/newerVersion.ts';
import type { Result } from '../../src/model/result/result.ts';
import { RESULT_VERSION } from '../../src/model/resultFormat.ts';
import { aCompleteResult, aPlannedResult, granted, temporaryFolder } from './fixtures.ts';

/** A run over a socket with evidence, as version 1 wrote it; cases and samples were taken out, nothing was changed. */
const VERSION_1 = readFileSync(new URL('results/version-1.zcresult.json', import.meta.url), 'utf8');

function flowsOf(result: Result): readonly (readonly [mode: string, flow: string])[] {
  return result.cases.flatMap(({ mode, evidence }) =>
    [...(evidence?.arrows ?? []), ...(evidence?.contradictions ?? [])].map(({ flow }) => [mode, flow] as const),
  );
}

describe('a file of version 1', () => {
  const before = JSON.parse(VERSION_1) as Result;
  const result = granted(parseResult(VERSION_1, 'old'));

  test('opens as one of this version, with all its cases and sentences', () => {
    expect(before.version).toBe(1);
    expect(result.version).toBe(RESULT_VERSION);
    expect(newerNotice(result)).toBeNull();
    expect(result.cases.map(({ mode }) => mode)).toEqual(before.cases.map(({ mode }) => mode));
    expect(result.cases.map(({ samples }) => samples.length)).toEqual(
      before.cases.map(({ samples }) => samples.length),
    );
    expect(result.findings.map(({ text }) => text)).toEqual(before.findings.map(({ text }) => text));
  });

  test('speaks of flows by their keys, and of each step that the flow has', () => {
    const flows = flowsOf(result);
    expect(flows).toHaveLength(flowsOf(before).length);
    expect(new Set(flows.filter(([mode]) => mode === 'sendfile').map(([, flow]) => flow))).toEqual(
      new Set(['here', 'classic-0', 'classic-1']),
    );
    for (const one of result.cases) {
      const mode = findMode(one.mode);
      if (mode === undefined || one.evidence === null) continue;
      const steps = new Map([
        ['here', mode.here(flowFactsOf(result, one.path)).steps.length],
        ...classicFlows(mode, one.path).map(({ key, flow }) => [key, flow.steps.length] as const),
      ]);
      for (const { flow, step } of one.evidence.arrows) expect(step).toBeLessThan(steps.get(flow) ?? 0);
    }
  });

  test('keeps its verdicts: the same steps, in the same order', () => {
    const told = (each: Result) => each.cases.map(({ evidence }) => evidence?.arrows.map(({ reason }) => reason) ?? []);
    expect(told(result)).toEqual(told(before));
  });

  test('has findings that say what they answer, so that the top can be chosen', () => {
    const { top, rest } = arrange(result.findings);
    expect(top.map(({ kind, question }) => [kind, question])).toEqual([
      ['evidence-contradiction', 'contradiction'],
      ['faster', 'won'],
      ['evidence-no-copy', 'confirmed'],
      ['loopback', 'cannot-tell'],
      ['virtual-machine', 'cannot-tell'],
    ]);
    expect(rest.map(({ kind }) => kind)).toEqual(['evidence-no-copy']);
  });

  test('has a command or none where it had a sentence instead of one', () => {
    const missing = (allow: string, undo: string) => ({ reason: 'why', allow, undo });
    const tiers = [missing('sudo sysctl a=1', 'sudo sysctl a=2'), missing('no command does', 'nothing to undo')];
    const document = { version: 1, tiers: [...tiers.map((each) => ({ missing: each })), { missing: null }] };
    expect(migrated(document)).toMatchObject({
      tiers: [{ missing: tiers[0] }, { missing: { reason: 'why', allow: null, undo: null } }, { missing: null }],
    });
  });

  test('loses verdicts on flows that no textbook of this language has, and nothing else', () => {
    const translated = VERSION_1.replaceAll('"sendfile, ordinary DMA"', '"sendfile, 普通 DMA"');
    expect(translated).not.toBe(VERSION_1);
    const other = granted(parseResult(translated, 'old'));
    expect(flowsOf(other)).toEqual(
      flowsOf(result).filter(([mode, flow]) => mode !== 'sendfile' || flow !== 'classic-0'),
    );
    expect(other.findings).toEqual(result.findings);
  });

  test('is not changed on disk by being read', () => {
    const file = path.join(temporaryFolder(), 'old.zcresult.json');
    writeFileSync(file, VERSION_1);
    granted(openResult(file));
    expect(readFileSync(file, 'utf8')).toBe(VERSION_1);
  });
});

describe('a step from version to version', () => {
  test.each([
    { name: 'no cases and no findings', document: {} },
    { name: 'cases that are none', document: { cases: 'none', findings: 7 } },
    { name: 'members that are no objects', document: { cases: [null, 3, [], { evidence: 'much' }], findings: [null] } },
    { name: 'evidence without its lists', document: { cases: [{ evidence: { arrows: {}, contradictions: [5] } }] } },
  ])('leaves what it cannot read to those who check it: $name', ({ document }) => {
    expect(migrated({ version: 1, ...document })).toEqual({ ...document, version: RESULT_VERSION });
  });

  test.each([RESULT_VERSION, RESULT_VERSION + 1, 0, -1, 1.5])('there is none from version %d', (version) => {
    const document = { version, findings: [{ kind: 'faster' }] };
    expect(migrated(document)).toBe(document);
  });
});

describe('a file of a newer version', () => {
  const newer = (result: Result) => ({ ...result, version: RESULT_VERSION + 1, novelty: { all: 'new' } });

  test('opens where it fits, with a notice, and keeps its version', () => {
    const result = granted(parseResult(JSON.stringify(newer(aCompleteResult())), 'new'));
    expect(result.version).toBe(RESULT_VERSION + 1);
    expect(result.cases).toEqual(aCompleteResult().cases);
    expect(newerNotice(result)?.message).toMatch(
      /^This file is of format version 3, and this Zero-Copy Lab reads up to 2/,
    );
  });

  test('is never rewritten, not even to finish a run that died', () => {
    const file = path.join(temporaryFolder(), 'new.zcresult.json');
    writeResult(file, newer(aPlannedResult()));
    const before = readFileSync(file, 'utf8');
    expect(granted(openResult(file)).status).toBe('running');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
