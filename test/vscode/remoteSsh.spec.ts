import path from 'node:path';
import { test as base, expect, type VsCode } from './host.ts';
import {
  hosts,
  paths,
  presets,
  receiverActions,
  runAgainstHostCommand,
  startReceiverCommand,
  stopReceiverCommand,
} from './names.ts';
import { testOutput, vsixFile } from './places.ts';
import { receiversBelow } from './processes.ts';
import { NEIGHBOUR, PASSPHRASE, RemoteServer, whyNoServer } from './remoteServer.ts';
import { expectComplete, startRun } from './run.ts';
import { Workspace } from './workspace.ts';

const test = base.extend<object, { readonly server: RemoteServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from this pattern
    async ({}, use) => {
      const server = new RemoteServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  vscode: [
    async ({ server }, use) => {
      const env = { ZERO_COPY_LAB_LOCK_PARENT: server.own(path.join(server.folder, 'locks')) };
      const host = await server.start(vsixFile, env);
      await use({ ...host, folder: server.folder, env } satisfies VsCode);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  workspace: async ({ server }, use) => use(new Workspace(server.workspace)),
});

const obstacle = whyNoServer();
test.skip(obstacle !== null, obstacle ?? '');

test('on a server without root, reached through ssh: the preset scatter-gather in laboratories', async ({
  window,
  workspace,
}) => {
  await window.open(workspace.folder);
  await startRun(window, paths.fileToSocket, presets.scatterGather);
  await expectComplete(window, ['msg-zerocopy', 'read-write', 'sendfile']);
  await window.page.screenshot({ path: testOutput('remote-laboratory.png') });
});

test('another host by the ssh configuration of the server', async ({ window, workspace, server }) => {
  const { palette, notifications, page, result } = window;
  const latest = () => JSON.parse(workspace.read(workspace.results().at(-1) ?? '')).experiment.remote;
  const choose = async (host: string) => {
    await window.closeAllEditors();
    await palette.run(runAgainstHostCommand);
    await palette.pick(host);
    await palette.pick(presets.quick);
  };
  const expectNothingLeft = async () => {
    await expect.poll(() => server.receiversThere()).toBe(0);
  };
  await window.open(workspace.folder);

  await test.step('its hosts are listed, and where their names are from', async () => {
    await palette.run(runAgainstHostCommand);
    await palette.expectOffers([...Object.values(NEIGHBOUR), hosts.receiver, hosts.laboratory]);
    await palette.expectPlaceholder(/ssh on \S+, the server/);
    await page.screenshot({ path: testOutput('hosts.png') });
    await palette.pick(NEIGHBOUR.plain);
    await palette.pick(presets.quick);
    await expectComplete(window);
    expect(latest()).toMatchObject({ host: NEIGHBOUR.plain, way: 'ssh', address: server.addresses.neighbour });
    await page.screenshot({ path: testOutput('remote-host.png') });
    await expectNothingLeft();
  });

  await test.step('a passphrase is typed in a terminal, and the run begins', async () => {
    await choose(NEIGHBOUR.locked);
    await notifications.expectMessage(/Answer ssh in a terminal/);
    await page.screenshot({ path: testOutput('ssh-needs-prompt.png') });
    await notifications.press(/Answer ssh in a terminal/, 'Open Terminal');
    await window.terminal.expectText(/Enter\spassphrase\sfor\skey/);
    await page.screenshot({ path: testOutput('ssh-terminal.png') });
    await window.terminal.type(PASSPHRASE);
    await expectComplete(window);
    expect(latest()).toMatchObject({ host: NEIGHBOUR.locked, way: 'ssh' });
    await expectNothingLeft();
  });

  await test.step('where no way leads straight there, the data goes through ssh', async () => {
    await choose(NEIGHBOUR.behind);
    await notifications.expectMessage(/ssh reaches behind/);
    await page.screenshot({ path: testOutput('ssh-blocked.png') });
    await notifications.press(/ssh reaches behind/, 'Send Through ssh');
    // No more of it is waited for: through ssh it takes long.
    await result.expectStatus('running');
    await expect.poll(() => workspace.hasMeasured(), { timeout: 60_000 }).toBe(true);
    await result.cancel.click();
    await result.expectStatus('partial');
    expect(latest()).toMatchObject({ host: NEIGHBOUR.behind, way: 'ssh-forwarded' });
    await expectNothingLeft();
  });

  await test.step('the last ones used are offered first', async () => {
    await palette.run(runAgainstHostCommand);
    const { plain, locked, behind } = NEIGHBOUR;
    await palette.expectOffers([behind, locked, plain, hosts.receiver, hosts.laboratory]);
  });
});

test('others send to a receiver on the server once that is confirmed', async ({ window, workspace, server }) => {
  const { palette, dialog, statusBar, page } = window;
  const { server: address, neighbour } = server.addresses;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.open(workspace.folder);
  await palette.run(startReceiverCommand);
  await palette.expectOffers(['127.0.0.1', address, 'fd97::1']);
  await page.screenshot({ path: testOutput('receiver-addresses.png') });
  await palette.pick(address);
  await dialog.expectQuestion(`Let other hosts send to ${address}?`);
  await page.screenshot({ path: testOutput('receiver-modal.png') });
  await dialog.answer(`Let other hosts send to ${address}?`, 'Cancel');
  expect(receiversBelow(server.folder)).toEqual([]);

  await palette.run(startReceiverCommand);
  await palette.pick(address);
  await dialog.answer(`Let other hosts send to ${address}?`, `Listen on ${address}`);
  const item = statusBar.item(`${address}:`);
  await item.click();
  await palette.expectOffers([
    receiverActions.copyCommand,
    receiverActions.copyToken,
    'Show Log',
    receiverActions.stop,
  ]);
  await page.screenshot({ path: testOutput('receiver-menu.png') });
  await palette.pick(receiverActions.copyCommand);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain(`--to ${address}:`);
  const sent = server.typeThere(await copied(), '--modes', 'sendfile', '--rounds', '1', '--quiet');
  expect(sent).toMatchObject({ status: 0, stderr: '' });
  await item.hover();
  await expect(page.locator('.workbench-hover')).toContainText(`${neighbour}\u00a0(`);
  await palette.run(stopReceiverCommand);
  await expect(item).toHaveCount(0);
  await expect.poll(() => receiversBelow(server.folder)).toEqual([]);
});
