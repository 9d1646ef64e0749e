/** Anybody's text in a Markdown file shows as that text, held against a real renderer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escaped, image, list, relativeHref, table } from '../../../src/model/report/markdown.ts';
import { elementsOf, rendered, textOf } from './rendered.ts';

/** Pieces that mean something in Markdown or HTML, in any order, and any other letters. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '\\',
          '`',
          '``',
          '*',
          '**',
          '_',
          '__',
          '[',
          ']',
          '(',
          ')',
          '](http://x)',
          '![',
          '<',
          '>',
          '&',
          '&lt;',
          '&#35;',
        ],
        ...[
          '|',
          '~~',
          '~',
          '$',
          '#',
          '# ',
          '- ',
          '+ ',
          '1. ',
          '1) ',
          '===',
          '---',
          '\n',
          '\r\n',
          '\n\n',
          '\t',
          '    ',
          ' ',
        ],
        ...['<b>', '<script>', '</td>', '<!-- ', ' -->', '<https://x.y>', 'https://x.y/z', 'www.x.org', 'a@b.org'],
        ...[
          'mailto:a@b.org',
          'copy_file_range',
          'read + write',
          '\u202e',
          '\u0000',
          '\u2028',
          '[^1]',
          ':',
          '.',
          '!',
          '"',
        ],
      ),
      fc.string({ maxLength: 5, unit: 'grapheme' }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

/** As a text is meant to be read: blanks run together, no marks that turn it round. */
function plain(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

describe('any text', () => {
  const shows = (of: (text: string) => string, elements: readonly string[], read: (html: string) => string) =>
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(plain(text) !== '');
        const html = rendered(of(text));
        expect([...elementsOf(html)].sort()).toEqual(elements.toSorted());
        expect(read(html)).toBe(plain(text));
      }),
      { numRuns: 1000 },
    );

  test('in a paragraph', () => shows(escaped, ['p'], textOf));

  test('in a heading', () => shows((text) => `# ${escaped(text)}`, ['h1'], textOf));

  test('in a quotation', () => shows((text) => `> ${escaped(text)}`, ['blockquote', 'p'], textOf));

  test('as an item of a list', () => shows((text) => list([text]), ['ul', 'li'], textOf));

  test('in a cell', () => {
    const columns = [{ title: 'a', align: 'left' } as const, { title: 'b', align: 'right' } as const];
    shows(
      (text) => table(columns, [[text, 'beside']]),
      ['table', 'thead', 'tbody', 'tr', 'th', 'td'],
      (html) => textOf(/<tbody>\s*<tr>\s*<td[^>]*>([\s\S]*?)<\/td>\s*<td[^>]*>beside<\/td>/.exec(html)?.[1] ?? html),
    );
  });

  test('as what a picture shows', () => {
    // markdown-it leaves escaped letters out of an alternative text; that it is nothing else can still be seen.
    shows(
      (text) => `${image(text, 'a.svg')}\n\n${escaped(text)}`,
      ['p', 'img'],
      (html) => textOf(/^<p><img src="a\.svg" alt="[^"]*"><\/p>([\s\S]*)$/.exec(html)?.[1] ?? html),
    );
  });
});

test('any name of a file is a link to it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      const [, src = ''] = /src="([^"]*)"/.exec(rendered(image('a', relativeHref([name, 'x.svg'])))) ?? [];
      expect(src.split('/').map(decodeURIComponent)).toEqual([name, 'x.svg']);
    }),
  );
});

test('is left as it is where it means nothing', () => {
  const text = 'copy_file_range, 64 KiB: 1.28x (1.24x – 1.51x), -1, 14:30';
  expect(escaped(text)).toBe(text);
});
