/** The language of sentences: the bundle that VS Code or the environment asks for, English otherwise. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';

/** Set for the bench process by whoever starts it, so that both speak one language. */
export const LANGUAGE_VARIABLE = 'ZERO_COPY_LAB_LANGUAGE';

/** The translations for a language, `{}` for English and for languages without a bundle. */
export function languageBundle(root: string, language: string): Record<string, string> {
  if (!/^[a-z]{2}(-[a-z]+)?$/i.test(language)) return {};
  try {
    return JSON.parse(readFileSync(path.join(root, 'l10n', `bundle.l10n.${language.toLowerCase()}.json`), 'utf8'));
  } catch {
    return {};
  }
}

/** Makes `l10n.t` speak the language named in the environment. @param root folder that holds l10n/ */
export function configureLanguage(root: string, language = process.env[LANGUAGE_VARIABLE] ?? 'en'): void {
  l10n.config({ contents: languageBundle(root, language) });
}
