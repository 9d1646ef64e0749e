// The rings of tests, from the innermost outwards. Each is a process of its own, and all are run even if one fails.
// Those in a browser or in VS Code wait for it most of the time, and the others for sockets and disks: so there are lanes.
import { stripVTControlCharacters } from 'node:util';
import { checks } from './checks.mjs';
import { chromium, chromiumVariable } from './chromium.mjs';
import { codeServer } from './code-server.mjs';
import { bringFonts } from './fonts.mjs';
import { Problem } from './problem.mjs';
import { playwright, vitest } from './suites.mjs';
import { analysers, bring, otherHosts, otherSystems } from './test-programs.mjs';

/** @typedef {import('./suites.mjs').Tally} Tally */

/**
 * @typedef {object} Ring
 * @property {string} name
 * @property {'core' | 'pages' | 'vscode'} lane rings of one lane run one after the other, the lanes beside each other
 * @property {() => Promise<Tally>} run
 */

/** Too long for every change: only run by name. */
const onDemand = ['soak', 'sanitize'];

/** Of a single ring; .ci/run as a whole is to stay below 30. */
const ringMinutes = 25;
const onDemandMinutes = 120;

/** @type {readonly Ring[]} */
export const rings = [
  { name: 'check', lane: 'core', run: runChecks },
  { name: 'unit', lane: 'core', run: () => vitest('unit', ringMinutes) },
  { name: 'native', lane: 'core', run: () => vitest('native', ringMinutes) },
  {
    name: 'lab',
    lane: 'core',
    run: async () => {
      await bring(otherHosts);
      return vitest('lab', ringMinutes);
    },
  },
  {
    name: 'webview',
    lane: 'pages',
    run: async () => {
      const browser = await chromium();
      await bringFonts();
      return playwright('webview', ringMinutes, { [chromiumVariable]: browser });
    },
  },
  {
    name: 'vscode',
    lane: 'vscode',
    run: async () => {
      // Here, where it is seen, and not within the time limit of a test.
      await codeServer();
      await codeServer('oldest');
      await bring(otherHosts);
      return playwright('vscode', ringMinutes, { [chromiumVariable]: await chromium() });
    },
  },
  {
    name: 'soak',
    lane: 'core',
    run: async () => {
      await bring(otherHosts);
      await bring(otherSystems);
      return vitest('soak', onDemandMinutes);
    },
  },
  {
    name: 'sanitize',
    lane: 'core',
    run: async () => {
      await bring(analysers);
      return vitest('sanitize', onDemandMinutes);
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
    if (tally.passed + tally.failed.length === 0) tally.failed.push({ name: 'no test was run' });
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
    for (const failed of tally.failed) {
      console.log(`  failed: ${failed.name}`);
      if (failed.reason) console.log(excerpt(failed.reason).replaceAll(/^/gm, '    '));
    }
    for (const skipped of tally.skipped) console.log(`  skipped: ${skipped.name}: ${skipped.reason}`);
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
}

/** Where a test broke, without the rest of its report, which is far above. @param {string} report */
function excerpt(report) {
  return stripVTControlCharacters(report).trim().split('\n').slice(0, 12).join('\n');
}

/**
 * @param {unknown} error
 * @returns {Tally}
 */
function crashed(error) {
  console.error(error instanceof Problem ? error.message : error);
  return {
    passed: 0,
    failed: [{ name: error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error) }],
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
      tally.failed.push({ name, reason: text });
    } else {
      tally.passed += 1;
    }
  }
  return tally;
}
