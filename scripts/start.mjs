// `npm start`: set-up, a first benchmark in this terminal, then VS Code with its result open.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { codeServer } from './lib/code-server.mjs';
import { openDesktop, whyNoDesktop } from './lib/desktop-vscode.mjs';
import { inRepository, removeFolder, temporaryFolder } from './lib/folders.mjs';
import { main } from './lib/problem.mjs';
import { sampleWorkspace } from './lib/sample-workspace.mjs';
import { setUp } from './lib/setup.mjs';
import { isCi } from './lib/system-packages.mjs';
import { address, openInWindow, startHost } from './lib/vscode-host.mjs';
import { packOwn } from './lib/vsix.mjs';

await main(async () => {
  await setUp();
  const workspace = await sampleWorkspace();
  const result = join(workspace, '.zero-copy', `${timeStamp()}-quick.zcresult.json`);
  const exitCode = runBenchmark(workspace, result);
  if (exitCode !== 0 || isCi) return exitCode;

  const interrupted = untilInterrupted();
  const reason = whyNoDesktop();
  if (reason === undefined) {
    console.log('\nOpening VS Code with this result, in a profile of its own. Ctrl-C here closes it.');
    const profile = temporaryFolder('code');
    await openDesktop(profile, workspace, result, interrupted);
    removeFolder(profile);
  } else {
    console.log(`\nUsing the embedded VS Code: ${reason}.`);
    await openEmbedded(workspace, result, interrupted);
  }
  return 0;
});

/**
 * The program writes to this very terminal, so it can draw its live line.
 *
 * @param {string} workspace
 * @param {string} result
 */
function runBenchmark(workspace, result) {
  mkdirSync(join(workspace, '.zero-copy'), { recursive: true });
  const cli = inRepository('dist', 'cli.js');
  const args = [cli, 'run', '--preset', 'quick', '--dir', workspace, '--json', result];
  const { status, signal, error } = spawnSync(process.execPath, args, {
    cwd: workspace,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
  if (status === 0 && !existsSync(result)) throw new Error(`the benchmark ended well, but left no ${result}`);
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

/**
 * @param {string} workspace
 * @param {string} result
 * @param {AbortSignal} interrupted
 */
async function openEmbedded(workspace, result, interrupted) {
  const server = await codeServer();
  const vsix = await packOwn();
  const folder = temporaryFolder('vscode');
  const over = new AbortController();
  const host = await startHost({ codeServer: server, folder, extensions: [vsix.file] });
  try {
    console.log(`\nVS Code with this result: ${address(host, workspace)}\n`);
    if (process.env.SSH_CONNECTION) {
      const { port } = new URL(host.origin);
      console.log(
        `From your own machine, first: ssh -L ${port}:127.0.0.1:${port} ${userInfo().username}@<this machine>\n`,
      );
    }
    console.log('It listens on this machine only. Ctrl-C stops it.');
    openInWindow(host, result, AbortSignal.any([interrupted, over.signal])).catch((error) =>
      console.error(`The result could not be opened in the window (${error.message}): open it in the Explorer.`),
    );
    await Promise.race([host.ended, aborted(interrupted)]);
  } finally {
    over.abort();
    await host.stop();
    removeFolder(folder);
  }
}

function untilInterrupted() {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** @param {AbortSignal} signal */
function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', resolve, { once: true });
  });
}

/** Such as 2026-11-21T10-30-00: sorts by time, and is a file name everywhere. */
function timeStamp() {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '-');
}
