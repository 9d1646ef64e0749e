/** The tree of 1,000 results: what the extension host says it took to list them, and when the first rows are seen. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resultFileName, writeResult } from '../../src/lab/resultFile.ts';
import { expect, extensionLogs, test } from '../vscode/host.ts';
import { studied } from '../webview/evidenceFixtures.ts';
import { medianOf, report } from './figures.ts';

const RESULTS = 1000;
const WINDOWS = 5;
const HOUR_MS = 3_600_000;

test('tree', async ({ window, workspace, vscode }) => {
  const document = studied();
  const newest = Date.parse('2026-11-21T12:00:00Z');
  mkdirSync(workspace.resultsFolder, { recursive: true });
  for (let index = 0; index < RESULTS; index++) {
    const started = new Date(newest - index * HOUR_MS);
    writeResult(path.join(workspace.resultsFolder, resultFileName(document.experiment, started)), {
      ...document,
      startedAt: started.toISOString(),
      host: { ...document.host, name: `host-${index % 3}` },
    });
  }
  const shown: number[] = [];
  for (let index = 0; index < WINDOWS; index++) {
    await window.open(workspace.folder);
    const asked = performance.now();
    await window.tree.open();
    await expect(window.tree.row('quick').first()).toBeVisible();
    shown.push(performance.now() - asked);
    await window.palette.run('View: Show Explorer');
  }
  // The first listing of each window; what a watcher asks for afterwards finds most files unchanged.
  const listed = extensionLogs(vscode).flatMap((file) => {
    const [, ms] = /1000 results listed in ([\d.]+) ms/.exec(readFileSync(file, 'utf8')) ?? [];
    return ms === undefined ? [] : [Number(ms)];
  });
  expect(listed).toHaveLength(WINDOWS);
  report({
    what: `tree of ${RESULTS} results: from the folder to its rows, in the extension host (median of ${WINDOWS} windows)`,
    measured: `${medianOf(listed).toFixed(0)} ms (${listed.map((ms) => ms.toFixed(0)).join(', ')})`,
    budget: '200 ms',
    pass: medianOf(listed) <= 200,
  });
  report({
    what: `the same from the click on its icon until VS Code shows the first rows, with the activation of the extension`,
    measured: `${medianOf(shown).toFixed(0)} ms`,
    budget: null,
    pass: null,
  });
});
