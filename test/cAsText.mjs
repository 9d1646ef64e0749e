// For tests that Node itself loads (Playwright's): C files and shell scripts are imported as text, as esbuild.mjs has it.
//   import { register } from 'node:module';
//   register('../cAsText.mjs', import.meta.url);
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!/\.(c|h|sh)$/.test(url)) return nextLoad(url, context);
  const text = await readFile(fileURLToPath(url), 'utf8');
  return { format: 'module', source: `export default ${JSON.stringify(text)};`, shortCircuit: true };
}
