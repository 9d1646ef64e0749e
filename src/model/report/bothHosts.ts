/** Both hosts of a run in a report: what the work cost their CPUs, and their facts side by side. */
import * as l10n from '@vscode/l10n';
import { cpuColumns, cpuOfHosts, cpuSentences } from '../bothHosts/cpu.ts';
import { factPairs } from '../bothHosts/facts.ts';
import type { Result } from '../result/result.ts';
import { list, type TableColumn, table } from './markdown.ts';

/** Nothing for a run on one host. */
export function hostCpuBlocks(result: Result): readonly string[] {
  const cases = cpuOfHosts(result);
  if (cases.length === 0) return [];
  const columns = cpuColumns();
  const rows = cases.map((one) => [one.name, ...columns.map(({ cell }) => cell(one))]);
  return [table([left(l10n.t('mode')), ...columns.map(({ title }) => right(title))], rows), list(cpuSentences(result))];
}

/** What differs first. Nothing for a run on one host. */
export function hostPairBlocks(result: Result): readonly string[] {
  const pairs = factPairs(result);
  if (pairs.length === 0) return [];
  return [
    table(
      ['', l10n.t('sender'), l10n.t('receiver'), ''].map(left),
      pairs.map(({ name, sender, receiver, differs }) => [
        name,
        sender ?? l10n.t('unknown'),
        receiver ?? l10n.t('unknown'),
        differs ? l10n.t('differs') : '',
      ]),
    ),
  ];
}

function left(title: string): TableColumn {
  return { title, align: 'left' };
}

function right(title: string): TableColumn {
  return { title, align: 'right' };
}
