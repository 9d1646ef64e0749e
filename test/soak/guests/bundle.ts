/** Programs of this folder for Node in a guest, which has neither this repository nor its modules. */
import path from 'node:path';
import { build } from 'esbuild';
import { inRepository } from '../../../scripts/lib/folders.mjs';

/** @param program a file of this folder, without its suffix @returns the one file it has become, in `folder` */
export async function bundle(program: string, folder: string): Promise<string> {
  const outfile = path.join(folder, `${program}.js`);
  await build({
    absWorkingDir: inRepository(),
    entryPoints: [`test/soak/guests/${program}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    loader: { '.c': 'text', '.h': 'text' },
    logLevel: 'error',
  });
  return outfile;
}
