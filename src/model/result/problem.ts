/** Why something did not work. */
import * as v from 'valibot';

/** Why something did not work: a stable code, a sentence naming the thing, and a way out. */
export const problemSchema = v.object({ code: v.string(), message: v.string(), hint: v.string() });
export type Problem = v.InferOutput<typeof problemSchema>;
