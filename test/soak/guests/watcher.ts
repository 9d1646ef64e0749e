/**
 * Runs a command and samples what it does, on all CPUs. A program of its own:
 *   node watcher.js ROOT COMMAND ...
 * ROOT holds build/. A command called zcl-sender counts as the sender. Prints one line of JSON: see Watched.
 */
import { spawnSync } from 'node:child_process';
import { loadAddon } from '../../../src/lab/addon.ts';
import { StackSums } from '../../../src/lab/stackSums.ts';
import { readKernelSymbols } from '../../../src/lab/symbols.ts';
import type { NamedStack } from '../../../src/model/evidence/stacks.ts';

export interface Watched {
  /** What the command printed. */
  readonly output: string;
  readonly periodNs: number;
  readonly stacks: readonly NamedStack[];
}

/** The rings of the sampler are emptied at the end: with so few, some seconds fit into them. */
const samplesPerSecond = 397;

function watch(root: string, command: string, words: readonly string[]): Watched {
  const addon = loadAddon(root);
  const table = readKernelSymbols();
  if (!addon.ok || table.kind === 'hidden') throw new Error('no addon, or no symbols');
  const sampler = addon.value.openSampler(samplesPerSecond, true);
  if (!sampler.ok) throw new Error(sampler.error.message);
  const from = now();
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  const sampled = sampler.value.collect(from, now());
  sampler.value.close();
  if (status !== 0 || !sampled.ok) throw new Error(`${command} ended with ${status}: ${stderr}`);
  if (sampled.value.lost > 0) throw new Error(`${sampled.value.lost} samples found no room`);
  const sums = new StackSums();
  sums.add(sampled.value);
  return { output: stdout, periodNs: sums.periodNs, stacks: sums.named(table.symbols) };
}

/** By CLOCK_MONOTONIC, in ns. */
function now(): number {
  return Number(process.hrtime.bigint());
}

const [, , root = '', command = '', ...words] = process.argv;
process.stdout.write(`${JSON.stringify(watch(root, command, words))}\n`);
