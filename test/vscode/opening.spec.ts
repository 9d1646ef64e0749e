import { expect, test } from './host.ts';
import { titleActions } from './names.ts';
import { ResultPage } from './pages/resultPage.ts';
import { testOutput } from './places.ts';

const RESULT = 'earlier.zcresult.json';

test('a page stays as it was left: hidden, moved, reloaded, closed, restarted', { tag: '@every-release' }, async ({
  window,
  workspace,
}) => {
  const { explorer, palette, result } = window;
  workspace.add('notes.txt', 'notes');
  workspace.addResult('earlier', {}, workspace.folder);
  await window.open(workspace.folder);
  await window.openResult(RESULT);
  await result.expectStatus('complete');
  await expect(result.sortedColumn('ascending')).toHaveCount(0);
  await result.sortBy('crossingsPerMib');
  await result.sortBy('crossingsPerMib');
  await result.chooseChart('cpu');
  await result.chooseMode('sendfile');
  await expectAsLeft(result);

  await test.step('hidden behind another tab', async () => {
    await explorer.open('notes.txt');
    await expect(result.root).toBeHidden();
    await explorer.open(RESULT);
    await expectAsLeft(result);
  });
  await test.step('moved to another group', async () => {
    await palette.run('View: Move Editor into Next Group');
    await expectAsLeft(result);
  });
  await test.step('moved to a window of its own', async () => {
    const own = await window.moveEditorIntoNewWindow();
    await expectAsLeft(new ResultPage(own));
    await own.screenshot({ path: testOutput('window-of-its-own.png') });
    await own.close();
    await expect(window.tabs).toHaveCount(1);
    await explorer.open(RESULT);
    await expectAsLeft(result);
  });
  await test.step('the window is reloaded', async () => {
    await window.reload();
    await expectAsLeft(result);
  });
  await test.step('closed and opened again', async () => {
    await window.closeAllEditors();
    await explorer.open(RESULT);
    await expectAsLeft(result);
  });
  await test.step('the window is closed and opened again', async () => {
    await window.restart(workspace.folder);
    await window.openResult(RESULT);
    await expectAsLeft(result);
    await expect(window.editor.action(titleActions.runAgain)).toBeVisible();
  });
});

async function expectAsLeft(result: ResultPage): Promise<void> {
  await result.expectStatus('complete');
  await expect(result.sortedColumn('ascending')).toHaveAttribute('data-column', 'crossingsPerMib');
  await expect(result.chartTab('cpu')).toHaveAttribute('aria-selected', 'true');
  await expect(result.flow).toHaveAttribute('data-mode', 'sendfile');
}

const whole = JSON.stringify({ format: 'zero-copy-lab/result', version: 1, id: 'x', cases: [] });

const broken: readonly { readonly name: string; readonly content: () => string | Buffer; readonly says: RegExp }[] = [
  { name: 'empty', content: () => '', says: /empty/i },
  { name: 'cut-off', content: () => whole.slice(0, -20), says: /cut off/i },
  { name: 'not-json', content: () => 'To be, or not to be', says: /not JSON/i },
  { name: 'another-kind', content: () => '{"format":"something/else"}', says: /not a result/i },
  { name: 'damaged', content: () => whole, says: /damaged/i },
  { name: 'newer', content: () => whole.replace('"version":1', '"version":99'), says: /version 99/i },
  { name: 'huge', content: () => Buffer.alloc(50 * 1024 * 1024, ' '), says: /50/ },
];

test('each kind of broken result opens as a page that says what is wrong', async ({ window, workspace }) => {
  for (const { name, content } of broken) workspace.add(`${name}.zcresult.json`, content());
  await window.open(workspace.folder);
  await window.openResult(`${broken[0]?.name}.zcresult.json`, window.result.unreadable);
  for (const { name, says } of broken) {
    await test.step(name, async () => {
      await window.explorer.open(`${name}.zcresult.json`);
      await expect(window.result.unreadable).toContainText(`${name}.zcresult.json`);
      await expect(window.result.unreadable).toHaveText(says);
      await expect(window.result.unreadable).not.toHaveText(/\bat .+:\d+:\d+/);
      await window.page.screenshot({ path: testOutput(`unreadable-${name}.png`) });
    });
  }
});
