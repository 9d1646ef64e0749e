// The shipped JSON schemas, as the code has them now.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inRepository, removeFolder, temporaryFolder } from './folders.mjs';

const SCHEMAS = [
  {
    file: 'schemas/zcresult.schema.json',
    module: 'src/model/result.ts',
    name: 'resultSchema',
    title: 'Result of Zero-Copy Lab',
  },
  {
    file: 'schemas/zcexp.schema.json',
    module: 'src/model/request/file.ts',
    name: 'experimentFileSchema',
    title: 'Experiment of Zero-Copy Lab',
  },
];

/** @returns {Promise<{ file: string, text: string }[]>} */
export async function currentSchemas() {
  // Imported late: this file is also read before the dependencies are installed.
  const { build } = await import('esbuild');
  const { toJsonSchema } = await import('@valibot/to-json-schema');
  const folder = temporaryFolder('schemas');
  try {
    const schemas = [];
    for (const { file, module, name, title } of SCHEMAS) {
      const outfile = join(folder, `${name}.cjs`);
      await build({
        entryPoints: [inRepository(module)],
        bundle: true,
        outfile,
        format: 'cjs',
        platform: 'node',
        target: 'node20',
      });
      const schema = createRequire(import.meta.url)(outfile)[name];
      // What JSON schema cannot say (such as the exact form of a time) is left to the code.
      const json = toJsonSchema(schema, { errorMode: 'ignore' });
      schemas.push({ file, text: `${JSON.stringify({ title, ...json }, null, 2)}\n` });
    }
    return schemas;
  } finally {
    removeFolder(folder);
  }
}
