/** The events of a run as a journal keeps them: a journal is a file, and a file may be anybody's. Apart from `RunEvent`, so that pages need no schemas. */
import * as v from 'valibot';
import type { RunEvent } from './events.ts';
import { caseSchema } from './result/case.ts';
import { evidenceSchema, tierSchema } from './result/evidence.ts';
import { hazardReportSchema } from './result/hazard.ts';
import { laboratoryInterfaceSchema } from './result/network.ts';
import { noiseReadingSchema } from './result/noise.ts';
import { count } from './result/numbers.ts';
import { calibrationSchema } from './result/prediction.ts';
import { problemSchema } from './result/problem.ts';
import { resultSchema } from './result/result.ts';
import { sampleSchema } from './result/sample.ts';
import { callLatencySchema } from './result/summary.ts';

export const eventSchema = v.variant('type', [
  v.object({ type: v.literal('started'), result: resultSchema }),
  v.object({ type: v.literal('interface'), case: count, interface: laboratoryInterfaceSchema }),
  v.object({ type: v.literal('verified'), case: count, verified: v.nonNullable(caseSchema.entries.verified) }),
  v.object({ type: v.literal('sample'), case: count, sample: sampleSchema }),
  v.object({ type: v.literal('calibrated'), calibration: calibrationSchema }),
  v.object({ type: v.literal('not-calibrated'), problem: problemSchema }),
  v.object({ type: v.literal('paced'), bytesPerSecond: count }),
  v.object({ type: v.literal('noise'), reading: noiseReadingSchema }),
  v.object({ type: v.literal('latency'), case: count, latency: v.array(callLatencySchema) }),
  v.object({ type: v.literal('tiers'), tiers: v.array(tierSchema) }),
  v.object({ type: v.literal('evidence'), case: count, evidence: evidenceSchema }),
  v.object({ type: v.literal('hazard-met'), case: count, report: hazardReportSchema }),
  v.object({
    type: v.literal('case-ended'),
    case: count,
    status: v.picklist(['unsupported', 'failed', 'cancelled']),
    reason: problemSchema,
  }),
  v.object({ type: v.literal('round-ended'), round: count }),
  v.object({ type: v.literal('finished'), result: resultSchema }),
]) satisfies v.GenericSchema<unknown, RunEvent>;
