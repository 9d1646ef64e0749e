import { codeServer } from '../../scripts/lib/code-server.mjs';
import { packOwn } from '../../scripts/lib/vsix.mjs';
import { testOutput, vsixFile } from './places.ts';

/** Once for all workers: the servers in the user's cache folder, and the extension as its users get it. */
// biome-ignore lint/style/noDefaultExport: Playwright calls this export
export default async function globalSetup(): Promise<void> {
  testOutput();
  await codeServer();
  await codeServer('oldest');
  await packOwn(vsixFile);
}
