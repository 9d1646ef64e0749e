/** The numbers of steps: one row of them, or where two ends are drawn one for each. */
import * as l10n from '@vscode/l10n';
import type { Flow } from './flow.ts';
import type { Sides } from './sides.ts';

/** By the index of the step: `1`, `2`, and of a receiver at another end `R1`, `R2`. */
export function stepLabels({ steps }: Flow, { ends }: Sides): readonly string[] {
  let [ours, theirs] = [0, 0];
  return steps.map((step) => {
    if (ends === null || step.receiver !== true) return String(++ours);
    return l10n.t('R{0}', ++theirs);
  });
}

/** The indexes of the steps side by side: all in one list, or the sender's and then the receiver's. */
export function stepLists({ steps }: Flow, { ends, sender, receiver }: Sides): readonly StepList[] {
  const all = steps.map((_, index) => index);
  if (ends === null || !steps.some((step) => step.receiver)) return [{ side: null, heading: null, steps: all }];
  const of = (theirs: boolean) => all.filter((index) => (steps[index]?.receiver === true) === theirs);
  return [
    { side: 'sender', heading: sender, steps: of(false) },
    { side: 'receiver', heading: receiver, steps: of(true) },
  ];
}

export interface StepList {
  readonly side: 'sender' | 'receiver' | null;
  readonly heading: string | null;
  readonly steps: readonly number[];
}
