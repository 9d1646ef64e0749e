/** Pictures as data: what is written of them, in which colours, and as files. */
import { describe, expect, test } from 'vitest';
import { svgDocument } from '../../../src/model/picture/document.ts';
import { PALETTES, SHADES } from '../../../src/model/picture/palettes.ts';
import { pictureFile } from '../../../src/model/picture/pictureFile.ts';
import { node, svgText, textNode, token } from '../../../src/model/picture/svg.ts';
import { textWidth } from '../../../src/model/picture/textWidth.ts';
import { wrapped } from '../../../src/model/wrapped.ts';
import { granted, refusal } from '../fixtures.ts';

describe('a tree as markup', () => {
  test('has its colours from the palette, its numbers to a hundredth', () => {
    const line = node('path', { d: 'M0 0', stroke: token('red'), 'stroke-width': 1 / 3 });
    expect(svgText(line, PALETTES.light)).toBe('<path d="M0 0" stroke="#c72e2e" stroke-width="0.33"/>');
    expect(svgText(line, PALETTES.dark)).toBe('<path d="M0 0" stroke="#f47070" stroke-width="0.33"/>');
  });

  test('lets no text become markup, and has no character that XML does not have', () => {
    const text = textNode('a<b & "c"\u0000\u0007\ud800 文', 0, 0, { 'data-x': '"><script>' });
    const written = svgText(text, PALETTES.light);
    expect(written).toContain('>a&lt;b &amp; &quot;c&quot; 文</text>');
    expect(written).toContain('data-x="&quot;&gt;&lt;script&gt;"');
  });
});

describe('a file of its own', () => {
  const picture = node('svg', { class: 'a', width: 20, height: 10, viewBox: '0 0 20 10' }, [
    node('title', {}, ['What it is']),
    node('g', { class: 'b', 'data-step': 1 }, [node('circle', { r: 3, fill: token('blue') })]),
  ]);

  test('has a background behind everything, its name first, and nothing that only a page can use', () => {
    expect(svgDocument(picture, PALETTES.dark)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10"><title>What it is</title>' +
        '<rect width="20" height="10" fill="#1f1f1f"/><g><circle r="3" fill="#5aa9f8"/></g></svg>\n',
    );
  });

  test.each(SHADES)('%s: every colour stands out from the background, 4.5 : 1 or more (WCAG 1.4.3)', (shade) => {
    const { background, sans, mono, ...colors } = PALETTES[shade];
    expect(sans).toMatch(/sans-serif$/);
    expect(mono).toMatch(/monospace$/);
    for (const [name, color] of Object.entries(colors)) {
      expect(contrast(color, background), name).toBeGreaterThanOrEqual(4.5);
    }
  });
});

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('text without a browser', () => {
  test('is as wide as its letters: narrow ones, wide ones, those of one width, and Han', () => {
    expect(textWidth('', 12)).toBe(0);
    expect(textWidth('iii', 12)).toBeLessThan(textWidth('mmm', 12) / 3);
    expect(textWidth('iii', 12, 'mono')).toBe(textWidth('mmm', 12, 'mono'));
    expect(textWidth('零拷', 12)).toBeGreaterThanOrEqual(24);
    expect(textWidth('read', 24)).toBeCloseTo(2 * textWidth('read', 12));
    expect(textWidth('read', 12, 'sans', true)).toBeGreaterThan(textWidth('read', 12));
  });

  test('is broken between words, and a word that is too long stands alone', () => {
    const byLetters = (line: string) => line.length;
    expect(wrapped('one two three', 7, byLetters)).toEqual(['one two', 'three']);
    expect(wrapped('a considerable word', 5, byLetters)).toEqual(['a', 'considerable', 'word']);
    expect(wrapped('of 64\u00a0KiB', 5, byLetters)).toEqual(['of', '64\u00a0KiB']);
    expect(wrapped('', 5, byLetters)).toEqual([]);
  });

  test('is broken between Chinese characters, but not before what closes a phrase nor behind what opens one', () => {
    const byLetters = (line: string) => line.length;
    expect(wrapped('内核中的管道', 2, byLetters)).toEqual(['内核', '中的', '管道']);
    expect(wrapped('一次拷贝，两次', 4, byLetters)).toEqual(['一次拷', '贝，两次']);
    expect(wrapped('页（缓存）和', 2, byLetters)).toEqual(['页', '（缓', '存）', '和']);
    expect(wrapped('调用read()一次', 6, byLetters)).toEqual(['调用', 'read()', '一次']);
    expect(wrapped('see “this one”, it’s', 5, byLetters)).toEqual(['see', '“this', 'one”,', 'it’s']);
  });
});

describe('a picture that a page sends', () => {
  const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>';
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64');

  test('becomes the bytes of a file', () => {
    const text = granted(pictureFile({ name: 'splice-here-light', mediaType: 'image/svg+xml', data: svg }));
    expect(text).toMatchObject({ name: 'splice-here-light', ending: 'svg' });
    expect(Buffer.from(text.bytes).toString()).toBe(svg);
    const pixels = granted(pictureFile({ name: 'x', mediaType: 'image/png', data: png }));
    expect(pixels.ending).toBe('png');
    expect(Buffer.from(pixels.bytes).toString('base64')).toBe(png);
  });

  test.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['.hidden', 'hidden'],
    ['a b\u0000c', 'a-b-c'],
    ['', 'picture'],
    [{}, 'picture'],
    ['x'.repeat(500), 'x'.repeat(80)],
  ])('has a name that is only a suggestion: %j', (name, safe) => {
    expect(granted(pictureFile({ name, mediaType: 'image/svg+xml', data: svg })).name).toBe(safe);
  });

  test.each([
    ['no text', 'image/svg+xml', 7],
    ['no SVG', 'image/svg+xml', '<html></html>'],
    ['no PNG', 'image/png', Buffer.from('<svg/>').toString('base64')],
    ['no base64', 'image/png', '***'],
    ['another type', 'text/html', svg],
    ['far too long', 'image/svg+xml', `<svg>${' '.repeat(33 * 1024 * 1024)}`],
  ])('is refused when it is %s', (_, mediaType, data) => {
    expect(refusal(pictureFile({ name: 'x', mediaType, data })).code).toBe('no-picture');
  });
});
