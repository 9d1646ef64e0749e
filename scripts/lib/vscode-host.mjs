// One running embedded VS Code with a home, settings and extensions of its own: `npm start` and the tests share it.
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { cleanEnvironment } from './node-environment.mjs';
import { Problem } from './problem.mjs';
import { run, signalGroup, spawnGroup } from './run.mjs';

/**
 * @typedef {object} HostOptions
 * @property {import('./code-server.mjs').CodeServer} codeServer
 * @property {string} folder for all that the server writes; the caller makes and removes it
 * @property {readonly string[]} extensions VSIX files
 * @property {boolean} [workspaceTrust] ask whether a folder is trusted, as a desktop does
 * @property {string} [language] of VS Code, which needs a language pack for any but English
 * @property {Record<string, unknown>} [settings] the user's settings.json
 * @property {NodeJS.ProcessEnv} [env]
 * @property {Elsewhere} [elsewhere] in place of this host
 */

/**
 * @typedef {object} Elsewhere
 * @property {readonly string[]} through a program and its arguments, in front of the server's
 * @property {number} port the server's, which this host reaches as its own
 */

/**
 * @typedef {object} Host
 * @property {string} origin such as http://127.0.0.1:8080
 * @property {number} pid
 * @property {string} userData the folder with settings, logs and the storage of extensions
 * @property {() => string} log what the server printed
 * @property {Promise<void>} ended
 * @property {() => Promise<void>} stop
 */

const startAttempts = 3;
const readyWithinMs = 60_000;

/** @param {string} folder of {@link HostOptions} */
export function userDataIn(folder) {
  return join(folder, 'user-data');
}

/**
 * @param {HostOptions} options
 * @returns {Promise<Host>}
 */
export async function startHost(options) {
  const { folder } = options;
  const home = join(folder, 'home');
  const userData = userDataIn(folder);
  const extensions = join(folder, 'extensions');
  for (const path of [home, extensions, join(userData, 'User')]) mkdirSync(path, { recursive: true });
  const settings = {
    'workbench.startupEditor': 'none',
    'security.workspace.trust.enabled': options.workspaceTrust === true,
    'telemetry.telemetryLevel': 'off',
    // The window is for the results: no chat beside them, no promotion of it.
    'chat.disableAIFeatures': true,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    ...options.settings,
  };
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));

  const env = cleanEnvironment({
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    ...options.env,
  });
  const places = ['--extensions-dir', extensions, '--user-data-dir', userData];
  for (const vsix of options.extensions) {
    const [program, ...args] = commandLine(options, ['--install-extension', vsix, ...places]);
    await run(program, args, {
      env,
      timeoutMs: 120_000,
      what: `Installing ${vsix} into VS Code`,
    });
  }

  for (let attempt = 1; ; attempt++) {
    const port = options.elsewhere?.port ?? (await freePort());
    const logFile = join(folder, `server-${attempt}.log`);
    const log = openSync(logFile, 'w');
    const [program, ...args] = commandLine(options, [
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.language === undefined ? [] : ['--locale', options.language]),
      ...places,
    ]);
    const child = spawnGroup(program, args, { cwd: home, env, stdio: ['ignore', log, log] });
    /** @type {Promise<void>} */
    const ended = new Promise((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    const origin = `http://127.0.0.1:${port}`;
    const state = await Promise.race([ready(origin), ended.then(() => /** @type {const} */ ('ended'))]);
    const stop = () => end(child, ended);
    if (state === 'ready' && child.pid !== undefined) {
      return { origin, pid: child.pid, userData, log: () => readFileSync(logFile, 'utf8'), ended, stop };
    }
    await stop();
    // Between asking for a free port and using it, another program may have taken it.
    if (attempt === startAttempts || !readFileSync(logFile, 'utf8').includes('EADDRINUSE')) {
      const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
      throw new Problem(`The embedded VS Code server did not start.\n\n${tail}`);
    }
  }
}

/**
 * @param {HostOptions} options
 * @param {readonly string[]} args of the server
 * @returns {[string, ...string[]]}
 */
function commandLine({ codeServer, elsewhere }, args) {
  const [program, ...others] = [...(elsewhere?.through ?? []), codeServer.node, codeServer.entry, ...args];
  return [program ?? codeServer.node, ...others];
}

/**
 * @param {string} origin
 * @returns {Promise<'ready' | 'late'>}
 */
async function ready(origin) {
  const until = performance.now() + readyWithinMs;
  while (performance.now() < until) {
    try {
      const answer = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2000) });
      await answer.arrayBuffer();
      if (answer.ok) return 'ready';
    } catch {
      // Not listening yet.
    }
    await delay(50);
  }
  return 'late';
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<void>} ended
 */
async function end(child, ended) {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
  // Extension hosts wait for their window to come back; there is none to wait for.
  signalGroup(child, 'SIGKILL');
}

/**
 * The address that opens a folder, or an empty window.
 *
 * @param {Pick<Host, 'origin'>} host
 * @param {string} [folder]
 */
export function address(host, folder) {
  // Without either, the server would open the folder it had open last.
  if (folder === undefined) return `${host.origin}/?ew=true`;
  // Slashes stay as they are, for whoever reads it in a terminal.
  return `${host.origin}/?folder=${encodeURIComponent(folder).replaceAll('%2F', '/')}`;
}

/**
 * Opens a file in the window that shows its folder, as soon as there is one.
 *
 * An address can name a file too, but VS Code opens that file before it knows the editors of its extensions: a result
 * would appear as JSON text. A window that answers here has its extensions.
 *
 * @param {Pick<Host, 'userData'>} host
 * @param {string} file
 * @param {AbortSignal} signal
 */
export async function openInWindow(host, file, signal) {
  const sessions = join(host.userData, 'code-server-ipc.sock');
  const query = `/session?filePath=${encodeURIComponent(file)}`;
  while (!signal.aborted) {
    const window = await askSocket(sessions, 'GET', query).then(readSocketPath, () => undefined);
    if (window !== undefined) {
      const request = { type: 'open', folderURIs: [], fileURIs: [encodeURI(file)], forceReuseWindow: true };
      await askSocket(window, 'POST', '/', JSON.stringify(request));
      return;
    }
    await delay(250, undefined, { signal }).catch(() => undefined);
  }
}

/** @param {string} answer */
function readSocketPath(answer) {
  /** @type {unknown} */
  const value = JSON.parse(answer);
  if (typeof value !== 'object' || value === null || !('socketPath' in value)) return undefined;
  return typeof value.socketPath === 'string' ? value.socketPath : undefined;
}

/**
 * @param {string} socketPath
 * @param {string} method
 * @param {string} path
 * @param {string} [body]
 * @returns {Promise<string>}
 */
function askSocket(socketPath, method, path, body) {
  return new Promise((resolve, reject) => {
    const question = request({ socketPath, method, path, timeout: 10_000 }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (text) => {
        answer += text;
      });
      response.once('end', () => {
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`the window answered ${response.statusCode}: ${answer}`));
      });
    });
    question.once('timeout', () => question.destroy(new Error('the window did not answer')));
    question.once('error', reject);
    question.end(body);
  });
}
