/** What goes wrong on purpose, and what came of it. */
import * as v from 'valibot';
import { count } from './numbers.ts';

/** Something that goes wrong around a transfer, made to happen at one byte of it. */
export const hazardKindSchema = v.picklist([
  'source-truncated',
  'source-appended',
  'source-overwritten',
  'source-deleted',
  'destination-full',
  'receiver-stalls',
  'receiver-closes',
  'receiver-resets',
]);
export type HazardKind = v.InferOutput<typeof hazardKindSchema>;

/** What the system did when a hazard met a mode. */
export const hazardReportSchema = v.object({
  /** False when the transfer was over before its moment came. */
  happened: v.boolean(),
  arrivedBytes: count,
  /** How the transfer failed, in the words of the system; null when it did not. */
  error: v.nullable(v.object({ code: v.string(), call: v.string(), message: v.string() })),
  /** Start of the first block that is not what the source held at the start; null when all that arrived is. */
  differsFromByte: v.nullable(count),
  /** The transfer would have waited for ever and was ended. */
  waited: v.boolean(),
});
export type HazardReport = v.InferOutput<typeof hazardReportSchema>;
