/** The death of a bench process in each phase of its run, by whatever kills it. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readResult } from '../../src/lab/resultFile.ts';
import { PHASES, type Phase } from '../../src/model/events.ts';
import type { Result } from '../../src/model/result/result.ts';
import { aCompleteResult } from '../unit/fixtures.ts';
import type { Workplace } from './lab.ts';
import { addEarlier, fileOf, leftBy, MEETS, type Met, meet } from './underWay.ts';

export { PHASES };

export interface Disturbed extends Met {
  /** None of a run that was refused, which leaves nothing. */
  readonly result: Result | null;
}

/**
 * Disturbs a run in a phase, and holds what is left to what is promised whatever happened: one whole result or, where
 * the run was refused, none; the earlier one byte for byte; nothing else.
 * @returns how it ended, and the result
 */
export async function disturbIn(phase: Phase, place: Workplace, disturb: (bench: number) => void): Promise<Disturbed> {
  const earlier = addEarlier(place, aCompleteResult());
  const before = readFileSync(earlier);
  const met = await meet(place, { request: MEETS[phase], phase }, disturb);
  expect(readFileSync(earlier).equals(before)).toBe(true);
  if (met.outcome.kind === 'refused') {
    expect(leftBy(place)).toEqual(['earlier.zcresult.json']);
    return { ...met, result: null };
  }
  const result = readResult(fileOf(place));
  if (!result.ok) throw new Error(`${result.problem.message} ${JSON.stringify(met.outcome)}`);
  expect(leftBy(place)).toEqual(['earlier.zcresult.json', 'out.zcresult.json']);
  expect(result.value.status).not.toBe('running');
  expect(result.value.cases.some(({ status }) => status === 'pending')).toBe(false);
  return { ...met, result: result.value };
}

/** That the process died in that very phase, by this, and that both is said. */
export function expectKilled(met: Disturbed, phase: Phase, signal: NodeJS.Signals): void {
  expect(met.lastPhase).toBe(phase);
  expect(met.outcome).toMatchObject({ kind: 'died', problem: { code: signal } });
  if (met.outcome.kind !== 'died') return;
  expect(met.outcome.problem.message).toContain(`The bench process was ended by ${signal}: `);
  expect(met.result).toMatchObject({ status: 'partial', reason: met.outcome.problem });
}
