// What a translation has to keep of the English: every key and no other, placeholders, code. Nobody sees by looking
// at a page that one of two thousand sentences lost its number.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './folders.mjs';

/** By the names that VS Code has for them. */
export const languages = ['zh-cn', 'zh-tw'];

/** The two kinds of texts: sentences of the sources, whose keys are the English, and those of the manifest. */
const bundles = [
  {
    english: join('l10n', 'bundle.l10n.json'),
    of: (/** @type {string} */ it) => join('l10n', `bundle.l10n.${it}.json`),
  },
  { english: 'package.nls.json', of: (/** @type {string} */ it) => `package.nls.${it}.json` },
];

/** Names and units that are the same in every language; what has other letters needs a translation. */
const names = /\b(CPUs?|DMA|FIFO|Id|Linux|MiB|GiB|R|Zero-Copy Lab|io_uring|memcpy|ms|reflink|s|splice)\b/g;

/** `{0}` and `{name}`. */
const placeholder = /\{\w+\}/g;

/** Calls, options and what stands in backquotes: what a reader would type. */
const code = /`[^`]+`|\b\w+\(\)|(?<!\w)--[a-z][a-z-]*/g;

/**
 * What is wrong with the translations, a line each.
 *
 * @param {string} [root] folder of l10n/ and package.nls.json
 */
export function translationComplaints(root = repository) {
  return bundles.flatMap(({ english, of }) =>
    languages.flatMap((language) => {
      const file = of(language);
      if (!existsSync(join(root, file))) return [`${file} is missing.`];
      return complaintsAbout(texts(join(root, english)), texts(join(root, file))).map((each) => `${file}: ${each}`);
    }),
  );
}

/**
 * @param {Readonly<Record<string, string>>} english
 * @param {Readonly<Record<string, string>>} translated
 */
export function complaintsAbout(english, translated) {
  const unused = Object.keys(translated).filter((key) => !(key in english));
  return [
    ...unused.map((key) => `nothing says ${quoted(key)} any more`),
    ...Object.entries(english).flatMap(([key, text]) => {
      const translation = translated[key];
      if (translation === undefined) return [`lacks ${quoted(key)}`];
      return faults(text, translation).map((fault) => `${quoted(key)} ${fault}`);
    }),
  ];
}

/**
 * @param {string} text
 * @param {string} translation
 */
function faults(text, translation) {
  const lost = (text.match(code) ?? []).filter((each) => !translation.includes(each));
  return [
    ...(distinct(text) === distinct(translation) ? [] : ['has other placeholders in the translation']),
    ...(lost.length === 0 ? [] : [`has lost ${lost.join(', ')} in the translation`]),
    ...(isLeftInEnglish(translation) ? ['is not translated'] : []),
  ];
}

/** @param {string} text */
function distinct(text) {
  return [...new Set(text.match(placeholder))].sort().join();
}

/** Nothing of it is written in Chinese, though it is more than names. @param {string} translation */
function isLeftInEnglish(translation) {
  const rest = translation.replaceAll(placeholder, '').replaceAll(names, '');
  return translation.trim() === '' || (!/\p{Script=Han}/u.test(translation) && /\p{L}/u.test(rest));
}

/** @param {string} key */
function quoted(key) {
  return JSON.stringify(key);
}

/**
 * @param {string} file
 * @returns {Record<string, string>}
 */
function texts(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
