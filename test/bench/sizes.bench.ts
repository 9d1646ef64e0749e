/** What is shipped: the package and the page. */
import { readdirSync, statSync } from 'node:fs';
import { test } from '@playwright/test';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { vsixFile } from '../vscode/places.ts';
import { report } from './figures.ts';

test('package and bundles', () => {
  const vsix = statSync(vsixFile).size;
  report({
    what: 'VSIX of this platform, with the addon and zcl-consumer',
    measured: kilobytes(vsix),
    budget: '2,500 kB',
    pass: vsix <= 2.5e6,
  });
  const page = statSync(inRepository('dist', 'webview', 'result.js')).size;
  report({ what: 'page bundle, minified', measured: kilobytes(page), budget: '450 kB', pass: page <= 450e3 });
  for (const name of readdirSync(inRepository('dist')).filter((file) => file.endsWith('.js'))) {
    const { size } = statSync(inRepository('dist', name));
    report({ what: `dist/${name}`, measured: kilobytes(size), budget: null, pass: null });
  }
});

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;
}
