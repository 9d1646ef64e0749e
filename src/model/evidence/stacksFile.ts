/**
 * The stacks of the evidence pass, in a file beside the result: too much for the result document, and only wanted by
 * exports. Names are only ever added, never renamed.
 */
import * as v from 'valibot';
import { samplerThreadSchema } from '../result/evidence.ts';

export const STACKS_FORMAT = 'zero-copy-lab/stacks';
export const STACKS_VERSION = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const caseStacksSchema = v.object({
  /** Index into `cases` of the result. */
  case: count,
  /** Mode and buffer, as people read them. */
  name: v.string(),
  /** Moved by all transfers of the pass together. */
  bytes: count,
  /** CPU time one sample stands for. */
  periodNs: count,
  stacks: v.array(
    v.object({
      thread: samplerThreadSchema,
      /** Leaf first, one name each. */
      frames: v.array(v.string()),
      count,
    }),
  ),
});
export type CaseStacks = v.InferOutput<typeof caseStacksSchema>;

export const stacksFileSchema = v.object({
  format: v.literal(STACKS_FORMAT),
  version: v.literal(STACKS_VERSION),
  /** The `id` of the result. */
  result: v.string(),
  cases: v.array(caseStacksSchema),
});
export type StacksFile = v.InferOutput<typeof stacksFileSchema>;

/** `NAME.zcstacks.json` for `NAME.zcresult.json`. */
export function stacksFileOf(resultFile: string): string {
  return `${resultFile.replace(/(\.zcresult)?\.json$/, '')}.zcstacks.json`;
}
