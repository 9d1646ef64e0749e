/** About how wide a text is, where nobody can measure it. */

export type Face = 'sans' | 'mono';

/** Advance widths of Helvetica, which Arial and Liberation Sans share, for U+0020 to U+007E; thousandths of the size. */
const SANS: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const OTHER_SANS = 600;
const MONO = 602;
/** Han, kana, hangul and their punctuation are as wide as high. */
const WIDE_FROM = 0x2e80;
const WIDE = 1000;
/** Bold letters are wider by about this. */
const BOLD = 1.07;

/** @param size of the font in pixels @returns pixels, a few per cent above what the usual fonts take */
export function textWidth(text: string, size: number, face: Face = 'sans', bold = false): number {
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= WIDE_FROM) thousandths += WIDE;
    else if (face === 'mono') thousandths += MONO;
    else thousandths += SANS[code - 0x20] ?? OTHER_SANS;
  }
  return (thousandths / 1000) * size * 1.03 * (bold ? BOLD : 1);
}

/** The text as far as it fits into `room` pixels, with an ellipsis where some of it does not. */
export function shortened(text: string, room: number, size: number): string {
  if (textWidth(text, size) <= room) return text;
  let fitting = '';
  for (const letter of text) {
    if (textWidth(`${fitting}${letter}…`, size) > room) break;
    fitting += letter;
  }
  return `${fitting.trimEnd()}…`;
}
