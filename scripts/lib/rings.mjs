// The rings of tests, from the innermost outwards. Each is a process of its own, and all are run even if one fails.
// Those in a browser or in VS Code wait for it most of the time, and the others for sockets and disks: so there are lanes.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bringAnalysers } from './analysers.mjs';
import { checks } from './checks.mjs';
import { chromium, chromiumVariable } from './chromium.mjs';
import { codeServer } from './code-server.mjs';
import { inRepository, repository } from './folders.mjs';
import { bringChineseFont } from './fonts.mjs';
import { bringOtherHosts } from './other-hosts.mjs';
import { Problem } from './problem.mjs';
import { runToEnd } from './run.mjs';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {string[]} failed names
 * @property {{ name: string, reason: string }[]} skipped
 */

/**
 * @typedef {object} Ring
 * @property {string} name
 * @property {'core' | 'pages' | 'vscode'} lane rings of one lane run one after the other, the lanes beside each other
 * @property {() => Promise<Tally>} run
 */

const outputFolder = inRepository('test-output');
const minute = 60_000;
const ringLimitMs = 20 * minute;
const soakLimitMs = 120 * minute;

/** Too long for every change: only run by name. */
const onDemand = ['soak', 'sanitize'];

/** @type {readonly Ring[]} */
export const rings = [
  { name: 'check', lane: 'core', run: runChecks },
  { name: 'unit', lane: 'core', run: () => vitest('unit') },
  { name: 'native', lane: 'core', run: () => vitest('native') },
  {
    name: 'lab',
    lane: 'core',
    run: async () => {
      await bringOtherHosts();
      return vitest('lab');
    },
  },
  {
    name: 'webview',
    lane: 'pages',
    run: async () => {
      const browser = await chromium();
      await bringChineseFont();
      return playwright('webview', { [chromiumVariable]: browser });
    },
  },
  {
    name: 'vscode',
    lane: 'vscode',
    run: async () => {
      // Here, where it is seen, and not within the time limit of a test.
      await codeServer();
      await codeServer('oldest');
      await bringOtherHosts();
      return playwright('vscode', { [chromiumVariable]: await chromium() });
    },
  },
  { name: 'soak', lane: 'core', run: () => vitest('soak') },
  {
    name: 'sanitize',
    lane: 'core',
    run: async () => {
      await bringAnalysers();
      return vitest('sanitize');
    },
  },
];

/**
 * Runs the rings and prints, as the last line, how many tests passed and failed in all of them.
 *
 * @param {readonly string[]} names all that belong to every change, if none is named
 * @returns {Promise<number>} the exit code
 */
export async function runRings(names) {
  const unknown = names.filter((name) => !rings.some((ring) => ring.name === name));
  if (unknown.length > 0) {
    throw new Problem(
      `No ring of tests is called ${unknown.join(', ')}: ${rings.map((ring) => ring.name).join(', ')}.`,
      2,
    );
  }
  const chosen = rings.filter(({ name }) => (names.length === 0 ? !onDemand.includes(name) : names.includes(name)));
  const lanes = [...new Set(chosen.map(({ lane }) => lane))];
  const results = await Promise.all(lanes.map((lane) => runLane(chosen.filter((ring) => ring.lane === lane))));
  return summarise(results.flat());
}

/**
 * @typedef {object} RingResult
 * @property {string} name
 * @property {Tally} tally
 * @property {number} seconds
 */

/** @param {readonly Ring[]} lane */
async function runLane(lane) {
  /** @type {RingResult[]} */
  const results = [];
  for (const ring of lane) {
    console.log(`== ${ring.name}`);
    const from = performance.now();
    const tally = await ring.run().catch(crashed);
    if (tally.passed + tally.failed.length === 0) tally.failed.push('no test was run');
    results.push({ name: ring.name, tally, seconds: (performance.now() - from) / 1000 });
  }
  return results;
}

/** @param {readonly RingResult[]} results */
function summarise(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log('');
  for (const { name, tally, seconds } of results) {
    total.passed += tally.passed;
    total.failed += tally.failed.length;
    total.skipped += tally.skipped.length;
    const counts = `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`;
    console.log(`${name.padEnd(8)} ${counts} (${seconds.toFixed(0)} s)`);
    for (const failed of tally.failed) console.log(`  failed: ${failed}`);
    for (const skipped of tally.skipped) console.log(`  skipped: ${skipped.name}: ${skipped.reason}`);
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
}

/**
 * @param {unknown} error
 * @returns {Tally}
 */
function crashed(error) {
  console.error(error instanceof Problem ? error.message : error);
  return {
    passed: 0,
    failed: [error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error)],
    skipped: [],
  };
}

/** @returns {Promise<Tally>} */
async function runChecks() {
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [] };
  for (const { name, complaints } of checks) {
    const text = await complaints();
    console.log(`check    ${text ? 'not ok' : 'ok'}: ${name}`);
    if (text) {
      console.log(text);
      tally.failed.push(name);
    } else {
      tally.passed += 1;
    }
  }
  return tally;
}

/**
 * @param {string} project
 * @returns {Promise<Tally>}
 */
async function vitest(project) {
  const report = reportFile(project);
  const ended = await runToEnd(
    inRepository('node_modules', '.bin', 'vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { show: project, timeoutMs: onDemand.includes(project) ? soakLimitMs : ringLimitMs },
  );
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [] };
  /** @type {VitestReport | undefined} */
  const found = readReport(report);
  for (const file of found?.testResults ?? []) {
    // A file that could not even be loaded has no tests to fail.
    if (file.status === 'failed' && file.assertionResults.length === 0)
      tally.failed.push(relative(repository, file.name));
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failed.push(test.fullName);
      else tally.skipped.push({ name: test.fullName, reason: skipReason(test.meta?.skipReason) });
    }
  }
  return checkEnd(tally, ended);
}

/**
 * @typedef {{ status: string, fullName: string, meta?: { skipReason?: string } }} VitestTest
 * @typedef {{ testResults: { name: string, status: string, assertionResults: VitestTest[] }[] }} VitestReport
 */

/**
 * @param {string} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Tally>}
 */
async function playwright(suite, env) {
  const report = reportFile(suite);
  const config = join('test', suite, 'playwright.config.ts');
  const ended = await runToEnd(
    inRepository('node_modules', '.bin', 'playwright'),
    ['test', '--config', config, '--reporter=list,json'],
    {
      show: suite,
      timeoutMs: ringLimitMs,
      env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_FORCE_TTY: '0' },
    },
  );
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [] };
  /** @type {{ suites?: PlaywrightSuite[] } | undefined} */
  const found = readReport(report);
  for (const part of found?.suites ?? []) countSuite(part, [], tally);
  return checkEnd(tally, ended);
}

/**
 * @typedef {{ type: string, description?: string }} PlaywrightAnnotation
 * @typedef {{ status: string, annotations: PlaywrightAnnotation[] }} PlaywrightTest
 * @typedef {{ title: string, tests: PlaywrightTest[] }} PlaywrightSpec
 * @typedef {{ title: string, suites?: PlaywrightSuite[], specs?: PlaywrightSpec[] }} PlaywrightSuite
 */

/**
 * @param {PlaywrightSuite} suite
 * @param {string[]} above
 * @param {Tally} tally
 */
function countSuite(suite, above, tally) {
  const path = [...above, suite.title];
  for (const inner of suite.suites ?? []) countSuite(inner, path, tally);
  for (const spec of suite.specs ?? []) {
    const name = [...path, spec.title].join(' > ');
    for (const test of spec.tests) {
      if (test.status === 'expected') tally.passed += 1;
      // A test that passes only when repeated is a test that fails.
      else if (test.status === 'skipped') {
        const note = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
        tally.skipped.push({ name, reason: skipReason(note?.description) });
      } else tally.failed.push(name);
    }
  }
}

/** @param {string | undefined} reason */
function skipReason(reason) {
  return reason || 'no reason was given';
}

/** @param {string} ring */
function reportFile(ring) {
  mkdirSync(outputFolder, { recursive: true });
  const file = join(outputFolder, `${ring}.json`);
  rmSync(file, { force: true });
  return file;
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * A ring can fail without any of its tests failing: killed, or broken while it starts or ends.
 *
 * @param {Tally} tally
 * @param {import('./run.mjs').Ended} ended
 */
function checkEnd(tally, ended) {
  if (ended.timedOut) tally.failed.push('did not end in time, and was stopped');
  else if (ended.code !== 0 && tally.failed.length === 0) tally.failed.push(`ended with exit code ${ended.code}`);
  return tally;
}
