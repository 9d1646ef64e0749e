// Node.js from npm: it runs the embedded VS Code servers, and its headers build the addon where the machine's own
// Node.js came without any.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './folders.mjs';
import { cleanEnvironment } from './node-environment.mjs';
import { Problem } from './problem.mjs';
import { run, step } from './run.mjs';

/** The build of each major version that is used here. */
const versions = /** @type {const} */ ({ 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' });

/**
 * The folder with bin/node and include/node.
 *
 * @param {keyof typeof versions} major
 * @param {string} [arch] of another machine, for an emulator of it
 */
export function nodeBuild(major, arch = process.arch) {
  const version = versions[major];
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(arch)) {
    throw new Problem(`npm has no Node.js ${version} for ${process.platform} on ${arch}.`);
  }
  const name = `node-linux-${arch}`;
  return cached(`${name}-${version}`, (folder) =>
    step(`Fetching Node.js ${version} from npm`, async () => {
      const work = join(folder, 'work');
      mkdirSync(work);
      writeFileSync(join(work, 'package.json'), '{"private":true}\n');
      // By force, for npm would not install what does not run here.
      await run('npm', ['install', '--force', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`], {
        cwd: work,
        env: cleanEnvironment(),
        what: `Fetching Node.js ${version}`,
      });
      for (const part of ['bin', 'include']) {
        renameSync(join(work, 'node_modules', name, part), join(folder, part));
      }
      rmSync(work, { recursive: true });
    }),
  );
}
