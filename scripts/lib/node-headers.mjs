import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeBuild } from './node-builds.mjs';

/**
 * The folder whose include/node holds Node-API's headers: the running Node.js brought them along, or npm brings them.
 * Which version they are of does not matter to the addon: it uses Node-API 8 only, which all of them share.
 */
export async function headersPrefix() {
  const own = dirname(dirname(realpathSync(process.execPath)));
  const complete = ['node_api.h', 'common.gypi', 'config.gypi'].every((file) =>
    existsSync(join(own, 'include', 'node', file)),
  );
  return complete ? own : nodeBuild(24);
}
