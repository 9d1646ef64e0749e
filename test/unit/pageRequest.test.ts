/** What a page sends is input like any other: what it may ask is taken, everything else is refused, and nothing is thrown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PageRequest } from '../../src/model/messages.ts';
import { type PageName, readPageRequest } from '../../src/model/pageRequest.ts';
import { damaged } from '../damaged.ts';

const seed = Number(process.env['ZCL_SEED'] ?? 7);

/** One of each kind, and the pages that may ask it. */
const REQUESTS: {
  readonly [Type in PageRequest['type']]: readonly [Extract<PageRequest, { type: Type }>, ...PageName[]];
} = {
  ready: [{ type: 'ready', id: 1 }, 'result', 'probe', 'learn', 'compare'],
  cancel: [{ type: 'cancel', id: 2 }, 'result'],
  arrangement: [{ type: 'arrangement', id: 3 }, 'result'],
  arrange: [{ type: 'arrange', id: 4, kept: { mode: null, charts: { log: true } } }, 'result'],
  'open-as-text': [{ type: 'open-as-text', id: 5 }, 'result'],
  'run-again': [{ type: 'run-again', id: 6 }, 'result'],
  'probe-again': [{ type: 'probe-again', id: 7 }, 'probe'],
  'open-result': [{ type: 'open-result', id: 8, file: 1 }, 'compare'],
  'compare-files': [{ type: 'compare-files', id: 9, files: [1, 0] }, 'compare'],
  'copy-comparison': [{ type: 'copy-comparison', id: 10 }, 'compare'],
  'open-word': [{ type: 'open-word', id: 11, word: 'page-cache' }, 'result'],
  'run-myth': [{ type: 'run-myth', id: 12, myth: 'localhost' }, 'learn'],
  'copy-myth': [{ type: 'copy-myth', id: 13, myth: 'localhost' }, 'learn'],
  samples: [{ type: 'samples', id: 14, case: 0, offset: 100 }, 'result'],
  'flow-picture': [
    { type: 'flow-picture', id: 15, case: 0, other: null, flow: 'here', widths: 'measured', shade: 'dark' },
    'result',
  ],
  'chart-picture': [{ type: 'chart-picture', id: 16, chart: null, hidden: ['splice'], shade: 'light' }, 'result'],
  'save-picture': [{ type: 'save-picture', id: 17, name: 'a', mediaType: 'image/png', data: 'iVBO' }, 'result'],
  listing: [{ type: 'listing', id: 18, mode: 'splice', path: 'file-to-file' }, 'result'],
  copy: [{ type: 'copy', id: 19, text: 'a table' }, 'result'],
  'copy-listing': [{ type: 'copy-listing', id: 20, mode: 'splice', path: 'file-to-file' }, 'result'],
  'save-listing': [{ type: 'save-listing', id: 21, mode: 'splice', path: 'file-to-file' }, 'result'],
};
const PAGES: readonly PageName[] = ['result', 'probe', 'learn', 'compare'];
const all = Object.values(REQUESTS).map(([request, ...pages]) => ({ name: request.type, request, pages }));

test.each(all)('$name is taken from the pages it belongs to, and from no other', ({ request, pages }) => {
  for (const page of PAGES) {
    const read = readPageRequest(page, request);
    expect(read.ok).toBe(pages.includes(page));
    if (read.ok) expect(read.request).toEqual(request);
    else expect(read).toMatchObject({ id: request.id, why: 'this page asks for nothing of the kind' });
  }
});

describe('is refused', () => {
  test.each<{ name: string; message: unknown; id: number | null }>([
    { name: 'nothing', message: undefined, id: null },
    { name: 'a text', message: 'ready', id: null },
    { name: 'a list', message: ['ready', 1], id: null },
    { name: 'no number', message: { type: 'ready' }, id: null },
    { name: 'a number that is none', message: { type: 'ready', id: '1' }, id: null },
    { name: 'a negative number', message: { type: 'ready', id: -1 }, id: null },
    { name: 'a command', message: { type: 'workbench.action.quit', id: 1 }, id: 1 },
    { name: 'a name that every object has', message: { type: 'constructor', id: 1 }, id: 1 },
    { name: 'a word that is none', message: { type: 'open-word', id: 1, word: 'command:quit' }, id: 1 },
    { name: 'a path in place of a case', message: { type: 'samples', id: 1, case: '../x', offset: 0 }, id: 1 },
    { name: 'a case before the first', message: { type: 'samples', id: 1, case: -1, offset: 0 }, id: 1 },
    { name: 'half a case', message: { type: 'samples', id: 1, case: 0.5, offset: 0 }, id: 1 },
    { name: 'a listing of a path on the disk', message: { type: 'listing', id: 1, mode: 'a', path: '/etc' }, id: 1 },
    {
      name: 'a mode without an end',
      message: { type: 'listing', id: 1, mode: 'a'.repeat(1e6), path: 'file-to-file' },
      id: 1,
    },
    {
      name: 'a shade by the name of an object',
      message: { type: 'chart-picture', id: 1, chart: null, hidden: [], shade: '__proto__' },
      id: 1,
    },
    {
      name: 'a picture of another kind',
      message: { type: 'save-picture', id: 1, name: 'a', mediaType: 'text/html', data: '' },
      id: 1,
    },
    { name: 'a text for the clipboard without an end', message: { type: 'copy', id: 1, text: 'a'.repeat(5e6) }, id: 1 },
  ])('$name', ({ message, id }) => {
    for (const page of PAGES) {
      const read = readPageRequest(page, message);
      expect(read).toMatchObject({ ok: false, id });
      if (!read.ok) expect(read.why).not.toBe('');
    }
  });
});

test('any JSON is taken or refused', () => {
  const message = fc.oneof(fc.jsonValue({ maxDepth: 4 }), ...all.map(({ request }) => damaged(request)));
  fc.assert(
    fc.property(fc.constantFrom(...PAGES), message, (page, each) => {
      const read = readPageRequest(page, each);
      // What is taken holds nothing beside what was asked for.
      if (read.ok) expect(Object.keys(read.request)).toEqual(Object.keys(REQUESTS[read.request.type][0]));
    }),
    { seed, numRuns: 1000 },
  );
});

test('what a page sends beside a request is left behind', () => {
  const read = readPageRequest('result', {
    type: 'ready',
    id: 1,
    command: 'workbench.action.quit',
    uri: 'file:///etc/passwd',
  });
  expect(read).toEqual({ ok: true, request: { type: 'ready', id: 1 } });
});
