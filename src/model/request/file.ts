/** The experiment file, `*.zcexp.json`: what somebody asks for, before anything is filled in. */
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Outcome } from '../problems.ts';
import { ok } from '../problems.ts';
import { EXPERIMENT_FORMAT } from './format.ts';
import { bad } from './values.ts';

const sizeSchema = v.union([v.string(), v.number()]);

/** What a `*.zcexp.json` may say. All optional; sizes are bytes or texts such as `64MiB`. */
export const experimentFileSchema = v.strictObject({
  $schema: v.optional(v.string()),
  format: v.optional(v.literal(EXPERIMENT_FORMAT)),
  version: v.optional(v.literal(1)),
  preset: v.optional(v.string()),
  path: v.optional(v.string()),
  modes: v.optional(v.union([v.literal('all'), v.array(v.string())])),
  size: v.optional(sizeSchema),
  buffers: v.optional(v.array(sizeSchema)),
  rounds: v.optional(v.union([v.literal('auto'), v.number()])),
  cache: v.optional(v.string()),
  source: v.optional(v.string()),
  directory: v.optional(v.string()),
  receiver: v.optional(v.string()),
  receiverBuffer: v.optional(sizeSchema),
  receiverDirectory: v.optional(v.string()),
  peer: v.optional(v.string()),
  pipeSize: v.optional(sizeSchema),
  queueDepth: v.optional(v.number()),
  durable: v.optional(v.boolean()),
  pin: v.optional(v.strictObject({ sender: v.number(), receiver: v.optional(v.nullable(v.number())) })),
  evidence: v.optional(v.string()),
  latency: v.optional(v.boolean()),
  objects: v.optional(v.array(sizeSchema)),
  rate: v.optional(sizeSchema),
  seed: v.optional(v.number()),
  timeLimitSeconds: v.optional(v.number()),
});
export type ExperimentRequest = v.InferOutput<typeof experimentFileSchema>;

/** Reads an experiment file's text. */
export function parseExperimentFile(text: string, name: string): Outcome<ExperimentRequest> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return bad(l10n.t('{0} is not JSON.', name), l10n.t('Mend its syntax; an editor shows where.'));
  }
  // To the schema library a list is an object too.
  if (Array.isArray(data))
    return bad(l10n.t('{0} is not a JSON object.', name), l10n.t('Put all of it into one pair of braces.'));
  const parsed = v.safeParse(experimentFileSchema, data);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  const at = v.getDotPath(issue) ?? name;
  return bad(l10n.t('{0}: "{1}" is not understood: {2}.', name, at, issue.message), l10n.t('Correct or remove it.'));
}
