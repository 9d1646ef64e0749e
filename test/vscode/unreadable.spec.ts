import { expect, test } from './host.ts';
import { runCommand } from './names.ts';
import { testOutput } from './places.ts';

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
  // Before VS Code knows the extension's editor, it opens the file as text.
  await window.palette.expectCommand(runCommand);
  for (const { name, says } of broken) {
    await test.step(name, async () => {
      await window.explorer.open(`${name}.zcresult.json`);
      await expect(window.result.unreadable).toHaveText(says);
      await expect(window.result.unreadable).toContainText(`${name}.zcresult.json`);
      await expect(window.result.unreadable).not.toHaveText(/\bat .+:\d+:\d+/);
      await window.page.screenshot({ path: testOutput(`unreadable-${name}.png`) });
      await window.closeEditor();
    });
  }
});
