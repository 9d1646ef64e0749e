/** How long VS Code waits for the extension to activate, as VS Code itself says it. */
import { expect, test } from '../vscode/host.ts';
import { medianOf, report } from './figures.ts';

const WINDOWS = 5;

test('activation', async ({ window, workspace }) => {
  const times: number[] = [];
  for (let index = 0; index < WINDOWS; index++) {
    await window.open(workspace.folder);
    // The command activates the extension; its first question shows that it did.
    await window.palette.run('Zero-Copy: Run zero-copy benchmark');
    await window.palette.expectPlaceholder('Where do the bytes go?');
    await window.page.keyboard.press('Escape');
    await window.palette.run('Developer: Show Running Extensions');
    const row = window.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: /zero-copy/i });
    const text = (await row.locator('.activation-time').textContent()) ?? '';
    times.push(Number(/(\d+)\s*ms/.exec(text)?.[1]));
  }
  expect(times.every(Number.isFinite)).toBe(true);
  const median = medianOf(times);
  report({
    what: `activation of the extension (VS Code's own figure, median of ${WINDOWS} windows)`,
    measured: `${median} ms (${times.join(', ')})`,
    budget: '30 ms',
    pass: median <= 30,
  });
});
