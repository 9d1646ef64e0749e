/** The language of sentences: the bundle that VS Code or the environment asks for, English otherwise. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';

/** Set for the bench process by whoever starts it, so that both speak one language. On a command line it wins over the locale. */
export const LANGUAGE_VARIABLE = 'ZERO_COPY_LAB_LANGUAGE';

/** Where setlocale(3) finds the language of messages: the first that is set and not empty. */
const LOCALE_VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];

/** What there is a bundle of. */
export type Language = 'en' | 'zh-cn' | 'zh-tw';

/** Script before region: Hong Kong and Macau write as Taiwan does, whoever names neither reads simplified characters. */
const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b/;
const CHINESE = /^zh\b/;

/** @param tag of VS Code or BCP 47, such as `zh-tw` or `zh-Hant-HK`; what there are no sentences in is English */
export function supportedLanguage(tag: string): Language {
  const lower = tag.toLowerCase();
  if (lower.startsWith('zh-hans')) return 'zh-cn';
  if (TRADITIONAL.test(lower)) return 'zh-tw';
  return CHINESE.test(lower) ? 'zh-cn' : 'en';
}

/** What a command line speaks. A locale of another encoding than UTF-8 cannot show what we write: English can be read there. */
export function languageOfEnvironment(environment: NodeJS.ProcessEnv): Language {
  const named = environment[LANGUAGE_VARIABLE];
  if (named) return supportedLanguage(named);
  const locale = LOCALE_VARIABLES.map((variable) => environment[variable]).find(Boolean) ?? 'C';
  const [, name = '', encoding] = /^([^.@]*)(?:\.([^@]*))?/.exec(locale) ?? [];
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) return 'en';
  return supportedLanguage(name.replaceAll('_', '-'));
}

/** The translations for a language, `{}` for English. @param tag as of {@link supportedLanguage} */
export function languageBundle(root: string, tag: string): Record<string, string> {
  const language = supportedLanguage(tag);
  if (language === 'en') return {};
  try {
    return JSON.parse(readFileSync(path.join(root, 'l10n', `bundle.l10n.${language}.json`), 'utf8'));
  } catch {
    return {};
  }
}

/** Makes `l10n.t` speak a language. @param root folder that holds l10n/ */
export function configureLanguage(root: string, tag: string): void {
  l10n.config({ contents: languageBundle(root, tag) });
}
