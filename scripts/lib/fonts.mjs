import { existsSync, readdirSync } from 'node:fs';
import { bringOnCi } from './system-packages.mjs';

const installed = '/usr/share/fonts';

/** For pages in Chinese, where a browser without such a font draws boxes; the tests pass with those, and see less. */
export async function bringChineseFont() {
  if (existsSync(installed) && readdirSync(installed, { recursive: true }).some((name) => /cjk|wqy/i.test(`${name}`)))
    return;
  await bringOnCi(
    [{ name: 'a Chinese font', apt: ['fonts-wqy-zenhei'], dnf: ['wqy-zenhei-fonts'] }],
    'to draw pages in Chinese',
  );
}
