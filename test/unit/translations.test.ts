/** What the check of the translations finds: each fault is made here, once. */
import { expect, test } from 'vitest';
import { complaintsAbout, translationComplaints } from '../../scripts/lib/translations.mjs';

const ENGLISH = {
  'Run again': 'Run again',
  '{0} of {1} words': '{0} of {1} words',
  'Name it with --save-dir; see `lab` and write().': 'Name it with --save-dir; see `lab` and write().',
  '{0} MiB/s': '{0} MiB/s',
};
const CHINESE = {
  'Run again': '再次运行',
  '{0} of {1} words': '{1} 条术语中的 {0} 条',
  'Name it with --save-dir; see `lab` and write().': '用 --save-dir 指定；见 `lab` 和 write()。',
  '{0} MiB/s': '{0} MiB/s',
};

test('a translation that keeps what it must is complained about by nobody', () => {
  expect(complaintsAbout(ENGLISH, CHINESE)).toEqual([]);
});

test('the translations of this repository are whole', () => {
  expect(translationComplaints()).toEqual([]);
});

test.each([
  ['a key that is gone from the sources', { Walk: '走' }, 'nothing says "Walk" any more'],
  ['a missing key', { 'Run again': undefined }, 'lacks "Run again"'],
  ['a text left in English', { 'Run again': 'Run again' }, '"Run again" is not translated'],
  ['an empty text', { 'Run again': ' ' }, '"Run again" is not translated'],
  [
    'a lost placeholder',
    { '{0} of {1} words': '{0} 条术语' },
    '"{0} of {1} words" has other placeholders in the translation',
  ],
  [
    'a lost option and a lost call',
    { 'Name it with --save-dir; see `lab` and write().': '请指定文件夹；见 `lab`。' },
    '"Name it with --save-dir; see `lab` and write()." has lost --save-dir, write() in the translation',
  ],
])('%s is found', (_, fault, complaint) => {
  const translated = Object.entries<string | undefined>({ ...CHINESE, ...fault });
  const present = translated.flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const]));
  expect(complaintsAbout(ENGLISH, Object.fromEntries(present))).toEqual([complaint]);
});
