/** What a case tells of each step of a flow, in numbers: measured, predicted and counted. */

import { HERE } from './evidence/flowNames.ts';
import type { Flow } from './flow.ts';
import { countsOfCase } from './modes/calls.ts';
import type { ModeDescriptor } from './modes/descriptor.ts';
import { type CaseOutline, type Digestible, digestOf } from './pageResult.ts';
import type { ArrowVerdict } from './result/evidence.ts';
import { GIB } from './units.ts';

export interface StepFacts {
  readonly verdict: ArrowVerdict | null;
  /** CPU milliseconds per GiB by kernel samples; null where no samples prove the step. */
  readonly measured: number | null;
  /** The same by the calibration; null where it knows none, and for every step of a textbook. */
  readonly predicted: number | null;
  /** Of a system call of the sender: in a transfer, by the steps, and as the median of what transfers counted. */
  readonly calls: { readonly computed: number; readonly atMost: boolean; readonly counted: number | null } | null;
}

/** Where the cost of a step comes from. */
export type CostSource = 'measured' | 'predicted';

/** @param name what evidence calls the flow @param one the case of the mode that is shown; absent: nothing is known */
export function stepFacts(
  mode: ModeDescriptor,
  flow: Flow,
  name: string,
  one: (Digestible & CaseOutline) | undefined,
): readonly StepFacts[] {
  if (one === undefined) return flow.steps.map(() => UNKNOWN);
  const counts = countsOfCase(mode, flow, one);
  const { counted, calls } = digestOf(one);
  const predicted = new Map(name === HERE ? one.predicted?.steps.map(({ step, ns }) => [step, ns]) : []);
  return flow.steps.map((step, index): StepFacts => {
    const verdict = one.evidence?.arrows.find((arrow) => arrow.flow === name && arrow.step === index) ?? null;
    const ns = predicted.get(index);
    return {
      verdict,
      measured: verdict?.verdict === 'seen' ? verdict.msPerGib : null,
      predicted: ns === undefined || one.bytes === 0 ? null : (ns / 1e6 / one.bytes) * GIB,
      calls:
        step.kind !== 'system-call' || step.receiver === true
          ? null
          : {
              computed: counts.calls[step.call] ?? 0,
              atMost: counts.callsAtMost.includes(step.call),
              counted: counted === 0 ? null : (calls[step.call] ?? 0),
            },
    };
  });
}

const UNKNOWN: StepFacts = { verdict: null, measured: null, predicted: null, calls: null };

/** The largest cost of any step, which widths are drawn against; 0 where there is none. */
export function largestCost(facts: readonly StepFacts[], source: CostSource): number {
  return Math.max(0, ...facts.map((each) => each[source] ?? 0));
}
