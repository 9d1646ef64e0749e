/// <reference path="./listings/text.d.ts" />
/**
 * The essential loop of every mode as C that one can read, compile and run. A file of listings/ is a listing: one
 * `int move(int in, int out, off_t size, size_t buffer)` for files, `channel`, `produce` and `consume` between processes,
 * with `// @name` behind the lines that a step of a flow with the mark `name` is about (`markOf` in flow.ts).
 */

import copyFileRange from './listings/copy-file-range.c';
import direct from './listings/direct.c';
import directMsgZerocopy from './listings/direct-msg-zerocopy.c';
import exchangeHeader from './listings/exchange.h';
import ioUring from './listings/io-uring.c';
import ioUringDirect from './listings/io-uring-direct.c';
import ioUringFixed from './listings/io-uring-fixed.c';
import ioUringSendZc from './listings/io-uring-send-zc.c';
import ioUringSplice from './listings/io-uring-splice.c';
import mainFileToFile from './listings/main_file_to_file.c';
import mainFileToSocket from './listings/main_file_to_socket.c';
import mainProcessToProcess from './listings/main_process_to_process.c';
import mmapMmap from './listings/mmap-mmap.c';
import mmapWrite from './listings/mmap-write.c';
import msgZerocopy from './listings/msg-zerocopy.c';
import pipe from './listings/pipe.c';
import processVmReadv from './listings/process-vm-readv.c';
import progressHeader from './listings/progress.h';
import readMsgZerocopy from './listings/read-msg-zerocopy.c';
import readWrite from './listings/read-write.c';
import readWriteDontcache from './listings/read-write-dontcache.c';
import reflink from './listings/reflink.c';
import reportHeader from './listings/report.h';
import ringHeader from './listings/ring.h';
import sendfile from './listings/sendfile.c';
import sharedMemory from './listings/shared-memory.c';
import socketpair from './listings/socketpair.c';
import splice from './listings/splice.c';
import streamHeader from './listings/stream.h';
import unixSendfile from './listings/unix-sendfile.c';
import unixSplice from './listings/unix-splice.c';
import vmsplice from './listings/vmsplice.c';
import vmspliceSplice from './listings/vmsplice-splice.c';
import zerocopyHeader from './listings/zerocopy.h';
import type { PathId } from './result/path.ts';

export interface Listing {
  /** As it is to be shown: C, at most 80 columns, without the marks. Ends with a line feed. */
  readonly text: string;
  /** Which lines of `text` (from 1) are about what; a line may have several marks, and a mark several lines. */
  readonly marks: readonly Mark[];
  /** The files that `text` includes by `#include "name"`, in that order. */
  readonly headers: readonly Header[];
}

export interface Mark {
  readonly line: number;
  readonly mark: string;
}

export interface Header {
  readonly name: string;
  readonly text: string;
}

/** The files of listings/ by the id of their mode; those that have a `move` ... */
const MOVES: Readonly<Record<string, string>> = {
  'read-write': readWrite,
  'mmap-write': mmapWrite,
  'mmap-mmap': mmapMmap,
  sendfile,
  splice,
  'copy-file-range': copyFileRange,
  reflink,
  direct,
  'read-write-dontcache': readWriteDontcache,
  'msg-zerocopy': msgZerocopy,
  'read-msg-zerocopy': readMsgZerocopy,
  'direct-msg-zerocopy': directMsgZerocopy,
  'io-uring': ioUring,
  'io-uring-fixed': ioUringFixed,
  'io-uring-direct': ioUringDirect,
  'io-uring-send-zc': ioUringSendZc,
  'io-uring-splice': ioUringSplice,
};

/** ... and those that have a `produce` and a `consume`. */
const EXCHANGES: Readonly<Record<string, string>> = {
  pipe,
  socketpair,
  'unix-sendfile': unixSendfile,
  'unix-splice': unixSplice,
  vmsplice,
  'vmsplice-splice': vmspliceSplice,
  'process-vm-readv': processVmReadv,
  'shared-memory': sharedMemory,
};

const HEADERS: Readonly<Record<string, string>> = {
  'exchange.h': exchangeHeader,
  'progress.h': progressHeader,
  'report.h': reportHeader,
  'ring.h': ringHeader,
  'stream.h': streamHeader,
  'zerocopy.h': zerocopyHeader,
};

const MAINS: Readonly<Record<PathId, string>> = {
  'file-to-file': mainFileToFile,
  'file-to-socket': mainFileToSocket,
  'process-to-process': mainProcessToProcess,
};

const MARKS = / *\/\/((?: @[a-z0-9_-]+)+)$/;

/** The listing of a mode, or undefined for an id of another version of the lab. */
export function listingOf(modeId: string): Listing | undefined {
  const marked = MOVES[modeId] ?? EXCHANGES[modeId];
  if (marked === undefined) return undefined;
  const marks = marked.split('\n').flatMap((text, index) =>
    (MARKS.exec(text)?.[1] ?? '')
      .split(' @')
      .filter((mark) => mark !== '')
      .map((mark) => ({ line: index + 1, mark })),
  );
  const { locals } = parse(marked);
  return { text: withoutMarks(marked), marks, headers: locals.map((name) => ({ name, text: header(name) })) };
}

/**
 * A program of one file around the listing of a mode, with a comment that says how to compile and run it.
 * @throws RangeError for a mode that has no listing, or none for this path
 */
export function standAloneSource(modeId: string, path: PathId): string {
  const marked = (path === 'process-to-process' ? EXCHANGES : MOVES)[modeId];
  if (marked === undefined) throw new RangeError(`no listing of ${modeId} for ${path}`);
  const main = parse(MAINS[path].replaceAll('MODE', modeId));
  const listing = parse(withoutMarks(marked));
  const below = listing.locals.map((name) => parse(header(name)));
  const above = main.locals.filter((name) => !listing.locals.includes(name)).map((name) => parse(header(name)));
  return [
    `${main.head}\n#define _GNU_SOURCE\n${includesOf([main, listing, ...below, ...above])}`,
    ...[...below, listing, ...above].map(({ head, body }) => [head, body].join('\n\n')),
    main.body,
  ]
    .join('\n\n')
    .concat('\n');
}

/** A C file, taken apart: the comment it begins with, what it includes, and all the rest. */
interface Parts {
  readonly head: string;
  readonly systems: readonly string[];
  readonly locals: readonly string[];
  readonly body: string;
}

function parse(source: string): Parts {
  const lines = source.trimEnd().split('\n');
  const headEnd = lines.findIndex((line) => !line.startsWith('//'));
  const bodyStart = lines.findLastIndex((line) => line.startsWith('#include ')) + 1;
  const included = (pattern: RegExp) => lines.slice(0, bodyStart).flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    head: lines.slice(0, headEnd).join('\n'),
    systems: included(/^#include <(.+)>$/),
    locals: included(/^#include "(.+)"$/),
    body: lines.slice(bodyStart).join('\n').trim(),
  };
}

/** Every system header once; the kernel's own last, because they rely on types of the C library's. */
function includesOf(parts: readonly Parts[]): string {
  const names = [...new Set(parts.flatMap(({ systems }) => systems))].sort();
  const isKernels = (name: string) => name.startsWith('linux/');
  return [names.filter((name) => !isKernels(name)), names.filter(isKernels)]
    .map((group) => group.map((name) => `#include <${name}>\n`).join(''))
    .join('\n')
    .trim();
}

function withoutMarks(marked: string): string {
  return marked
    .split('\n')
    .map((line) => line.replace(MARKS, ''))
    .join('\n');
}

function header(name: string): string {
  const text = HEADERS[name];
  if (text === undefined) throw new RangeError(`no header ${name}`);
  return text;
}
