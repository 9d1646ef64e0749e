/** Loads the native addon. Only the bench process does this; a crash in it takes nothing else along. */
import { constants } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { NativeAddon } from '../../native/addon.d.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';
import { fileProblem, type Loader, loadProblem } from './addonProblems.ts';
import { readText } from './host/readings.ts';

/** Both in the repository and in the packaged extension, seen from dist/. */
const ADDON = path.join('build', 'Release', 'zero_copy_lab.node');

/**
 * The addon, or the one sentence that says why it does not load.
 * @param root folder that holds dist/ and build/
 */
export function loadAddon(root: string): Outcome<NativeAddon> {
  if (process.platform !== 'linux') {
    return refuse(
      'not-linux',
      l10n.t('Runs need a Linux kernel; this is {0}.', process.platform),
      l10n.t(
        'Open the folder on a Linux host over Remote-SSH, and run the command there. Saved results open anywhere.',
      ),
    );
  }
  const file = path.join(root, ADDON);
  const problem = fileProblem(file, here);
  if (problem !== null) return { ok: false, problem };
  try {
    const holder: { exports: NativeAddon } = { exports: {} as NativeAddon };
    // All at once: what is missing shows here, and not as the end of the process in the middle of a run.
    process.dlopen(holder as unknown as NodeJS.Module, file, constants.dlopen.RTLD_NOW);
    return ok(holder.exports);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: loadProblem(file, words, here) };
  }
}

/** This process. Finding out about its library takes a while, and only a problem wants to know. */
const here: Loader = {
  arch: process.arch,
  get library() {
    return libraryHere();
  },
};

/** The C library that this process runs on: its loader is mapped into it. */
function libraryHere(): Loader['library'] {
  if (/\/ld-musl-/.test(readText('/proc/self/maps') ?? '')) return { name: 'musl' };
  const report = process.report?.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return { name: 'glibc', version: report?.header?.glibcVersionRuntime ?? null };
}
