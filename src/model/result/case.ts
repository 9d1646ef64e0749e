/** A mode with its buffer and options, and everything known of it. */
import * as v from 'valibot';
import { evidenceSchema } from './evidence.ts';
import { hazardKindSchema, hazardReportSchema } from './hazard.ts';
import { laboratoryInterfaceSchema } from './network.ts';
import { count, sinceThen } from './numbers.ts';
import { pathSchema } from './path.ts';
import { predictionSchema } from './prediction.ts';
import { problemSchema } from './problem.ts';
import { sampleSchema, zerocopySchema } from './sample.ts';
import { callLatencySchema, summarySchema } from './summary.ts';

const verifiedSchema = v.object({
  how: v.picklist(['separate-pass', 'readback', 'count-only']),
  ok: v.boolean(),
  /** What was wrong, in words; null when nothing was. */
  difference: v.nullable(v.string()),
});
export type Verified = v.InferOutput<typeof verifiedSchema>;

export const caseSchema = v.object({
  mode: v.string(),
  path: pathSchema,
  /** null for modes whose chunk is the whole transfer. */
  bufferBytes: v.nullable(count),
  bytes: count,
  options: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  /** Of a case in a laboratory: the interface its bytes left by; null before that was made, and elsewhere. */
  interface: sinceThen(laboratoryInterfaceSchema),
  /** Run as somebody's baseline without having been asked for. */
  implied: v.boolean(),
  /** The baseline's second copy: its ratio to the first is the noise floor. */
  control: v.boolean(),
  status: v.picklist(['pending', 'ok', 'unsupported', 'failed', 'cancelled']),
  reason: v.nullable(problemSchema),
  verified: v.nullable(verifiedSchema),
  samples: v.array(sampleSchema),
  summary: v.nullable(summarySchema),
  /** False when `rounds: auto` ended at its limit before the interval was narrow enough; null with a fixed number. */
  settled: v.nullable(v.boolean()),
  /** Sums over the counted samples; null for modes that do not ask. */
  zerocopy: v.nullable(zerocopySchema),
  latency: v.optional(v.nullable(v.array(callLatencySchema)), null),
  evidence: v.nullable(evidenceSchema),
  predicted: v.optional(v.nullable(predictionSchema), null),
  /** Of an experiment with hazards: which one this case meets, and what came of it. */
  hazard: v.optional(
    v.nullable(v.object({ kind: hazardKindSchema, atByte: count, report: v.nullable(hazardReportSchema) })),
    null,
  ),
});
export type Case = v.InferOutput<typeof caseSchema>;
