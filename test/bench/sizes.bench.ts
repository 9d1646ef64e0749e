/** What is shipped, and what a result takes. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { resultText } from '../../src/lab/resultText.ts';
import { KIB } from '../../src/model/units.ts';
import { vsixFile } from '../vscode/places.ts';
import { studied } from '../webview/evidenceFixtures.ts';
import { exactly, report } from './figures.ts';

/** Of two buffer modes; with sendfile and the control, 30 cases. */
const FOURTEEN_BUFFERS = Array.from({ length: 14 }, (_, power) => KIB * 2 ** power);

test('package and bundles', () => {
  const vsix = statSync(vsixFile).size;
  report({
    what: 'VSIX of this platform, with the addon, zcl-consumer, zcl-launcher and both receivers',
    measured: kilobytes(vsix),
    budget: '2,500 kB',
    pass: vsix <= 2.5e6,
    lasting: exactly(vsix),
  });
  const page = statSync(inRepository('dist', 'webview', 'result.js')).size;
  report({
    what: 'page bundle, minified',
    measured: kilobytes(page),
    budget: '450 kB',
    pass: page <= 450e3,
    lasting: exactly(page),
  });
  for (const name of ['bench.js', 'cli.js', path.join('extension', 'extension.mjs')]) {
    const { size } = statSync(inRepository('dist', name));
    report({ what: `dist/${name}`, measured: kilobytes(size), budget: null, pass: null, lasting: exactly(size) });
  }
  const parts = readdirSync(inRepository('dist', 'extension'));
  const together = sum(parts.map((name) => statSync(inRepository('dist', 'extension', name)).size));
  report({
    what: 'dist/extension, all parts of it',
    measured: kilobytes(together),
    budget: null,
    pass: null,
    lasting: exactly(together),
  });
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
      lasting: exactly(size),
    });
  }
});

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
