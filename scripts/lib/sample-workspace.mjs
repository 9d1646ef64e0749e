import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { cached, inRepository } from './folders.mjs';

/** The workspace that `npm start` opens: a copy in the user's cache folder, so that a clone stays as it was cloned. */
export async function sampleWorkspace() {
  return cached('workspace', async (folder) => {
    cpSync(inRepository('samples', 'workspace'), join(folder), { recursive: true });
  });
}
