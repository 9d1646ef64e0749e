/**
 * Text that comes from a file, as Markdown that shows it letter by letter: names, labels and the words of problems may be
 * anybody's. (CommonMark 0.31, with the tables, strikethrough and autolinks of GFM.)
 */

/** Never breaks a line, begins a block, or ends a cell. */
export function escaped(text: string): string {
  return RULES.reduce((done, [pattern, replacement]) => done.replace(pattern, replacement), text);
}

const RULES: readonly (readonly [RegExp, string])[] = [
  // Marks that turn the direction of writing: behind them text reads otherwise than it is.
  [/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''],
  [/[\s\p{Cc}]+/gu, ' '],
  [/^ | $/g, ''],
  [/[\\`*[\]|~$#@]/g, '\\$&'],
  [/&/g, '&amp;'],
  [/</g, '&lt;'],
  [/>/g, '&gt;'],
  // Within a word it is no emphasis.
  [/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_'],
  // What would become a link by itself.
  [/:(?=[\p{L}/])/gu, '\\:'],
  [/\.(?=\p{L})/gu, '\\.'],
  // What begins a list, underlines a heading or is a rule.
  [/^([-+=])(?=\s|\1|$)/, '\\$1'],
  [/^(\d+)([.)])(?=\s|$)/, '$1\\$2'],
];

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** @param rows cells as text; escaped here */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => escaped(title))),
    line(columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))),
    ...rows.map((cells) => line(cells.map(escaped))),
  ].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${escaped(item)}`).join('\n');
}

/** @param href as it stands in the file: encoded by whoever made it */
export function image(alt: string, href: string): string {
  return `![${escaped(alt)}](${href})`;
}

/** A relative path for a link: no letter of a name can end it. */
export function relativeHref(path: readonly string[]): string {
  return path
    .map((name) =>
      encodeURIComponent(name).replace(/[!'()*~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}
