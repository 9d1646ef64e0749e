import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRepository } from './folders.mjs';
import { Problem } from './problem.mjs';
import { firstLine } from './run.mjs';
import { bringPackages, onPath } from './system-packages.mjs';

/** How the page tests learn which browser to use. */
export const chromiumVariable = 'ZERO_COPY_LAB_CHROMIUM';

/** Without a sandbox, because a container often forbids one; without services that would use the network. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** And for pages that live for some seconds: what a compiler that optimises does for them does not pay before they end. */
export const shortLivedFlags = [...chromiumFlags, '--js-flags=--no-maglev --no-turbofan'];

/** A Chromium for the page tests; brings one, or says how. */
export async function chromium() {
  const own = process.env[chromiumVariable];
  if (own) {
    if (await works(own)) return own;
    throw new Problem(`${chromiumVariable} names ${own}, which does not start.`);
  }
  const found = await findChromium();
  if (found) return found;
  if (/^ID=ubuntu$/m.test(osRelease()) && !process.env.CI) {
    // Ubuntu's own package is a snap, which cannot see this test's folders.
    throw new Problem(
      'Missing, for the page tests: Chromium.\nInstall with:\n\n    npx playwright install --with-deps chromium\n\nand run this again.',
    );
  }
  // Debian has it without the windows that nobody sees, which are nearly half of its work on short pages.
  const apt = /^ID=debian$/m.test(osRelease()) ? 'chromium-headless-shell' : 'chromium';
  await bringPackages(
    [{ name: 'Chromium', apt: [apt, 'fonts-liberation'], dnf: ['chromium', 'liberation-fonts'] }],
    'for the page tests',
  );
  const installed = await findChromium();
  if (!installed) throw new Problem('Chromium was installed, but does not start.');
  return installed;
}

async function findChromium() {
  const candidates = [
    'chromium-headless-shell',
    'chromium',
    'google-chrome',
    'google-chrome-stable',
    'chromium-browser',
  ].map(onPath);
  for (const path of [...candidates, playwrightsOwn()]) {
    if (path && (await works(path))) return path;
  }
  return undefined;
}

function playwrightsOwn() {
  /** @type {{ chromium: { executablePath(): string } }} */
  const playwright = createRequire(inRepository('package.json'))('playwright-core');
  const path = playwright.chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/** @param {string} path */
async function works(path) {
  return (await firstLine(path, ['--version'])) !== undefined;
}

function osRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}
