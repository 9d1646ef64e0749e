/** A chart as the table it is: to be read, and to be copied with all digits. */
import * as l10n from '@vscode/l10n';
import { columnTitle, type Description, type Row, type Value } from './description.ts';

export interface TableColumn {
  readonly title: string;
  /** As it is read. */
  readonly cell: (row: Row) => string;
  /** As it is copied. */
  readonly raw: (row: Row) => string;
}

/** A column for every quantity, and two more for the ends of its intervals where it has any. */
export function tableColumns({ columns, rows }: Description): readonly TableColumn[] {
  return columns.flatMap((column, nth): TableColumn[] => {
    const of = (title: string, pick: (value: Value) => number | null): TableColumn => ({
      title,
      cell: (row) => {
        const value = pick(row.values[nth] ?? null);
        return value === null ? '–' : column.words(value);
      },
      raw: (row) => String(pick(row.values[nth] ?? null) ?? ''),
    });
    const median = (value: Value) => (value === null || typeof value === 'number' ? value : value.median);
    const end = (which: 'low' | 'high') => (value: Value) =>
      value === null || typeof value === 'number' ? null : value[which];
    const spread = rows.some((row) => end('low')(row.values[nth] ?? null) !== null);
    return [
      of(columnTitle(column), median),
      ...(spread ? [of(l10n.t('from'), end('low')), of(l10n.t('to'), end('high'))] : []),
    ];
  });
}

/** Lines of fields between tabs, as spreadsheets take them. */
export function tabSeparated(description: Description): string {
  const columns = tableColumns(description);
  const lines = [
    ['', ...columns.map(({ title }) => title)],
    ...description.rows.map((row) => [row.name, ...columns.map(({ raw }) => raw(row))]),
  ];
  return `${lines.map((fields) => fields.join('\t')).join('\n')}\n`;
}
