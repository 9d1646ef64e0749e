/** Sentences about a result, and what they rest on. */
import * as v from 'valibot';
import { count, intervalSchema, ratioSchema } from './numbers.ts';

/** What a finding rests on, as a part of the page that shows it. `case` is an index into `cases`. */
export const evidenceLinkSchema = v.variant('part', [
  v.object({ part: v.literal('ranking'), case: count }),
  v.object({ part: v.literal('chart'), chart: v.picklist(['throughput', 'size']), case: count }),
  /** The flow of the case's mode: `here`, `promised` or `classic-0` on; null for what was sampled of the case. */
  v.object({ part: v.literal('flow'), case: count, flow: v.nullable(v.string()) }),
  v.object({ part: v.literal('crossovers'), mode: v.string() }),
  v.object({ part: v.literal('hazards'), case: count }),
  v.object({ part: v.literal('tiers') }),
  v.object({ part: v.literal('noise') }),
  v.object({ part: v.literal('host') }),
]);
export type EvidenceLink = v.InferOutput<typeof evidenceLinkSchema>;

/**
 * What a finding answers. `won`: what came out, which mode won and by how much. `cost`: what that cost in CPU time.
 * `contradiction`: what did not do what it promises, or what a textbook says. `confirmed`: what did. `caution`: what makes
 * numbers of this run less than they seem. `limit`: what of this host held a mode back. `cannot-tell`: what a run of this
 * kind leaves open.
 */
export const questionSchema = v.picklist([
  'contradiction',
  'won',
  'cost',
  'caution',
  'cannot-tell',
  'limit',
  'confirmed',
]);
export type Question = v.InferOutput<typeof questionSchema>;

export const findingSchema = v.object({
  kind: v.string(),
  text: v.string(),
  /** Indexes into `cases`. */
  cases: v.array(count),
  question: questionSchema,
  evidence: v.optional(v.array(evidenceLinkSchema), []),
});
export type Finding = v.InferOutput<typeof findingSchema>;

/** The case the findings praise: the best of those the intervals support to be better than their baseline. */
export const winnerSchema = v.object({
  mode: v.string(),
  bufferBytes: v.nullable(count),
  /** Of `objects`: the size of the files. */
  objectBytes: v.nullable(count),
  mibPerSecond: intervalSchema,
  /** As in the summary of the case: of `equal-rate` it compares CPU time. */
  ratioToBaseline: ratioSchema,
});
export type Winner = v.InferOutput<typeof winnerSchema>;
