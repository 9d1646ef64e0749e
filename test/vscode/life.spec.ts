import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import { paths, presets, quickModes, runCommand, showLogCommand, titleActions } from './names.ts';
import { testOutput } from './places.ts';
import { benchProcessesBelow } from './processes.ts';
import { expectComplete } from './run.ts';

test('the life of a result: run, closed, opened again, reloaded, exported, compared, deleted', {
  tag: '@every-release',
}, async ({ window, workspace, vscode }) => {
  const { palette, explorer, editor, result, tree, dialog } = window;
  workspace.add('notes.txt', 'notes');
  await window.open(workspace.folder);

  const [file, numbers] = await test.step('from the palette to the page, which fills in', async () => {
    await palette.run(runCommand);
    await palette.accept(paths.fileToFile);
    await palette.accept(presets.quick);
    await expect(result.rows.first()).toBeVisible();
    expect(await result.modes()).toEqual(quickModes);
    await expectComplete(window);
    const table = await result.table();
    for (const [id, cells] of Object.entries(table)) expect(cells.mibPerSecond, `throughput of ${id}`).toMatch(/\d/);
    await expect(result.finding).toHaveText(/\S/);
    await expect(result.flow).toBeVisible();
    await window.page.screenshot({ path: testOutput('file-to-file-complete.png') });
    await expect.poll(() => benchProcessesBelow(vscode.folder)).toEqual([]);
    expect(workspace.kept()).toEqual(['.gitignore', ...workspace.results()]);
    return [workspace.results()[0] ?? '', table] as const;
  });

  await test.step('the log tells what was run', async () => {
    await palette.run(showLogCommand);
    await expect(window.page.locator('.part.panel')).toContainText(/\[info\]\s+run\s+into/);
    await palette.run('View: Hide Panel');
  });

  await test.step('closed, and opened from the Explorer', async () => {
    await window.closeEditor();
    await explorer.expand('.zero-copy');
    await explorer.open(file);
    await result.expectStatus('complete');
    await expect.poll(() => result.table()).toEqual(numbers);
  });

  await test.step('the window is reloaded', async () => {
    await window.reload();
    await expect(window.tabs).toHaveText([new RegExp(file.replaceAll('.', '\\.'))]);
    await result.expectStatus('complete');
    await expect.poll(() => result.table()).toEqual(numbers);
  });

  await test.step('exported by the action in its title, which other editors have not', async () => {
    await expect(editor.action(titleActions.cancel)).toHaveCount(0);
    for (const [format, ending, beginning] of [
      ['CSV', 'csv', /^mode,path,bufferBytes,/],
      ['Markdown', 'md', /^# File to file/],
      ['SVG', 'svg', /^<\?xml /],
    ] as const) {
      await editor.action(titleActions.export).click();
      await palette.pick(format);
      const exported = path.join(workspace.resultsFolder, file.replace('.zcresult.json', `.${ending}`));
      await palette.confirm(new RegExp(`\\.${ending}$`));
      await expect.poll(() => existsSync(exported)).toBe(true);
      expect(readFileSync(exported, 'utf8')).toMatch(beginning);
    }
    const pictures = path.join(workspace.resultsFolder, file.replace('.zcresult.json', '-pictures'));
    expect(existsSync(path.join(pictures, 'headline.svg'))).toBe(true);
    await window.page.screenshot({ path: testOutput('title-actions.png') });
    await explorer.open('notes.txt');
    await expect(window.tabs).toHaveCount(2);
    for (const title of [titleActions.runAgain, titleActions.compare, titleActions.export]) {
      await expect(editor.action(title)).toHaveCount(0);
    }
    await window.closeEditor();
  });

  await test.step('compared with an earlier one', async () => {
    workspace.addResult('earlier');
    await editor.action(titleActions.compare).click();
    await palette.pickAll(2);
    await expect(result.comparison.locator('[data-part="open-result"]')).toHaveText(['earlier', /quick/]);
    await window.closeEditor();
  });

  await test.step('deleted from the tree, and its page with it', async () => {
    await tree.open();
    await tree.choose(tree.row(/quick/), 'Delete');
    await dialog.answer(/Move the result “.+” to the trash\?/, 'Move to Trash');
    // The server that the tests use has no trash.
    await dialog.answer('There is no trash here. Delete the result permanently?', 'Delete Permanently');
    await expect(tree.row(/quick/)).toHaveCount(0);
    await expect(tree.row('earlier')).toBeVisible();
    await expect(window.tabs).toHaveCount(0);
    expect(workspace.results()).toEqual(['earlier.zcresult.json']);
  });
});
