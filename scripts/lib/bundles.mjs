import { inRepository } from './folders.mjs';
import { run, step } from './run.mjs';

/** Quick enough (under a second) to be done every time; so what runs is always what the sources say. */
export function buildBundles() {
  return step('Bundling', () =>
    run(process.execPath, [inRepository('esbuild.mjs')], { what: 'Bundling', timeoutMs: 120_000 }),
  );
}
