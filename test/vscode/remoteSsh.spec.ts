import path from 'node:path';
import { test as base, type VsCode } from './host.ts';
import { hosts, runAgainstHostCommand } from './names.ts';
import { testOutput, vsixFile } from './places.ts';
import { RemoteServer, whyNoServer } from './remoteServer.ts';
import { expectComplete } from './run.ts';
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

test('on a server without root, reached through ssh: a laboratory, and another host', async ({ window, workspace }) => {
  await window.open(workspace.folder);
  await window.palette.run(runAgainstHostCommand);
  await window.palette.pick(hosts.laboratory);
  await window.palette.pick('scatter-gather');
  await expectComplete(window, ['msg-zerocopy', 'read-write', 'sendfile']);
  await window.page.screenshot({ path: testOutput('remote-laboratory.png') });
});
