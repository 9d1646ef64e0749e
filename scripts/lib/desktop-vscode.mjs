// The desktop's own VS Code, with a profile that is thrown away: nothing of the user's is read or changed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { repository } from './folders.mjs';
import { cleanEnvironment } from './node-environment.mjs';
import { Problem } from './problem.mjs';
import { onPath } from './system-packages.mjs';

const windowWithinMs = 120_000;
const callMs = 20_000;
const pollMs = 250;

/** Why a desktop VS Code cannot be used here, or undefined if it can. */
export function whyNoDesktop() {
  const { env } = process;
  if (!onPath('code')) return 'there is no `code` on the PATH';
  if (process.getuid?.() === 0) return 'VS Code does not run as root';
  if (env.VSCODE_IPC_HOOK_CLI) return 'this is a remote terminal of VS Code';
  if (env.WSL_DISTRO_NAME) return '`code` in WSL is the VS Code of Windows';
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  return undefined;
}

/**
 * Opens the workspace with a result in it, and resolves when VS Code has ended or `signal` says to end it.
 *
 * @param {string} profile
 * @param {string} workspace
 * @param {string} result
 * @param {AbortSignal} signal
 */
export async function openDesktop(profile, workspace, result, signal) {
  const userData = join(profile, 'user-data');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(
    join(userData, 'User', 'settings.json'),
    JSON.stringify({ 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false }, undefined, 2),
  );
  const places = ['--user-data-dir', userData, '--extensions-dir', join(profile, 'extensions')];
  await call([...places, `--extensionDevelopmentPath=${repository}`, '--new-window', workspace]);
  // VS Code opens a file named at its start before it knows the editors of extensions, that is, as JSON text. So the
  // result follows once the window's extension host is there.
  const until = performance.now() + windowWithinMs;
  while (!extensionHostStarted(userData) && performance.now() < until && !signal.aborted) await pause(signal);
  if (!signal.aborted) await call([...places, '--reuse-window', result]);
  const pid = mainProcess(userData);
  while (pid !== undefined && isRunning(pid)) {
    if (signal.aborted) process.kill(pid, 'SIGTERM');
    await delay(pollMs);
  }
}

/**
 * Asks the `code` command. It hands over to VS Code and ends; a wrapper that stays instead is left alone, too.
 *
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function call(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('code', args, { env: cleanEnvironment(), stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      child.unref();
      resolve();
    }, callMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Problem(`VS Code could not be started (${error.message}).`));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Problem(`\`code ${args.join(' ')}\` failed with exit code ${code}.`));
    });
  });
}

/** @param {AbortSignal} signal */
function pause(signal) {
  return delay(pollMs, undefined, { signal }).catch(() => undefined);
}

/** @param {string} userData */
function extensionHostStarted(userData) {
  const logs = join(userData, 'logs');
  if (!existsSync(logs)) return false;
  return readdirSync(logs, { recursive: true }).some((path) => String(path).endsWith('exthost.log'));
}

/** @param {string} userData */
function mainProcess(userData) {
  const lock = join(userData, 'code.lock');
  const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : Number.NaN;
  return pid > 0 ? pid : undefined;
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
