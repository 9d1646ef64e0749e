/** Where documents lead to. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../fixtures.ts';
import { anchorsOf, DOCUMENTS, prose, read } from './document.ts';

const IMAGES = 'docs/images';

/** Text, or words for those who do not see the picture, and where it leads. */
const LINK = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;

describe.each(DOCUMENTS)('%s', (document) => {
  const links = [...prose(document).matchAll(LINK)].map(([, mark, text = '', target = '']) => ({
    picture: mark === '!',
    text,
    target,
  }));

  test('links to files and headings that are there', () => {
    const broken = links.filter(({ target }) => {
      if (/^(https?|command):/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
      if (!existsSync(path.join(ROOT, found))) return true;
      return anchor !== undefined && !anchorsOf(found).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('says in words what its pictures show', () => {
    expect(links.filter(({ picture, text }) => picture && text.length < 10)).toEqual([]);
  });

  test('names files of ours that are there', () => {
    const named = [...read(document).matchAll(/`((?:src|native|test|scripts|docs|schemas)\/[\w./-]+)`/g)];
    expect(named.map(([, file = '']) => file).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});

describe('pictures', () => {
  const names = readdirSync(path.join(ROOT, IMAGES));

  test('are small enough for a page that is read', () => {
    expect(names.filter((name) => statSync(path.join(ROOT, IMAGES, name)).size > 300_000)).toEqual([]);
  });

  test('are each shown by some document', () => {
    const shown = DOCUMENTS.map(read).join('\n');
    expect(names.filter((name) => !shown.includes(`images/${name}`))).toEqual([]);
  });
});

test('docs/README.md has every document of its folder', () => {
  const index = read('docs/README.md');
  const others = DOCUMENTS.filter((document) => /^docs\/[^/]+\.md$/.test(document) && document !== 'docs/README.md');
  expect(others.filter((document) => !index.includes(`](${path.basename(document)})`))).toEqual([]);
});
