// A suite of vitest or Playwright as a process of its own, and what its report says of each test.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRepository, repository } from './folders.mjs';
import { runToEnd } from './run.mjs';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {{ name: string, reason?: string | undefined }[]} failed
 * @property {{ name: string, reason: string }[]} skipped
 */

const outputFolder = inRepository('test-output');

/**
 * @param {string} project
 * @param {number} limitMinutes
 * @returns {Promise<Tally>}
 */
export async function vitest(project, limitMinutes) {
  const report = reportFile(project);
  const ended = await runToEnd(
    inRepository('node_modules', '.bin', 'vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { show: project, timeoutMs: limitMinutes * 60_000 },
  );
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [] };
  /** @type {VitestReport | undefined} */
  const found = readReport(report);
  for (const file of found?.testResults ?? []) {
    // A file that could not even be loaded has no tests to fail.
    if (file.status === 'failed' && file.assertionResults.length === 0)
      tally.failed.push({ name: relative(repository, file.name), reason: file.message });
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failed.push({ name: test.fullName, reason: test.failureMessages[0] });
      else tally.skipped.push({ name: test.fullName, reason: skipReason(test.meta?.skipReason) });
    }
  }
  return checkEnd(tally, ended);
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages: string[], meta?: { skipReason?: string } }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 */

/**
 * @param {string} suite
 * @param {number} limitMinutes
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Tally>}
 */
export async function playwright(suite, limitMinutes, env) {
  const report = reportFile(suite);
  const config = join('test', suite, 'playwright.config.ts');
  const ended = await runToEnd(
    inRepository('node_modules', '.bin', 'playwright'),
    ['test', '--config', config, '--reporter=list,json'],
    {
      show: suite,
      timeoutMs: limitMinutes * 60_000,
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
 * @typedef {{ error?: { message?: string } }} PlaywrightResult
 * @typedef {{ status: string, annotations: PlaywrightAnnotation[], results: PlaywrightResult[] }} PlaywrightTest
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
      } else tally.failed.push({ name, reason: test.results.find(({ error }) => error)?.error?.message });
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
  if (ended.timedOut) tally.failed.push({ name: 'did not end in time, and was stopped' });
  else if (ended.code !== 0 && tally.failed.length === 0)
    tally.failed.push({ name: `ended with exit code ${ended.code}` });
  return tally;
}
