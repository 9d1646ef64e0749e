// ThirdPartyNotices.txt: what others wrote of the packages, and on what conditions.
import { parts } from './parts.mjs';

export const NOTICES = 'ThirdPartyNotices.txt';

const rule = '-'.repeat(80);

/** Without versions of what the build machine brings, so that it is the same everywhere. */
export function currentNotices() {
  const all = parts();
  return [
    'Zero-Copy Lab holds, or was made with, the following of others. What they are part',
    'of, and which version, is in the bill of materials of a release (CycloneDX).',
    'Written by `npm run notices`.',
    '',
    ...all.map(({ name, license }) => `${name} (${license})`),
    '',
    ...all.flatMap(({ name, license, home, text }) => [
      rule,
      `${name}`,
      `${license}, ${home}`,
      rule,
      '',
      plain(text),
      '',
    ]),
  ].join('\n');
}

/** @param {string} text */
function plain(text) {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trim();
}
