/** The documents of the project, and the parts they are made of. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../fixtures.ts';

/** Every Markdown file of the project, from its root; those that git does not ignore. */
export const DOCUMENTS: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .trim()
  .split('\n')
  .filter((name) => existsSync(path.join(ROOT, name)));

export function read(document: string): string {
  return readFileSync(path.join(ROOT, document), 'utf8');
}

const BLOCK = /^```(\w*)\n([\s\S]*?)^```/gm;

/** Without what is shown as code. */
export function prose(document: string): string {
  return read(document)
    .replaceAll(BLOCK, '')
    .replaceAll(/`[^`\n]*`/g, '');
}

/** What stands between backticks within the prose. */
export function spansOf(document: string): readonly string[] {
  return [
    ...read(document)
      .replaceAll(BLOCK, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, span = '']) => span);
}

/** What the blocks of a language hold. */
export function blocksOf(document: string, language: string): readonly string[] {
  return [...read(document).matchAll(BLOCK)].flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

/** The places that GitHub gives the headings of a document. */
export function anchorsOf(document: string): readonly string[] {
  return [
    ...read(document)
      .replaceAll(BLOCK, '')
      .matchAll(/^#+ +(.+)$/gm),
  ].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The rows of all tables of a document that have this in their first column's head, cell by cell, as they are written. */
export function rowsOf(document: string, head: string): readonly (readonly string[])[] {
  return [...read(document).matchAll(/(?:^\|.*\n)+/gm)].flatMap(([table]) => {
    const [first = [], , ...rows] = table.trimEnd().split('\n').map(cellsOf);
    return first[0] === head ? rows : [];
  });
}

/** The rows of the table below a heading, cell by cell, in which code has no marks. */
export function tableBelow(document: string, heading: string): readonly (readonly string[])[] {
  const [, below = ''] = read(document).split(`\n## ${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(below) ?? [];
  const [, , ...rows] = table.trimEnd().split('\n');
  return rows.map((row) => cellsOf(row).map((cell) => cell.replaceAll('`', '')));
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
