// The embedded VS Code: code-server, which is VS Code's own server and workbench, from npm.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cached } from './folders.mjs';
import { nodeBuild } from './node-builds.mjs';
import { cleanEnvironment } from './node-environment.mjs';
import { run, step } from './run.mjs';

/** Part of the folder's name: raise it when the recipe below changes, so that older installs are not taken for new. */
const recipe = 1;

/**
 * @typedef {object} Release
 * @property {string} version of code-server; that of VS Code is 1.MINOR of it
 * @property {20 | 24} node the major version of Node.js it runs on
 * @property {readonly string[]} native what has to be compiled in its server part, for it to start
 * @property {readonly string[]} nativeOnTop and in itself
 */

/** The VS Code of these days, and the oldest that package.json promises to run in. */
const releases = {
  current: /** @type {Release} */ ({
    version: '4.139.1',
    node: 24,
    native: ['@vscode/spdlog', '@vscode/native-watchdog'],
    nativeOnTop: [],
  }),
  oldest: /** @type {Release} */ ({
    version: '4.100.3',
    node: 20,
    native: ['@vscode/spdlog', 'native-watchdog'],
    nativeOnTop: ['argon2'],
  }),
};

/** @typedef {keyof typeof releases} ReleaseName */

/**
 * @typedef {object} CodeServer
 * @property {string} node the Node.js that runs it
 * @property {string} entry its start script
 */

/**
 * Installs it once into the user's cache folder.
 *
 * @param {ReleaseName} [name]
 * @returns {Promise<CodeServer>}
 */
export async function codeServer(name = 'current') {
  const release = releases[name];
  const prefix = await nodeBuild(release.node);
  const folder = await cached(`code-server-${release.version}-${process.arch}-${recipe}`, (partial) =>
    step(`Installing VS Code's server (code-server ${release.version}), once for this user`, () =>
      install(partial, prefix, release),
    ),
  );
  return {
    node: join(prefix, 'bin', 'node'),
    entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/**
 * A plain `npm install code-server` compiles much that is never used here (Kerberos, SQLite). So: no scripts at all,
 * and then only the native modules that the server cannot start without.
 *
 * @param {string} folder
 * @param {string} prefix
 * @param {Release} release
 */
async function install(folder, prefix, { version, native, nativeOnTop }) {
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
  await npm(['rebuild', ...native], server);
  if (nativeOnTop.length > 0) await npm(['rebuild', ...nativeOnTop, '--build-from-source'], folder);
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
