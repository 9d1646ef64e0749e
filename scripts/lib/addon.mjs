import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { checkBuildTools } from './build-tools.mjs';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { inRepository } from './folders.mjs';
import { bringCompilers, buildOtherReceivers, hasOtherReceivers } from './machines.mjs';
import { headersPrefix } from './node-headers.mjs';
import { run, step } from './run.mjs';

export const addonFile = inRepository('build', 'Release', 'zero_copy_lab.node');
/** The programs beside it: for an exchange between processes, for laboratories, and for another host. */
const programs = ['zcl-consumer', 'zcl-launcher', 'zcl-receiver'].map((name) => inRepository('build', 'Release', name));
const stampFile = inRepository('build', 'zero-copy-lab-stamp.json');

/**
 * Builds the addon, unless it is there and made of these very sources.
 */
export async function buildAddon() {
  const [major] = process.versions.node.split('.');
  const sources = [inRepository('native'), inRepository('test', 'native', 'liars')];
  const stamp = {
    // What a changed compile command depends on: everything is built anew.
    recipe: fingerprint(
      [inRepository('binding.gyp'), inRepository('package-lock.json')],
      // A new or a vanished file changes what make has to know, too.
      [
        `node ${major}`,
        process.arch,
        process.env.CXX ?? '',
        process.env.CXXFLAGS ?? '',
        ...sources.flatMap(filesBelow),
      ],
    ),
    // What make sees by itself: only the files that changed are compiled.
    sources: fingerprint(sources),
  };
  await bringCompilers();
  const before = [addonFile, ...programs].every((file) => existsSync(file)) ? readStamp() : undefined;
  if (before?.recipe === stamp.recipe && before.sources === stamp.sources && hasOtherReceivers()) return;

  await checkBuildTools();
  const prefix = await headersPrefix();
  const gyp = inRepository('node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const commands = before?.recipe === stamp.recipe ? ['build'] : ['rebuild'];
  await step('Building the addon', () =>
    run(process.execPath, [gyp, ...commands, `--nodedir=${prefix}`, `--jobs=${availableParallelism()}`], {
      what: 'Building the addon',
    }),
  );
  await buildOtherReceivers();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(stamp, undefined, 2)}\n`);
}

/** @returns {{ recipe?: string, sources?: string } | undefined} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}
