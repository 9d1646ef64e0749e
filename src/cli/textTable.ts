/** Text in columns and lines of a terminal, measured in its cells. */
import { wrapped as wrappedBy } from '../model/wrapped.ts';

/** What a terminal draws over the character before. */
const NO_CELL = /^\p{Mark}$/u;
/** The blocks that Unicode calls wide (UAX 11): Han, kana, hangul and their punctuation, full-width forms, emoji. */
const TWO_CELLS =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

/** How many cells of a terminal a text takes. */
export function cells(text: string): number {
  return [...text].reduce((sum, character) => sum + cellsOf(character), 0);
}

function cellsOf(character: string): number {
  if (TWO_CELLS.test(character)) return 2;
  return NO_CELL.test(character) ? 0 : 1;
}

/** The text with blanks behind it up to `width` cells. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)));
}

/** As much of the beginning as fits into `width` cells. */
export function cut(text: string, width: number): string {
  let [room, fitting] = [width, ''];
  for (const character of text) {
    room -= cellsOf(character);
    if (room < 0) break;
    fitting += character;
  }
  return fitting;
}

/** Rows with every column as wide as its widest cell; no blanks at the ends of lines. */
export function aligned(rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[]): readonly string[] {
  const widths = align.map((_, column) => Math.max(...rows.map((row) => cells(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return align[column] === 'left' ? padded(text, width) : ' '.repeat(width - cells(text)) + text;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Lines of at most `width` cells; a word longer than a line stands alone and sticks out. */
export function wrapped(text: string, width: number): readonly string[] {
  return wrappedBy(text, width, cells);
}
