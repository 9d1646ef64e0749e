import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './host.ts';
import {
  hosts,
  presets,
  receiverActions,
  runAgainstHostCommand,
  startReceiverCommand,
  stopReceiverCommand,
} from './names.ts';
import type { Window } from './pages/window.ts';
import { testOutput } from './places.ts';
import { parentOf, receiversBelow } from './processes.ts';
import { expectComplete } from './run.ts';

const LOOPBACK = '127.0.0.1';

/** Starts a receiver on loopback. @returns where it listens */
async function startReceiver(window: Window): Promise<string> {
  await window.palette.run(startReceiverCommand);
  await window.palette.pick(LOOPBACK);
  const item = window.statusBar.item(/^\s*127\.0\.0\.1:\d+\s*$/);
  await expect(item).toBeVisible();
  return (await item.innerText()).trim();
}

/** Chooses from what a click on the item in the status bar offers. */
async function choose(window: Window, to: string, action: string): Promise<void> {
  await window.statusBar.item(to).click();
  await window.palette.pick(action);
}

/** Files of the window, VS Code's and the workspace's, that hold a text. */
function filesWith(text: string, ...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name)),
    )
    .filter((file) => readFileSync(file).includes(text));
}

test('a receiver is started, sent to with its token alone, and stopped', async ({ window, workspace, vscode }) => {
  const { palette, statusBar, notifications, result, page } = window;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await window.open(workspace.folder);

  const [to, token] = await test.step('its address is in the status bar, its token a click away', async () => {
    const listens = await startReceiver(window);
    expect(receiversBelow(vscode.folder)).toHaveLength(1);
    await notifications.expectMessage(`A receiver listens on ${listens}`);
    await choose(window, listens, receiverActions.copyToken);
    await expect.poll(clipboard).toMatch(/^[0-9a-f]{32}$/);
    const copied = await clipboard();
    await choose(window, listens, receiverActions.copyCommand);
    await expect
      .poll(clipboard)
      .toBe(`ZERO_COPY_LAB_TOKEN=${copied} zero-copy-lab run --path file-to-socket --to ${listens}`);
    return [listens, copied];
  });

  await test.step('a wrong token is refused, and the right one is asked for', async () => {
    await notifications.clear();
    await palette.run(runAgainstHostCommand);
    await palette.expectOffers([hosts.receiver, hosts.laboratory]);
    await palette.pick(hosts.receiver);
    await palette.answer('Where the receiver listens', to);
    await palette.answer(`Token of the receiver at ${to}`, '0'.repeat(32));
    await palette.pick(presets.quick);
    await notifications.expectMessage(`The receiver at 127.0.0.1 port ${to.split(':')[1]} does not know this token.`);
    expect(workspace.kept()).toEqual([]);
    await notifications.press('does not know this token', 'Enter Token');
    await palette.answer(`Token of the receiver at ${to}`, token);
    await result.expectStatus('running');
    await expectComplete(window);
    const [name = ''] = workspace.results();
    expect(JSON.parse(workspace.read(name))).toMatchObject({
      experiment: {
        path: 'file-to-socket',
        target: 'host',
        remote: { host: LOOPBACK, port: Number(to.split(':')[1]) },
      },
    });
  });

  await test.step('who has sent is told on hover', async () => {
    await statusBar.item(to).hover();
    await expect(page.locator('.workbench-hover')).toContainText(/Transfers\sby\ssender:\s127\.0\.0\.1\s\(\d+\)/);
    await page.screenshot({ path: testOutput('receiver-hover.png') });
  });

  await test.step('the host is offered first the next time, and its token known', async () => {
    await window.closeAllEditors();
    await palette.run(runAgainstHostCommand);
    await palette.expectOffers([to, hosts.receiver, hosts.laboratory]);
    await palette.pick(to);
    await palette.pick(presets.quick);
    await expectComplete(window);
  });

  await test.step('VS Code forwards none of its ports', async () => {
    await palette.run('Notifications: Show Notifications');
    expect((await notifications.messages()).filter((message) => /running on port/.test(message))).toEqual([]);
    await expect(statusBar.item(/^\s*1\s*$/)).toHaveCount(0);
    await notifications.clear();
  });

  await test.step('nothing that is kept holds the token', async () => {
    expect(filesWith(token, vscode.folder, workspace.folder)).toEqual([]);
  });

  await test.step('stopped, nothing is left', async () => {
    await choose(window, to, receiverActions.stop);
    await expect(statusBar.item(to)).toHaveCount(0);
    await expect.poll(() => receiversBelow(vscode.folder)).toEqual([]);
    expect(await palette.offers(stopReceiverCommand)).toBe(false);
  });
});

test('a receiver ends with its extension host, reloaded or killed', async ({ window, workspace, vscode }) => {
  await window.open(workspace.folder);
  await startReceiver(window);
  const [first] = receiversBelow(vscode.folder);
  await window.reload();
  await expect.poll(() => receiversBelow(vscode.folder)).toEqual([]);
  expect(first).toBeGreaterThan(0);

  await startReceiver(window);
  const [second = 0] = receiversBelow(vscode.folder);
  process.kill(parentOf(second), 'SIGKILL');
  await expect.poll(() => receiversBelow(vscode.folder)).toEqual([]);
});

test('a receiver that is killed is missed, and started again by a click', async ({ window, workspace, vscode }) => {
  const { notifications, palette, statusBar } = window;
  await window.open(workspace.folder);
  const to = await startReceiver(window);
  const [program = 0] = receiversBelow(vscode.folder);
  process.kill(program, 'SIGKILL');
  await notifications.expectMessage('The receiver was ended by SIGKILL.');
  await expect(statusBar.item(to)).toHaveCount(0);
  await notifications.press('The receiver was ended by SIGKILL.', 'Start Receiver');
  await palette.expectPlaceholder(/Which address of/);
});

test('a laboratory is a host that needs no other', async ({ window, workspace }) => {
  const { palette } = window;
  await window.open(workspace.folder);
  await palette.run(runAgainstHostCommand);
  await palette.pick(hosts.laboratory);
  await palette.expectOffers(['quick', 'seed', 'full', 'evidence', 'objects', 'equal-rate', 'scatter-gather']);
  await palette.pick(presets.quick);
  await expectComplete(window);
  const [name = ''] = workspace.results();
  expect(JSON.parse(workspace.read(name))).toMatchObject({ experiment: { path: 'file-to-socket', target: 'lab' } });
});
