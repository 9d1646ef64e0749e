// The documents that are written from the model, as it has them now.
import { glossaryDocument } from './documents/glossary.mjs';
import { bundledModel } from './documents/model.mjs';
import { modesDocument } from './documents/modes.mjs';
import { mythsDocument } from './documents/myths.mjs';

/** @returns {Promise<{ file: string, text: string }[]>} */
export async function currentDocuments() {
  const model = await bundledModel();
  return [
    { file: 'docs/modes.md', text: modesDocument(model) },
    { file: 'docs/myths.md', text: mythsDocument(model) },
    { file: 'docs/glossary.md', text: glossaryDocument(model) },
  ];
}
