/**
 * Result documents of older versions, brought up to the present one: a step from each version to the next, on JSON that
 * nobody has checked yet. A step changes what it knows and leaves the rest, broken parts too: validation comes after all
 * of them and says what is wrong. Tables here are history; they are never brought up to date.
 */
import { RESULT_VERSION } from './resultFormat.ts';

type Json = Readonly<Record<string, unknown>>;

/** From version 1 on, one for each version but the present. */
const STEPS: readonly ((document: Json) => Json)[] = [withKeysAndQuestions];

/**
 * The document as the present version writes it; one of a version that this does not know, newer or none, as it is.
 * @param document with a `version`
 */
export function migrated(document: Json & { readonly version: number }): Json {
  const { version } = document;
  if (!Number.isInteger(version) || version < 1 || version >= RESULT_VERSION) return document;
  return STEPS.slice(version - 1).reduce((each, step) => step(each), { ...document, version: RESULT_VERSION } as Json);
}

/** Flows that evidence of version 1 spoke of: classic ones by their titles, which were translated when not in English. */
const FLOWS_OF_VERSION_1: ReadonlyMap<unknown, string> = new Map([
  ['here', 'here'],
  ['promised', 'promised'],
  ['read + write', 'classic-0'],
  ['mmap + write', 'classic-0'],
  ['sendfile', 'classic-0'],
  ['sendfile, ordinary DMA', 'classic-0'],
  ['sendfile, scatter-gather DMA', 'classic-1'],
  ['splice', 'classic-0'],
]);

/** What findings of version 1 answer, by their kind; the others are cautions. */
const QUESTIONS_OF_VERSION_1: ReadonlyMap<unknown, string> = new Map([
  ['corrupt', 'contradiction'],
  ['silent-change', 'contradiction'],
  ['evidence-contradiction', 'contradiction'],
  ['copied-after-all', 'contradiction'],
  ['faster', 'won'],
  ['same', 'won'],
  ['none-faster', 'won'],
  ['unsettled', 'won'],
  ['nothing-compared', 'won'],
  ['crossover', 'won'],
  ['survived', 'won'],
  ['loopback', 'cannot-tell'],
  ['tmpfs', 'cannot-tell'],
  ['virtual-machine', 'cannot-tell'],
  ['evidence-missing', 'cannot-tell'],
  ['evidence-not-enough', 'cannot-tell'],
  ['not-calibrated', 'cannot-tell'],
  ['evidence-confirmed', 'confirmed'],
  ['evidence-no-copy', 'confirmed'],
]);

/**
 * 1 to 2: flows have keys in place of titles, findings say what they answer, and where no command allows a kind of
 * evidence there is none instead of a sentence. A verdict on an unknown flow is dropped.
 */
function withKeysAndQuestions(document: Json): Json {
  const findings = inEach(document, 'findings', (finding) => [
    { ...finding, question: QUESTIONS_OF_VERSION_1.get(finding['kind']) ?? 'caution' },
  ]);
  return inEach(inEach(findings, 'cases', withFlowKeys), 'tiers', withCommandsOnly);
}

function withCommandsOnly(tier: Json): readonly Json[] {
  const { missing } = tier;
  if (!isObject(missing)) return [tier];
  const isCommand = [missing['allow'], missing['undo']].every(
    (text) => typeof text !== 'string' || text.startsWith('sudo '),
  );
  return [isCommand ? tier : { ...tier, missing: { ...missing, allow: null, undo: null } }];
}

function withFlowKeys(one: Json): readonly Json[] {
  const { evidence } = one;
  if (!isObject(evidence)) return [one];
  return [{ ...one, evidence: inEach(inEach(evidence, 'arrows', withFlowKey), 'contradictions', withFlowKey) }];
}

function withFlowKey(verdict: Json): readonly Json[] {
  const flow = FLOWS_OF_VERSION_1.get(verdict['flow']);
  return flow === undefined ? [] : [{ ...verdict, flow }];
}

/** Every object of the array under this name replaced by what the change makes of it. */
function inEach(object: Json, name: string, change: (each: Json) => readonly Json[]): Json {
  const value = object[name];
  if (!Array.isArray(value)) return object;
  return {
    ...object,
    [name]: value.flatMap((each: unknown): readonly unknown[] => (isObject(each) ? change(each) : [each])),
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
