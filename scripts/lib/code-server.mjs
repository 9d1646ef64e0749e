// The embedded VS Code: code-server, which is VS Code's own server and workbench, from npm.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cached } from './folders.mjs';
import { node24 } from './node-24.mjs';
import { cleanEnvironment } from './node-environment.mjs';
import { run, step } from './run.mjs';

const version = '4.139.1';
/** Part of the folder's name: raise it when the recipe below changes, so that older installs are not taken for new. */
const recipe = 1;

/**
 * @typedef {object} CodeServer
 * @property {string} node the Node.js that runs it
 * @property {string} entry its start script
 */

/**
 * Installs it once into the user's cache folder.
 *
 * @returns {Promise<CodeServer>}
 */
export async function codeServer() {
  const prefix = await node24();
  const folder = await cached(`code-server-${version}-${process.arch}-${recipe}`, (partial) =>
    step(`Installing VS Code's server (code-server ${version}), once for this user`, () => install(partial, prefix)),
  );
  return {
    node: join(prefix, 'bin', 'node'),
    entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/**
 * A plain `npm install code-server` compiles much that is never used here (Kerberos, SQLite). So: no scripts at all,
 * and then only the two native modules that the server cannot start without.
 *
 * @param {string} folder
 * @param {string} prefix
 */
async function install(folder, prefix) {
  const env = cleanEnvironment({
    PATH: [join(prefix, 'bin'), process.env.PATH].join(delimiter),
    npm_config_nodedir: prefix,
  });
  /**
   * @param {string[]} args
   * @param {string} cwd
   */
  const npm = (args, cwd) =>
    run('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, what: `Installing code-server ${version}` });

  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  await npm(['install', '--ignore-scripts', `code-server@${version}`], folder);
  const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  // Not `npm ci`: the shrinkwrap that comes with it lacks a package.
  await npm(['install', '--omit=dev', '--ignore-scripts'], server);
  await npm(['install', '--omit=dev', '--ignore-scripts'], join(server, 'extensions'));
  await npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], server);
  prune(folder, server);
}

/**
 * Takes out what this project never uses; more than half of the bytes.
 *
 * @param {string} folder
 * @param {string} server
 */
function prune(folder, server) {
  rmSync(join(server, 'node_modules', '@github'), { recursive: true, force: true });
  rmSync(join(server, 'extensions', 'copilot'), { recursive: true, force: true });
  const native = `linux-${process.arch}`;
  /** @param {string} at */
  const visit = (at) => {
    for (const item of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, item.name);
      if (item.isSymbolicLink()) continue;
      if (item.isFile()) {
        if (item.name.endsWith('.map')) rmSync(path);
      } else if (item.name === 'prebuilds') {
        for (const platform of readdirSync(path)) {
          if (platform !== native) rmSync(join(path, platform), { recursive: true, force: true });
        }
      } else if (item.name.startsWith('obj') && at.endsWith(join('build', 'Release'))) {
        rmSync(path, { recursive: true, force: true });
      } else {
        visit(path);
      }
    }
  };
  visit(folder);
  if (!existsSync(join(server, 'node_modules'))) throw new Error('code-server was installed without its modules');
}
