import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { paths, presets, quickExchanges, runOnFileEntry } from './names.ts';
import { testOutput } from './places.ts';
import { answer, expectComplete, startRun } from './run.ts';

test('to a socket, between processes, and from a file of the user, which stays as it was', async ({
  window,
  workspace,
}) => {
  const name = 'my data.bin';
  const source = workspace.addData(name);
  const before = workspace.facts(source);
  await window.open(workspace.folder);
  await startRun(window, paths.fileToSocket, presets.quick);
  await expectComplete(window);
  await expect(window.result.root).toContainText(/socket/i);
  await window.page.screenshot({ path: testOutput('file-to-socket-complete.png') });
  await window.closeEditor();

  await startRun(window, paths.processToProcess, presets.quick);
  await expectComplete(window, quickExchanges);
  await window.page.screenshot({ path: testOutput('process-to-process-complete.png') });
  await window.closeEditor();

  await window.explorer.choose(name, runOnFileEntry);
  await answer(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  expect(workspace.read(workspace.results().at(-1) ?? '')).toContain(JSON.stringify(source));
  expect(workspace.facts(source)).toEqual(before);
});

test('with no folder open, the result goes to the extension’s own storage', async ({ window, vscode }) => {
  await window.open();
  await startRun(window, paths.fileToFile, presets.quick);
  await expectComplete(window);
  expect(window.storedResults(vscode)).toHaveLength(1);
});

test('the page in both themes; what it exports is what it says it is', async ({ window, workspace }) => {
  const { result, palette } = window;
  workspace.addResult('measured', {}, workspace.folder);
  await window.open(workspace.folder);
  await window.openResult('measured.zcresult.json');
  await result.expectStatus('complete');

  for (const theme of ['Light Modern', 'Dark Modern'] as const) {
    await window.useTheme(theme);
    await expect(result.root).toHaveAttribute('data-status', 'complete');
    await window.page.screenshot({ path: testOutput(`complete-${theme.toLowerCase().replace(' ', '-')}.png`) });
  }

  await test.step('the picture of a flow', async () => {
    for (const [format, begin] of [
      ['SVG', '<?xml version="1.0" encoding="UTF-8"?>\n<svg '],
      ['PNG', '\u0089PNG\r\n\u001a\n'],
    ] as const) {
      await result.exportPicture(`${format}, light`);
      const name = `read-write-here-light.${format.toLowerCase()}`;
      await palette.confirm(new RegExp(`/${name.replaceAll('.', '\\.')}$`));
      const saved = path.join(workspace.folder, name);
      await expect.poll(() => existsSync(saved)).toBe(true);
      await expect.poll(() => readFileSync(saved, 'latin1').slice(0, begin.length)).toBe(begin);
    }
  });

  await test.step('the listing of a mode, as a program that compiles and copies', async () => {
    await result.saveListing();
    await palette.confirm(/\/read-write\.c$/);
    const saved = path.join(workspace.folder, 'read-write.c');
    await expect.poll(() => existsSync(saved)).toBe(true);
    const program = path.join(workspace.folder, 'copy');
    const built = spawnSync('cc', ['-std=c11', '-Wall', '-Werror', '-o', program, saved], { encoding: 'utf8' });
    expect([built.status, built.stderr]).toEqual([0, '']);
    const source = workspace.addData('original');
    expect(spawnSync(program, [source, `${source}.copy`]).status).toBe(0);
    expect(workspace.facts(`${source}.copy`).hash).toBe(workspace.facts(source).hash);
  });
});
