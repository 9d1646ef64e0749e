/** The text of a result document: what a list needs at its beginning, and a sample a line. */
import type { Result } from '../model/result/result.ts';

/** The keys before all others, so that the beginning of a file tells what a list shows. */
const HEAD = [
  'format',
  'version',
  'id',
  'startedAt',
  'endedAt',
  'tool',
  'status',
  'reason',
  'label',
  'winner',
  'process',
  'experiment',
  'host',
] as const satisfies readonly (keyof Result)[];

/**
 * Objects deeper than this are written on one line. Samples, intervals and shares are such: broken over lines, 30 cases
 * of 30 rounds over a socket would not fit into 1 MB.
 */
const BROKEN_DEPTH = 3;

/** @param document a result, or one of a later version whose further names are kept */
export function resultText(document: object): string {
  return `${textOf(inFileOrder(document), 0)}\n`;
}

function inFileOrder(document: object): object {
  const given = new Map<string, unknown>(Object.entries(document));
  const head = HEAD.filter((key) => given.has(key)).map((key) => [key, given.get(key)] as const);
  return Object.fromEntries([...head, ...given]);
}

/** JSON with a line for each element of an array of objects, and for each name of an object that is not too deep. */
function textOf(value: unknown, depth: number): string {
  if (Array.isArray(value) && value.some(isObject)) {
    return broken(
      '[',
      ']',
      value.map((each) => textOf(each, depth + 1)),
      depth,
    );
  }
  if (!isObject(value) || depth > BROKEN_DEPTH) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return broken(
    '{',
    '}',
    members.map(([name, each]) => `${JSON.stringify(name)}: ${textOf(each, depth + 1)}`),
    depth,
  );
}

function broken(open: string, close: string, parts: readonly string[], depth: number): string {
  if (parts.length === 0) return open + close;
  const line = `\n${' '.repeat(depth + 1)}`;
  return `${open}${line}${parts.join(`,${line}`)}\n${' '.repeat(depth)}${close}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
