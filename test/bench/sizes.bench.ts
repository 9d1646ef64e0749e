/** What is shipped, and what a result takes. */
import { readdirSync, statSync } from 'node:fs';
import { test } from '@playwright/test';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { resultText } from '../../src/lab/resultText.ts';
import { KIB } from '../../src/model/units.ts';
import { vsixFile } from '../vscode/places.ts';
import { studied } from '../webview/evidenceFixtures.ts';
import { report } from './figures.ts';

/** Of two buffer modes; with sendfile and the control, 30 cases. */
const FOURTEEN_BUFFERS = Array.from({ length: 14 }, (_, power) => KIB * 2 ** power);

test('package and bundles', () => {
  const vsix = statSync(vsixFile).size;
  report({
    what: 'VSIX of this platform, with the addon, zcl-consumer, zcl-launcher and both receivers',
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

test('result of 30 cases x 30 rounds', () => {
  for (const path of ['file-to-file', 'file-to-socket'] as const) {
    const document = studied({ path, buffers: FOURTEEN_BUFFERS, rounds: 30 });
    const size = Buffer.byteLength(resultText(document));
    report({
      what: `result of ${document.cases.length} cases x 30 rounds, ${path}, with every pass`,
      measured: kilobytes(size),
      budget: '1,000 kB',
      pass: size <= 1e6,
    });
  }
});

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;
}
