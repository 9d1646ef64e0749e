// The shipped JSON schemas, as the code has them now.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inRepository, removeFolder, temporaryFolder } from './folders.mjs';

/**
 * @typedef {object} Export
 * @property {string} module
 * @property {string} name
 */

/** @type {readonly { file: string, title: string, form: Export, help?: Export }[]} */
const SCHEMAS = [
  {
    file: 'schemas/zcresult.schema.json',
    title: 'Result of Zero-Copy Lab',
    form: { module: 'src/model/result/result.ts', name: 'resultSchema' },
  },
  {
    file: 'schemas/zcexp.schema.json',
    title: 'Experiment of Zero-Copy Lab',
    form: { module: 'src/model/request/file.ts', name: 'experimentFileSchema' },
    // People write these by hand, in an editor that can propose and explain.
    help: { module: 'src/model/request/editorHelp.ts', name: 'withEditorHelp' },
  },
];

/** @returns {Promise<{ file: string, text: string }[]>} */
export async function currentSchemas() {
  // Imported late: this file is also read before the dependencies are installed.
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const folder = temporaryFolder('schemas');
  try {
    const schemas = [];
    for (const { file, title, form, help } of SCHEMAS) {
      // What JSON schema cannot say (such as the exact form of a time) is left to the code.
      const json = { title, ...toJsonSchema(await load(form, folder), { errorMode: 'ignore' }) };
      const whole = help === undefined ? json : (await load(help, folder))(json);
      schemas.push({ file, text: `${JSON.stringify(whole, null, 2)}\n` });
    }
    return schemas;
  } finally {
    removeFolder(folder);
  }
}

/**
 * @param {Export} what
 * @param {string} folder for its bundle
 */
async function load({ module, name }, folder) {
  const { build } = await import('esbuild');
  const outfile = join(folder, `${name}.cjs`);
  await build({
    entryPoints: [inRepository(module)],
    bundle: true,
    outfile,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    loader: { '.c': 'text', '.h': 'text' },
  });
  return createRequire(import.meta.url)(outfile)[name];
}
