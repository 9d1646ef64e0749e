/** Text in columns and lines of a terminal. */

/** Rows with every column as wide as its widest cell; no blanks at the ends of lines. */
export function aligned(rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[]): readonly string[] {
  const widths = align.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) =>
        align[column] === 'left' ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** Lines of at most `width` characters, broken at blanks; a word longer than a line stands alone and sticks out. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
