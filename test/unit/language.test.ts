/** Which language VS Code and the locale of a command line ask for. */
import { expect, test } from 'vitest';
import { languageBundle, languageOfEnvironment, supportedLanguage } from '../../src/lab/language.ts';
import { ROOT } from './fixtures.ts';

test.each([
  ['en', 'en'],
  ['de', 'en'],
  ['zh-cn', 'zh-cn'],
  ['zh', 'zh-cn'],
  ['zh-SG', 'zh-cn'],
  ['zh-Hans-HK', 'zh-cn'],
  ['zh-tw', 'zh-tw'],
  ['zh-HK', 'zh-tw'],
  ['zh-Hant', 'zh-tw'],
  ['zhuang', 'en'],
  ['../../secret', 'en'],
])('%s speaks %s', (tag, language) => {
  expect(supportedLanguage(tag)).toBe(language);
});

test.each([
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-cn'],
  [{ LANG: 'zh_TW.utf8' }, 'zh-tw'],
  [{ LANG: 'zh_HK.UTF-8@stroke' }, 'zh-tw'],
  [{ LANG: 'zh_CN' }, 'zh-cn'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'zh_TW.UTF-8' }, 'zh-tw'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'POSIX' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh-cn'],
  // What we write is UTF-8, which a terminal of this locale would show as something else.
  [{ LANG: 'zh_CN.GB18030' }, 'en'],
  [{ LC_ALL: 'C.UTF-8', ZERO_COPY_LAB_LANGUAGE: 'zh-cn' }, 'zh-cn'],
  [{ LANG: 'zh_CN.UTF-8', ZERO_COPY_LAB_LANGUAGE: 'en' }, 'en'],
])('%j speaks %s', (environment, language) => {
  expect(languageOfEnvironment(environment)).toBe(language);
});

test('every language but English has its sentences', () => {
  expect(languageBundle(ROOT, 'en')).toEqual({});
  expect(languageBundle(ROOT, 'fr')).toEqual({});
  expect(languageBundle(ROOT, 'zh-CN')).toMatchObject({ 'page cache': '页缓存' });
});
