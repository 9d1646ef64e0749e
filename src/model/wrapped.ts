/**
 * Where a line may end: at blanks, and in Chinese and its like, which has none, beside every character; but not in
 * front of what closes a phrase, nor behind what opens one (UAX 14 for these scripts).
 */

/** One that is no-break keeps a number and its unit together. */
const BLANK = String.raw`[^\S\u00a0]`;
const WIDE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`;
const OPENS = '（《「『【〔';
const CLOSES = '，。、：；！？）》」』】〕';
/** Latin text has these too, where they belong to the word beside them. */
const CLINGS = String.raw`”’…·.,;:!?%)\]/\-`;

const LINE_MAY_END = new RegExp(
  [
    `(?<!${BLANK})(?=${BLANK})`,
    String.raw`(?<=[${WIDE}${CLOSES}])(?![${CLOSES}${CLINGS}\s]|$)`,
    String.raw`(?<=[^\s${OPENS}“‘])(?=[${WIDE}${OPENS}])`,
  ].join('|'),
  'u',
);

/** Pieces in as few lines as fit into `width`; a longer piece stands alone. No lines for no text. */
export function wrapped(text: string, width: number, measure: (line: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const piece of text.trim().split(LINE_MAY_END)) {
    const joined = `${lines.at(-1) ?? ''}${piece}`;
    if (lines.length > 0 && measure(joined) <= width) lines[lines.length - 1] = joined;
    else if (piece !== '') lines.push(piece.trimStart());
  }
  return lines;
}
