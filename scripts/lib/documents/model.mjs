// The model as the documents are written from it: in English, bundled for this moment.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inRepository, removeFolder, temporaryFolder } from '../folders.mjs';

/**
 * @typedef {typeof import('../../../src/model/modes/catalogue.ts')
 *   & typeof import('../../../src/model/modes/notRun.ts')
 *   & typeof import('../../../src/model/paths.ts')
 *   & typeof import('../../../src/model/flow.ts')
 *   & typeof import('../../../src/model/myths.ts')
 *   & typeof import('../../../src/model/glossary/catalogue.ts')
 *   & typeof import('../../../src/model/glossary/term.ts')
 *   & typeof import('../../../src/model/request/place.ts')} Model
 */

const MODULES = [
  'modes/catalogue.ts',
  'modes/notRun.ts',
  'paths.ts',
  'flow.ts',
  'myths.ts',
  'glossary/catalogue.ts',
  'glossary/term.ts',
  'request/place.ts',
];

/** @returns {Promise<Model>} */
export async function bundledModel() {
  // Imported late: this file is also read before the dependencies are installed.
  const { build } = await import('esbuild');
  const folder = temporaryFolder('documents');
  try {
    const outfile = join(folder, 'model.cjs');
    await build({
      stdin: {
        contents: MODULES.map((file) => `export * from './${file}';`).join('\n'),
        resolveDir: inRepository('src', 'model'),
      },
      bundle: true,
      outfile,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    removeFolder(folder);
  }
}
