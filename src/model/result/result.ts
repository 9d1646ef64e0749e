/**
 * The result document (`*.zcresult.json`), the product's one exchange format. The schemas of this folder are the single source:
 * the TypeScript types, the validation at the edges and the JSON schema in schemas/ all come from them.
 * Names are only ever added, never renamed; where a meaning changes the version does, and src/model/migrations.ts brings
 * older documents up to it. Durations are integer nanoseconds, sizes integer bytes.
 */
import * as v from 'valibot';
import { RESULT_FORMAT, RESULT_VERSION } from '../resultFormat.ts';
import { caseSchema } from './case.ts';
import { tierSchema } from './evidence.ts';
import { experimentSchema } from './experiment.ts';
import { findingSchema, winnerSchema } from './finding.ts';
import { hostSchema, receiverHostSchema } from './host.ts';
import { noiseReadingSchema } from './noise.ts';
import { amount, count } from './numbers.ts';
import { calibrationSchema, crossoverSchema } from './prediction.ts';
import { problemSchema } from './problem.ts';

/** What comes before `cases` is all that a list of results needs; `inFileOrder` of src/lab/resultFile.ts keeps it there. */
export const resultSchema = v.object({
  format: v.literal(RESULT_FORMAT),
  /** Later versions open where they fit, and are never rewritten. */
  version: v.pipe(v.number(), v.integer(), v.minValue(RESULT_VERSION)),
  id: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  endedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  tool: v.string(),
  status: v.picklist(['running', 'complete', 'partial', 'failed']),
  /** Why a result is partial or failed. */
  reason: v.nullable(problemSchema),
  /** A name the user gave. */
  label: v.optional(v.nullable(v.string()), null),
  /** Null while the run is under way, and where no mode was better than its baseline. */
  winner: v.optional(v.nullable(winnerSchema), null),
  /** The bench process; `startTicks` tells it from a later process with the same pid. */
  process: v.object({ pid: count, bootId: v.string(), startTicks: v.nullable(count) }),
  experiment: experimentSchema,
  host: hostSchema,
  /** Of a receiver on another host; null for those of this one. */
  receiverHost: v.nullable(receiverHostSchema),
  cases: v.array(caseSchema),
  /** What the baseline's ratio to its own copy allows: differences below this relative size are not called differences. */
  noiseFloor: v.nullable(amount),
  calibration: v.nullable(calibrationSchema),
  /** Why there is none, where the run tried. */
  calibrationProblem: v.optional(v.nullable(problemSchema), null),
  /** The kinds of evidence there were; null where no pass was asked for. */
  tiers: v.optional(v.nullable(v.array(tierSchema)), null),
  noise: v.optional(v.array(noiseReadingSchema), []),
  crossovers: v.optional(v.array(crossoverSchema), []),
  /** The rate all cases of `equal-rate` were paced to. */
  pacedBytesPerSecond: v.optional(v.nullable(count), null),
  findings: v.array(findingSchema),
});
export type Result = v.InferOutput<typeof resultSchema>;
