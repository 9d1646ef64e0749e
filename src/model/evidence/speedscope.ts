/** Stacks for https://www.speedscope.app: a profile for every mode and thread. */
import * as l10n from '@vscode/l10n';
import { msPerGib } from './shares.ts';
import type { CaseStacks } from './stacksFile.ts';

/** Of https://www.speedscope.app/file-format-schema.json what is used here. */
export interface SpeedscopeFile {
  readonly $schema: 'https://www.speedscope.app/file-format-schema.json';
  readonly name: string;
  readonly exporter: string;
  readonly activeProfileIndex: 0;
  readonly shared: { readonly frames: readonly { readonly name: string }[] };
  readonly profiles: readonly SampledProfile[];
}

interface SampledProfile {
  readonly type: 'sampled';
  readonly name: string;
  readonly unit: 'milliseconds';
  readonly startValue: number;
  readonly endValue: number;
  /** Indexes into the shared frames, root first. */
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Weights are CPU milliseconds per GiB moved, so that modes compare. @param name of the result */
export function speedscope(name: string, cases: readonly CaseStacks[]): SpeedscopeFile {
  const numbers = new Map<string, number>();
  const numberOf = (frame: string) => {
    const number = numbers.get(frame) ?? numbers.size;
    numbers.set(frame, number);
    return number;
  };
  const profiles = cases.flatMap((one) =>
    threadsOf(one).map((thread): SampledProfile => {
      const stacks = one.stacks.filter((stack) => stack.thread === thread);
      const weights = stacks.map((stack) => msPerGib(stack.count, one));
      return {
        type: 'sampled',
        name: l10n.t('{0}, {1} (ms per GiB)', one.name, thread),
        unit: 'milliseconds',
        startValue: 0,
        endValue: weights.reduce((sum, weight) => sum + weight, 0),
        samples: stacks.map((stack) => [...stack.frames].reverse().map(numberOf)),
        weights,
      };
    }),
  );
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name,
    exporter: 'zero-copy-lab',
    activeProfileIndex: 0,
    shared: { frames: [...numbers.keys()].map((frame) => ({ name: frame })) },
    profiles,
  };
}

/** The threads with the most samples come first: the viewer opens the first profile. */
function threadsOf(one: CaseStacks): readonly CaseStacks['stacks'][number]['thread'][] {
  const samples = new Map<CaseStacks['stacks'][number]['thread'], number>();
  for (const { thread, count } of one.stacks) samples.set(thread, (samples.get(thread) ?? 0) + count);
  return [...samples].sort((a, b) => b[1] - a[1]).map(([thread]) => thread);
}
