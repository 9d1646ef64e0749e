import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A language pack as VS Code keeps one that was installed, with a single sentence of VS Code's own: enough for it to take
 * the language for one it has. Those of the marketplace cannot be had without a network.
 * @param folder the user data of the server, before it starts
 */
export function addLanguagePack(folder: string, language: string): void {
  const translations = path.join(folder, `${language}.i18n.json`);
  const pack = {
    hash: 'made-up',
    extensions: [{ extensionIdentifier: { id: `test.language-pack-${language}` }, version: '1.0.0' }],
    translations: { vscode: translations },
    label: language,
  };
  const contents = { 'vs/workbench/browser/actions/helpActions': { miWelcome: '欢迎' } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents }));
  writeFileSync(path.join(folder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
