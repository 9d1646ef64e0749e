import { existsSync, readdirSync } from 'node:fs';
import { bringOnCi } from './system-packages.mjs';

const installed = '/usr/share/fonts';

const fonts = [
  { name: 'a Chinese font', files: /cjk|wqy/i, apt: ['fonts-wqy-zenhei'], dnf: ['wqy-zenhei-fonts'] },
  { name: 'DejaVu Sans', files: /DejaVuSans\.ttf/, apt: ['fonts-dejavu-core'], dnf: ['dejavu-sans-fonts'] },
];

/** For pages in Chinese, where a browser without such a font draws boxes, and in wide letters; the tests pass without, and see less. */
export async function bringFonts() {
  const present = existsSync(installed) ? readdirSync(installed, { recursive: true, encoding: 'utf8' }) : [];
  const missing = fonts.filter(({ files }) => !present.some((name) => files.test(name)));
  if (missing.length > 0) await bringOnCi(missing, 'to draw pages with');
}
