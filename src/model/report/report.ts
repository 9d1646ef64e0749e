/** A result as a report in Markdown: what it says, its numbers and pictures, and all that is needed to judge them. */
import * as l10n from '@vscode/l10n';
import { experimentFacts } from '../experimentFacts.ts';
import { arrange } from '../findings/top.ts';
import { type FactGroup, hostFactGroups } from '../hostFacts.ts';
import { newerNotice } from '../newerVersion.ts';
import { pathDescriptor } from '../paths.ts';
import type { Shade } from '../picture/palettes.ts';
import type { Result } from '../result/result.ts';
import { withSummaries } from '../summary.ts';
import { whatRan } from '../whatRan.ts';
import { hostCpuBlocks, hostPairBlocks } from './bothHosts.ts';
import { caseColumns, measuredCases } from './caseTable.ts';
import { hazardSection } from './hazardSection.ts';
import { escaped, image, list, relativeHref, table } from './markdown.ts';
import { type ReportPicture, reportPictures } from './pictures.ts';
import { footnotes, missingCases, remarkSentences } from './sentences.ts';

/** A file of an export; `path` leads to it from the folder of the export, name by name. */
export interface ExportedFile {
  readonly path: readonly string[];
  readonly text: string;
}

/** The report in one piece, with its pictures inside, for where there is no folder to put them. */
export function reportInOne(result: Result, shade: Shade): string {
  return markdown(result, shade, ({ text }) => `data:image/svg+xml;base64,${base64(text)}`).text;
}

/**
 * The report and its pictures as files. The report is the last of them, so that it never shows what is not there yet.
 * @param name of the report, such as `run.md`; its pictures lie in a folder beside it that is named after it
 */
export function reportFiles(result: Result, name: string, shade: Shade): readonly ExportedFile[] {
  const folder = `${name.replace(/\.md$/i, '')}-pictures`;
  const pathOf = (picture: ReportPicture) => [folder, `${picture.name}.svg`];
  const { text, pictures } = markdown(result, shade, (picture) => relativeHref(pathOf(picture)));
  return [...pictures.map((picture) => ({ path: pathOf(picture), text: picture.text })), { path: [name], text }];
}

interface Markdown {
  readonly text: string;
  readonly pictures: readonly ReportPicture[];
}

function markdown(given: Result, shade: Shade, hrefOf: (picture: ReportPicture) => string): Markdown {
  const result = withSummaries(given);
  const { charts, flows } = reportPictures(result, shade);
  const images = (pictures: readonly ReportPicture[]) => pictures.map((each) => image(each.alt, hrefOf(each)));
  const blocks = [
    ...heading(result),
    ...findings(result),
    ...(result.experiment.kind === 'hazards' ? hazardSection(result) : cases(result, images(charts))),
    ...section(l10n.t('CPU of both hosts'), hostCpuBlocks(result)),
    ...section(l10n.t('How the bytes go'), images(flows)),
    ...section(l10n.t('Remarks'), listed(remarkSentences(result))),
    ...section(l10n.t('Both hosts'), hostPairBlocks(result)),
    ...section(l10n.t('Experiment and host'), facts([experimentFacts(result), ...hostFactGroups(result.host)])),
  ];
  return { text: `${blocks.join('\n\n')}\n`, pictures: [...charts, ...flows] };
}

function heading(result: Result): readonly string[] {
  const { label, experiment, host, startedAt, reason } = result;
  const path = pathDescriptor(experiment.path).name;
  const title = label ?? (experiment.preset === null ? path : l10n.t('{0}, preset {1}', path, experiment.preset));
  const where = [when(startedAt), host.name, l10n.t('Linux {0}', host.kernel), host.cpu.model];
  const notices = [
    ...notWhole(result),
    ...(reason === null ? [] : [`${reason.message} ${reason.hint}`]),
    ...(newerNotice(result) === null ? [] : [newerNotice(result)?.message ?? '']),
  ];
  return [
    `# ${escaped(title)}`,
    `${escaped(whatRan(result).join(' · '))}\\\n${escaped(where.join(' · '))}`,
    ...notices.map((notice) => `> ${escaped(notice)}`),
  ];
}

function notWhole({ status }: Result): readonly string[] {
  switch (status) {
    case 'running':
      return [l10n.t('The run was under way when this was written.')];
    case 'partial':
      return [l10n.t('Partial result.')];
    case 'failed':
      return [l10n.t('Failed run.')];
    case 'complete':
      return [];
  }
}

/** `2026-11-21 10:00 UTC` */
function when(timestamp: string): string {
  return `${timestamp.slice(0, 16).replace('T', ' ')} UTC`;
}

function findings(result: Result): readonly string[] {
  const { top, rest } = arrange(result.findings);
  return [
    ...section(l10n.t('Findings'), listed(top.map(({ text }) => text))),
    ...(rest.length === 0
      ? []
      : [`### ${escaped(l10n.t('More about this run'))}`, ...listed(rest.map(({ text }) => text))]),
  ];
}

function cases(result: Result, charts: readonly string[]): readonly string[] {
  const columns = caseColumns(result);
  const measured = measuredCases(result);
  const rows = measured.map((one) => columns.map(({ cell }) => cell(one, one.summary)));
  return [
    ...section(l10n.t('Numbers'), [
      ...(rows.length === 0 ? [] : [table(columns, rows)]),
      ...listed(rows.length === 0 ? [] : footnotes(result)),
      ...charts,
    ]),
    ...section(l10n.t('Without numbers'), listed(missingCases(result))),
  ];
}

/** Nothing where there is nothing to say. */
function section(title: string, blocks: readonly string[]): readonly string[] {
  return blocks.length === 0 ? [] : [`## ${escaped(title)}`, ...blocks];
}

function listed(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [list(items)];
}

function facts(groups: readonly FactGroup[]): readonly string[] {
  return groups
    .filter((group) => group.facts.length > 0)
    .map((group) =>
      table(
        [
          { title: group.heading, align: 'left' },
          { title: '', align: 'left' },
        ],
        group.facts.map(([name, value]) => [name, value]),
      ),
    );
}

/** Of its UTF-8 bytes. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
