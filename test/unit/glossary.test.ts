/** The words that are explained: complete, true to their ids, and drawn within their pictures. */
import * as l10n from '@vscode/l10n';
import { describe, expect, test } from 'vitest';
import { type Language, languageBundle } from '../../src/lab/language.ts';
import { terms } from '../../src/model/glossary/catalogue.ts';
import { TOPICS } from '../../src/model/glossary/term.ts';
import * as words from '../../src/model/glossary/words.ts';
import { myths } from '../../src/model/myths.ts';
import { scenePicture } from '../../src/model/picture/draw.ts';
import { PALETTES } from '../../src/model/picture/palettes.ts';
import { type Part, type Point, SCENE_WIDTH } from '../../src/model/picture/scene.ts';
import { svgText } from '../../src/model/picture/svg.ts';
import { textWidth } from '../../src/model/picture/textWidth.ts';
import { wrapped } from '../../src/model/wrapped.ts';
import { EXPLAINED } from '../../src/webview/shell/explained.ts';
import { ROOT } from './fixtures.ts';

const all = terms();
const ids = all.map(({ id }) => id);
const scenes = scenesIn('en');

/** The pictures as they are drawn in a language. */
function scenesIn(language: Language) {
  l10n.config({ contents: languageBundle(ROOT, language) });
  const drawn = terms().flatMap(({ id, picture }) =>
    picture.kind === 'scene' ? [{ id, language, scene: picture.scene }] : [],
  );
  l10n.config({ contents: {} });
  return drawn;
}

test('every word has an entry, and every entry is a word', () => {
  expect([...ids].sort()).toEqual(
    Object.values(words)
      .map((word) => word().id)
      .sort(),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('every word that the page of a result explains is in the glossary, by the id it is asked for', () => {
  for (const [id, word] of Object.entries(EXPLAINED)) {
    expect(word().id).toBe(id);
    expect(ids).toContain(id);
  }
});

describe.each(all.map((term) => [term.id, term] as const))('%s', (_id, term) => {
  test('is told in whole sentences, short first', () => {
    expect(term.short).toMatch(/^[^\n]+\.$/);
    expect(term.short.length).toBeLessThanOrEqual(160);
    expect(term.long.length).toBeGreaterThan(0);
    for (const paragraph of term.long) expect(paragraph).toMatch(/^[^\n]+\.$/);
    expect(TOPICS).toContain(term.topic);
  });

  test('leads on to other words, and not to itself', () => {
    expect(term.seeAlso.length).toBeGreaterThan(0);
    for (const other of term.seeAlso) expect(ids).toContain(other);
    expect(term.seeAlso).not.toContain(term.id);
  });

  test('has a picture with something in it', () => {
    if (term.picture.kind === 'flow') expect(term.picture.classic.flow.steps.length).toBeGreaterThan(0);
    else expect(term.picture.scene.parts.length).toBeGreaterThan(3);
  });
});

describe('pictures', () => {
  const inAllLanguages = [...scenes, ...scenesIn('zh-cn'), ...scenesIn('zh-tw')];

  test.each(inAllLanguages)(
    'of $id in $language stay within their frame, and texts within their boxes',
    ({ scene }) => {
      for (const part of scene.parts) {
        for (const [x, y] of cornersOf(part)) {
          expect(x, JSON.stringify(part)).toBeGreaterThanOrEqual(0);
          expect(x, JSON.stringify(part)).toBeLessThanOrEqual(SCENE_WIDTH);
          expect(y, JSON.stringify(part)).toBeGreaterThanOrEqual(0);
          expect(y, JSON.stringify(part)).toBeLessThanOrEqual(scene.height);
        }
      }
    },
  );

  test.each(scenes)('of $id say in words what there is to see', ({ id, scene }) => {
    expect(scene.alt).toMatch(/^[^\n]+\.$/);
    const picture = scenePicture(scene, `picture-${id}`);
    const svg = svgText(picture, PALETTES.light);
    expect(svg).toContain(`aria-labelledby="picture-${id}-title"`);
    for (const part of scene.parts) {
      if (part.part === 'text') expect(svg).toContain(`>${part.text}</text>`);
    }
  });
});

/** Ends of what a part covers, texts with their width. */
function cornersOf(part: Part): readonly Point[] {
  switch (part.part) {
    case 'band':
      return [
        [0, part.y],
        [SCENE_WIDTH, part.y + part.height],
      ];
    case 'box': {
      const widest = Math.max(0, ...wrapped(part.text, part.width - 8, width12).map(width12));
      expect(widest, part.text).toBeLessThanOrEqual(part.width);
      return [
        [part.x, part.y],
        [part.x + part.width, part.y + part.height],
      ];
    }
    case 'text': {
      const width = textWidth(
        part.text,
        part.look === 'plain' || part.look === 'strong' ? 12 : 11,
        part.look === 'code' ? 'mono' : 'sans',
      );
      const before = { start: 0, middle: width / 2, end: width }[part.anchor];
      const [x, y] = part.at;
      return [
        [x - before, y - 5],
        [x - before + width, y + 5],
      ];
    }
    case 'arrow':
    case 'line':
      return part.along;
    case 'dot':
      return [part.at];
  }
}

function width12(text: string): number {
  return textWidth(text, 12);
}

test('the words of every myth are in the glossary', () => {
  for (const { id, words: named } of myths()) {
    expect(named.length, id).toBeGreaterThan(0);
    for (const word of named) expect(ids, id).toContain(word);
  }
});
