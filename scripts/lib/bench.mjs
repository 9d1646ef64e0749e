// What `npm run bench` is asked for, and how the benchmark learns of it.
import { Problem } from './problem.mjs';

/** Set: the figures of this run are stored as the baseline of this kind of machine. */
export const saveBaselineVariable = 'ZERO_COPY_LAB_SAVE_BASELINE';

/** The addon of another commit, whose transfers are measured in turns with those of this one. */
export const againstVariable = 'ZERO_COPY_LAB_AGAINST';

/**
 * @typedef {object} Asked
 * @property {boolean} saveBaseline
 * @property {string | undefined} against a commit; only throughput is measured then
 * @property {readonly string[]} filters of Playwright: names of files in test/bench
 */

/**
 * @param {readonly string[]} args
 * @returns {Asked}
 */
export function askedOf(args) {
  const filters = [...args];
  const saveBaseline = take(filters, '--save-baseline', 1).length > 0;
  const [option, against] = take(filters, '--against', 2);
  if (option !== undefined && against === undefined) throw new Problem('--against needs a commit.', 2);
  if (saveBaseline && against !== undefined) {
    throw new Problem('--against stores nothing: it measures both commits in turns.', 2);
  }
  return { saveBaseline, against, filters };
}

/**
 * Takes an option and what belongs to it out of the arguments.
 *
 * @param {string[]} args
 * @param {string} option
 * @param {number} length
 */
function take(args, option, length) {
  const at = args.indexOf(option);
  return at < 0 ? [] : args.splice(at, length);
}
