/** The listings as they are shown. That they compile and move bytes is for test/lab/listings.test.ts. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { markOf } from '../../src/model/flow.ts';
import { listingOf, standAloneSource } from '../../src/model/listings.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import { pathSchema } from '../../src/model/result/path.ts';
import { factsFor } from '../facts.ts';
import { ROOT } from './fixtures.ts';

const IDS = readdirSync(path.join(ROOT, 'src/model/listings'))
  .filter((name) => name.endsWith('.c') && !name.startsWith('main_'))
  .map((name) => name.replace(/\.c$/, ''));

/** System calls, of which the line shows the name ... */
const CALLS = [
  'copy_file_range fcntl ftruncate ioctl mmap munmap pipe2 preadv2 process_vm_readv pwritev2 read',
  'send sendfile vmsplice write',
].flatMap((names) => names.split(' '));

/** ... and marks of which it shows something else. */
const SHOWN_AS: Readonly<Record<string, RegExp>> = {
  consume: /\bread_once\(/,
  'consumer-read': /\bread_all\(/,
  'futex-wait': /\bprogress_await\(/,
  'futex-wake': /\bprogress_raise\(/,
  io_uring_enter: /\bring_(?:enter|finish)\(/,
  io_uring_register: /\bSYS_io_uring_register\b/,
  memcpy: /\bmemcpy\(/,
  'mmap-destination': /\bmmap\(/,
  'mmap-source': /\bmmap\(/,
  poll: /\bsettle\(/,
  produce: /\bwrite_once\(/,
  recvmsg: /\bsettle\(/,
  'splice-in': /\bsplice\(|\bqueue\(/,
  'splice-out': /\bsplice\(|\bqueue\(/,
  'write-tail': /\bcopy\(.*\btail\b/,
};

/** The same calls as they look in a ring, or through a function of the listing. */
const ALSO_AS: Readonly<Record<string, RegExp>> = {
  mmap: /\bmap\(/,
  read: /\bIORING_OP_READ\b|\bIORING_OP_READ_FIXED\b/,
  send: /\bIORING_OP_SEND_ZC\b|\bqueue_send\(/,
  write: /\bIORING_OP_WRITE\b|\bIORING_OP_WRITE_FIXED\b/,
};

function listing(id: string) {
  const found = listingOf(id);
  if (found === undefined) throw new Error(`no listing of ${id}`);
  return found;
}

describe('every mode', () => {
  const ways = modeDescriptors().flatMap((mode) => mode.paths.map((path) => ({ mode: mode.id, path })));

  test.each(ways)('$mode has a listing for $path', ({ mode, path }) => {
    expect(listingOf(mode)).toBeDefined();
    expect(standAloneSource(mode, path)).toContain('int main(');
  });
});

describe.each(IDS)('the listing of %s', (id) => {
  const { text, marks, headers } = listing(id);
  const lines = text.split('\n');

  test('is 30 lines or more, of which at most 60 are neither empty nor only a comment', () => {
    expect(lines.length - 1).toBeGreaterThanOrEqual(30);
    expect(lines.filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length).toBeLessThanOrEqual(60);
  });

  test('fits on a slide, says at its top what it is, and has no marks left in it', () => {
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^\/\/ \w/);
    expect(text).not.toMatch(/\/\/ @|\t| $/m);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('has marks, on the lines that they are about', () => {
    expect(marks.length).toBeGreaterThan(0);
    for (const { line, mark } of marks) {
      // A statement may take several lines, all of them with its marks.
      const group = statementAround(line, mark);
      const shown = SHOWN_AS[mark] ?? (CALLS.includes(mark) ? new RegExp(`\\b${mark}\\(`) : undefined);
      expect(shown, `unknown mark ${mark}`).toBeDefined();
      expect(shown?.test(group) || ALSO_AS[mark]?.test(group), `${mark}: ${group}`).toBe(true);
    }
  });

  test('comes with the headers it includes', () => {
    const included = [...text.matchAll(/^#include "(.+)"$/gm)].map(([, name]) => name);
    expect(headers.map(({ name }) => name)).toEqual(included);
    for (const header of headers) expect(header.text).toMatch(new RegExp(`^// ${header.name}: `));
  });

  function statementAround(line: number, mark: string): string {
    const marked = (at: number) => marks.some((each) => each.line === at && each.mark === mark);
    let [first, last] = [line, line];
    while (marked(first - 1)) first--;
    while (marked(last + 1)) last++;
    return lines.slice(first - 1, last).join(' ');
  }
});

describe('a stand-alone source', () => {
  const isExchange = (id: string) => /\bint produce\(/.test(listing(id).text);
  const sources = IDS.flatMap((id) =>
    pathSchema.options
      .filter((path) => isExchange(id) === (path === 'process-to-process'))
      .map((path) => ({ id, path })),
  );

  test.each(sources)('of $id for $path is one file that names itself', ({ id, path }) => {
    const source = standAloneSource(id, path);
    const [first, ...rest] = source.split('\n');
    expect(first).toMatch(new RegExp(`^// ${id}, ${path.replaceAll('-', ' ')}: `));
    expect(rest.join('\n')).toMatch(new RegExp(`cc .* -o ${id} ${id}\\.c\n.* run: +\\./${id} `, 's'));
    expect(source).toContain('SPDX-License-Identifier: MIT');
    expect(source).not.toMatch(/#include "|\/\/ @|MODE/);
    const includes = [...source.matchAll(/^#include <(.+)>$/gm)].map(([, name]) => name);
    expect(new Set(includes).size).toBe(includes.length);
    // What is shown is what is saved.
    expect(source).toContain(
      listing(id)
        .text.split(/^#include .*$/m)
        .at(-1)
        ?.trim(),
    );
  });

  test('is refused for a path or a mode there is none for', () => {
    expect(() => standAloneSource('sendfile', 'process-to-process')).toThrow(RangeError);
    expect(() => standAloneSource('pipe', 'file-to-file')).toThrow(RangeError);
    expect(() => standAloneSource('teleport', 'file-to-file')).toThrow(RangeError);
    expect(listingOf('teleport')).toBeUndefined();
  });
});

/** A mode on one of its paths, with every receiver or peer there is for it. */
const ways = modeDescriptors().flatMap((mode) => mode.paths.map((way) => ({ id: mode.id, mode, way })));

test.each(ways)('every step of $id, $way, has its lines', ({ mode, way }) => {
  const known = new Set(listing(mode.id).marks.map(({ mark }) => mark));
  for (const cold of [false, true]) {
    const flow = mode.here(factsFor(way, { cold }));
    for (const [index, step] of flow.steps.entries()) {
      // A listing over a socket is the sender alone.
      if (way === 'file-to-socket' && step.receiver) continue;
      expect(known, step.text).toContain(markOf(flow, index));
    }
  }
});
