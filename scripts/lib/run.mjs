// Runs other programs: bounded in time, readable when they fail, and never left behind.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { repository } from './folders.mjs';
import { Problem } from './problem.mjs';

const minute = 60_000;
const firstLinesShown = 15;
const lastLinesShown = 30;

/**
 * @typedef {object} RunOptions
 * @property {string} [what] what it is for, in the words of a person: "Installing the dependencies"
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs]
 * @property {string} [show] what it writes appears here line by line, each beginning with this
 */

/**
 * @typedef {object} Ended
 * @property {number} code exit code as a shell counts it: 128 + n after signal n
 * @property {string} output both streams
 * @property {string} stdout
 * @property {boolean} timedOut
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Each program leads a process group of its own, so that stopping it stops all that it started. A terminal's Ctrl-C
 * does not reach such a group: it is passed on here.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  const end = () => {
    // A script that waits for Ctrl-C has a listener of its own, and tidies up itself.
    if (process.listenerCount(signal) > 1) return;
    for (const child of running) signalGroup(child, signal);
    // The 'exit' handlers kill what does not end and remove temporary folders.
    setTimeout(() => process.exit(128 + constants.signals[signal]), running.size > 0 ? 1000 : 0);
  };
  process.on(signal, end);
}

/**
 * Runs a program to its end, whatever its exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function runToEnd(command, args, options = {}) {
  const { cwd = repository, env = process.env, timeoutMs = 15 * minute, show } = options;
  return new Promise((resolve, reject) => {
    const child = spawnGroup(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text;
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    if (show !== undefined) {
      for (const stream of [child.stdout, child.stderr]) if (stream) showLines(stream, show.padEnd(8));
    }
    let timedOut = false;
    /** @type {NodeJS.Timeout | undefined} */
    let killTimer;
    const timer = setTimeout(() => {
      timedOut = true;
      signalGroup(child, 'SIGTERM');
      killTimer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
    }, timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(killTimer);
    };
    child.once('error', (error) => {
      settle();
      reject(new Problem(`${options.what ?? basename(command)}: ${command} could not be started (${error.message}).`));
    });
    child.once('close', (code, signal) => {
      settle();
      // A stray grandchild must not outlive the program that started it.
      signalGroup(child, 'SIGKILL');
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output, stdout, timedOut });
    });
  });
}

/**
 * Whole lines, so that programs that run side by side can be read.
 *
 * @param {import('node:stream').Readable} stream
 * @param {string} name
 */
function showLines(stream, name) {
  createInterface({ input: stream }).on('line', (line) => {
    if (line.trim() !== '') console.log(`${name} ${line}`);
  });
}

/**
 * Runs a program that has to succeed; says what failed, and its last lines, if it does not.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function run(command, args, options = {}) {
  const ended = await runToEnd(command, args, options);
  if (ended.code === 0 && !ended.timedOut) return ended;
  const how = ended.timedOut
    ? `did not end within ${Math.round((options.timeoutMs ?? 15 * minute) / 1000)} s`
    : `failed with exit code ${ended.code}`;
  const tail = excerpt(ended.output);
  const title = options.what ?? basename(command);
  throw new Problem(`${title} ${how}: ${[command, ...args].join(' ')}${tail ? `\n\n${tail}` : ''}`);
}

/**
 * Some programs say first what is wrong, some last.
 *
 * @param {string} output
 */
function excerpt(output) {
  const lines = output.trimEnd().split('\n');
  if (lines.length <= firstLinesShown + lastLinesShown) return lines.join('\n');
  return [...lines.slice(0, firstLinesShown), '[...]', ...lines.slice(-lastLinesShown)].join('\n');
}

/**
 * The first line a program prints, or undefined where it is missing or does not work.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export async function firstLine(command, args) {
  try {
    const { code, output } = await runToEnd(command, args, { timeoutMs: 30_000 });
    return code === 0 ? (output.split('\n')[0] ?? '').trim() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Says what is being done, and how long it took once it is done.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function step(what, body) {
  const from = performance.now();
  process.stderr.write(`- ${what} ...`);
  try {
    const value = await body();
    process.stderr.write(` done (${((performance.now() - from) / 1000).toFixed(1)} s)\n`);
    return value;
  } catch (error) {
    process.stderr.write(' failed\n');
    throw error;
  }
}
