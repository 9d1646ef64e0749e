import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepository } from './folders.mjs';
import { cleanEnvironment } from './node-environment.mjs';
import { firstLine, run, step } from './run.mjs';

const stampFile = inRepository('node_modules', '.zero-copy-lab-lock');

/**
 * Installs what package-lock.json names, unless that is there already. No package's own script is run: those that
 * bring a program (esbuild, Biome) bring it as an optional dependency of this platform.
 */
export async function installDependencies() {
  const lock = readFileSync(inRepository('package-lock.json'), 'utf8');
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalled(lock)) {
    await step('Installing the dependencies (npm ci)', () =>
      run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        env: cleanEnvironment(),
        what: 'Installing the dependencies',
      }),
    );
  }
  if (!(await firstLine(inRepository('node_modules', '.bin', 'esbuild'), ['--version']))) {
    await run(process.execPath, [inRepository('node_modules', 'esbuild', 'install.js')], {
      what: 'Setting up esbuild',
    });
  }
  writeFileSync(stampFile, stamp);
}

/**
 * Whether a developer's own `npm install` has done the work: npm writes its record last, so it is never there half.
 *
 * @param {string} lock
 */
function isInstalled(lock) {
  const record = inRepository('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packages(lock);
  const present = packages(readFileSync(record, 'utf8'));
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.devOptional) continue;
    if (present[path]?.version !== entry.version || present[path]?.integrity !== entry.integrity) return false;
  }
  return true;
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry
 * @param {string} text
 * @returns {Record<string, LockEntry>}
 */
function packages(text) {
  return JSON.parse(text).packages;
}
