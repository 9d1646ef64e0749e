/** What a list shows of a result, read from the beginning of its file: the samples behind it are never parsed for that. */
import * as fs from 'node:fs';
import { closeSync, constants, fstatSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { winnerOf } from '../model/findings/compared.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok } from '../model/problems.ts';
import { experimentSchema } from '../model/result/experiment.ts';
import { hostSchema } from '../model/result/host.ts';
import type { Result } from '../model/result/result.ts';
import { resultSchema } from '../model/result/result.ts';
import { RESULT_FORMAT } from '../model/resultFormat.ts';
import { KIB } from '../model/units.ts';
import { parseResult, readResult } from './resultFile.ts';
import { systemErrorOf } from './systemError.ts';

/** A head has 2 to 3 KiB; this leaves room for a long reason, a long label and many buffers. */
const BEGINNING_BYTES = 8 * KIB;
/** Enough for the bracket and the line break that a document ends with. */
const END_BYTES = 16;
const CASES = '"cases"';

const open = promisify(fs.open);
const read = promisify(fs.read);

const headSchema = v.object({
  format: v.literal(RESULT_FORMAT),
  /** May be newer than what this version opens. */
  version: v.number(),
  ...v.pick(resultSchema, ['startedAt', 'status', 'reason', 'label', 'winner', 'process']).entries,
  experiment: v.pick(experimentSchema, ['kind', 'path', 'preset', 'modes', 'bytes', 'rounds', 'cache']),
  host: v.pick(hostSchema, ['name', 'kernel']),
});
export type ResultHead = v.InferOutput<typeof headSchema>;

/**
 * The head in the beginning of a result's text. Null where only the whole text can tell: its cases come first or not at
 * all, or it was written before results named their winner.
 */
export function resultHead(beginning: string): ResultHead | null {
  const data = parseUpToCases(beginning);
  if (data === null || !('winner' in data)) return null;
  const parsed = v.safeParse(headSchema, data);
  return parsed.success ? parsed.output : null;
}

/** The head of a whole document, in whatever order it is, or what is wrong with it. */
export function headOfWhole(text: string, name: string): Outcome<ResultHead> {
  const parsed = parseResult(text, name);
  return parsed.ok ? ok(headOf(parsed.value)) : parsed;
}

/** Parsed once more, so that the samples can be let go. */
function headOf(result: Result): ResultHead {
  return v.parse(headSchema, { ...result, winner: result.winner ?? winnerOf(result) });
}

/** What a list knows of a file: its head, and by what to tell that it changed. */
export interface ReadHead {
  readonly head: Outcome<ResultHead>;
  readonly mtimeMs: number;
  readonly size: number;
}

/** Reads no more of a file than its entry in a list needs. Null where it is gone, or no file at all. */
export async function readResultHead(file: string): Promise<ReadHead | null> {
  try {
    // A pipe of that name must not keep a thread waiting for its writer.
    const descriptor = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      // Of an open file these two never wait for a device, and a thread's turn costs more than they do.
      const facts = fstatSync(descriptor);
      return facts.isFile()
        ? { mtimeMs: facts.mtimeMs, size: facts.size, head: await headOfFile(descriptor, file, facts.size) }
        : null;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const failure = systemErrorOf(error, file);
    if (failure.code === 'ENOENT') return null;
    return { head: { ok: false, problem: describeSystemError(failure) }, mtimeMs: 0, size: 0 };
  }
}

/** @throws the system's error */
async function headOfFile(descriptor: number, file: string, size: number): Promise<Outcome<ResultHead>> {
  const name = path.basename(file);
  const textAt = async (position: number, length: number): Promise<string> => {
    const { buffer, bytesRead } = await read(descriptor, Buffer.allocUnsafe(length), 0, length, position);
    return buffer.toString('utf8', 0, bytesRead);
  };
  const beginning = await textAt(0, BEGINNING_BYTES);
  const head = resultHead(beginning);
  if (head === null) return headOfUnusual(file);
  const end = size <= BEGINNING_BYTES ? beginning : await textAt(size - END_BYTES, END_BYTES);
  return end.trimEnd().endsWith('}') ? ok(head) : headOfWhole(beginning, name);
}

/** Of a file that has no head: it takes all of it, so two are never read at once, however many there are. */
function headOfUnusual(file: string): Promise<Outcome<ResultHead>> {
  const turn = unusual.then(() => {
    const read = readResult(file);
    return read.ok ? ok(headOf(read.value)) : read;
  });
  unusual = turn.then(() => undefined);
  return turn;
}
let unusual: Promise<void> = Promise.resolve();

/** The members of the document before its cases. */
function parseUpToCases(beginning: string): object | null {
  for (let at = beginning.indexOf(CASES); at !== -1; at = beginning.indexOf(CASES, at + 1)) {
    const members = beginning.slice(0, at).trimEnd();
    if (!members.endsWith(',')) continue;
    try {
      return JSON.parse(`${members.slice(0, -1)}}`) as object;
    } catch {
      // Not the cases of the document: within a text, or deeper down.
    }
  }
  return null;
}
