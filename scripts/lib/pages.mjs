import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './folders.mjs';

/** The pages of the extension: every folder of src/webview with an entry becomes a bundle of its own. */
export const pages = readdirSync(inRepository('src', 'webview')).filter((folder) =>
  existsSync(inRepository('src', 'webview', folder, 'main.ts')),
);

/** Where the bundle of a page lies, from the top of the repository. @param {string} page */
export const bundleOf = (page) => join('dist', 'webview', `${page}.js`);

/** What the pages load as it is, from @vscode/codicons. */
export const iconFiles = ['codicon.css', 'codicon.ttf'];
