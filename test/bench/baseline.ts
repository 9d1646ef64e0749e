/** What an earlier run of the benchmark found on a machine of the same kind, and what has changed since. */
import * as v from 'valibot';
import { type Interval, intervalSchema } from '../../src/model/result/numbers.ts';
import { verdictOf } from '../../src/model/statistics/comparison.ts';
import { independentRatio } from '../../src/model/statistics/independentRatio.ts';
import type { Figure, Lasting } from './figures.ts';

/** A figure is worse when the whole interval of its change is beyond this (5 %). */
export const TOLERATED = 0.05;

const storedSchema = v.object({
  ...intervalSchema.entries,
  better: v.picklist(['higher', 'lower']),
  /** Day and commit it was measured on. */
  date: v.string(),
  commit: v.string(),
});
export type Stored = v.InferOutput<typeof storedSchema>;

const machineSchema = v.object({
  arch: v.string(),
  cpus: v.number(),
  cpu: v.string(),
  /** Who makes the virtual machine; null for a real one. */
  virtualised: v.nullable(v.string()),
});
export type Machine = v.InferOutput<typeof machineSchema>;

export const baselineSchema = v.object({
  machine: machineSchema,
  figures: v.record(v.string(), storedSchema),
});
export type Baseline = v.InferOutput<typeof baselineSchema>;

/** The name of a kind of machine, fit for a file: `x86_64-2-cpus-amd-epyc-vm`. */
export function kindOf({ arch, cpus, cpu, virtualised }: Machine): string {
  return [arch, cpus, 'cpus', cpu, virtualised ?? '']
    .join(' ')
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

export type Judgement = 'worse' | 'better' | 'same' | 'unsettled';

export interface Change {
  readonly what: string;
  readonly stored: Stored;
  readonly now: Lasting;
  /** The figure of now in terms of the stored one, with everything that both intervals allow. */
  readonly ratio: Interval;
  readonly judgement: Judgement;
}

/** Every figure that has a stored one, in the order in which they were measured. */
export function changesSince(baseline: Baseline, figures: readonly Figure[]): readonly Change[] {
  return figures.flatMap(({ what, lasting: now }) => {
    const stored = baseline.figures[what];
    return stored === undefined || now === undefined ? [] : [change(what, stored, now)];
  });
}

function change(what: string, stored: Stored, now: Lasting): Change {
  const ratio = independentRatio(now, stored);
  // The rule of the product for throughput; of what should be low, the other way round.
  const gain = now.better === 'higher' ? ratio : independentRatio(stored, now);
  const judgements = { faster: 'better', slower: 'worse', same: 'same', unsettled: 'unsettled' } as const;
  return { what, stored, now, ratio, judgement: judgements[verdictOf(gain, TOLERATED)] };
}

/** The names of lasting figures that no earlier run on such a machine has stored. */
export function newSince(baseline: Baseline, figures: readonly Figure[]): readonly string[] {
  return figures.flatMap(({ what, lasting }) =>
    lasting === undefined || baseline.figures[what] !== undefined ? [] : [what],
  );
}

/** With the lasting ones of these figures in place of older ones; figures that were not measured stay. */
export function updated(
  baseline: Baseline,
  figures: readonly Figure[],
  when: Pick<Stored, 'date' | 'commit'>,
): Baseline {
  const measured = figures.flatMap(({ what, lasting }) =>
    lasting === undefined ? [] : [[what, { ...lasting, ...when }] as const],
  );
  const all = { ...baseline.figures, ...Object.fromEntries(measured) };
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return { machine: baseline.machine, figures: Object.fromEntries(sorted) };
}

/** What is printed below the table: each that got worse, each that got better, and how many of the rest. */
export function changesInWords(changes: readonly Change[], unknown: readonly string[]): string {
  const of = (judgement: Judgement) => changes.filter((each) => each.judgement === judgement);
  const [worse, better] = [of('worse'), of('better')];
  return [
    worse.length === 0 ? 'Nothing got worse by more than 5 %.' : 'Worse by more than 5 %:',
    ...worse.map(line),
    ...(better.length === 0 ? [] : ['Better by more than 5 %:', ...better.map(line)]),
    `Within 5 %: ${of('same').length}. The intervals cannot tell: ${of('unsettled').length}. Without a stored figure: ${unknown.length}.`,
  ].join('\n');
}

function line({ what, stored, ratio }: Change): string {
  const interval = ratio.low === ratio.high ? '' : ` (${ratio.low?.toFixed(3)} – ${ratio.high?.toFixed(3)})`;
  return `- ${what}: ${ratio.median.toFixed(3)}${interval} of that of ${stored.date}, ${stored.commit}`;
}
