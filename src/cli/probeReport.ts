/** A probe as text for a terminal. Pure: a report and a width in, text out. */
import * as l10n from '@vscode/l10n';
import type { FactGroup } from '../model/hostFacts.ts';
import { hostFactGroups, networkFacts } from '../model/hostFacts.ts';
import { modesNotRun } from '../model/modes/notRun.ts';
import type { LaboratoryProbe, ModeProbe, ProbeReport, RouteProbe } from '../model/probe.ts';
import { aligned, cells, padded, wrapped } from './textTable.ts';

const INDENT = '    ';

/** Modes and what became of them, with reasons below their rows; modes that are only named; the facts. */
export function reportProbe(report: ProbeReport, width: number): string {
  const { host, directory, modes } = report;
  const working = modes.filter((each) => each.status === 'works').length;
  return [
    l10n.t('{0} of {1} ways to move bytes work here:', working, modes.length),
    ...indented(l10n.t('{0}, Linux {1}', host.name, host.kernel), width),
    ...indented(l10n.t('{0} on {1} at {2}', directory, host.filesystem.type, host.filesystem.mountPoint), width),
    '',
    ...modeTable(modes, width),
    '',
    ...routeLines(report.route, width),
    ...laboratoryLines(report.laboratory, width),
    '',
    l10n.t('Named, and not run'),
    ...modesNotRun().flatMap(({ id, why }) => [id, ...indented(why, width)]),
    ...hostFactGroups(host).flatMap((group) => ['', ...factLines(group, width)]),
  ].join('\n');
}

function modeTable(modes: readonly ModeProbe[], width: number): readonly string[] {
  const [heading = '', ...rows] = aligned(
    [[l10n.t('mode'), l10n.t('path'), l10n.t('here')], ...modes.map((each) => [each.mode, each.path, verdict(each)])],
    ['left', 'left', 'left'],
  );
  return [heading, ...rows.flatMap((row, nth) => [row, ...indented(remarks(modes[nth] as ModeProbe), width)])];
}

/** How the interface is set that bytes for another host leave by; without scatter-gather every packet is copied once more. */
function routeLines(route: RouteProbe | null, width: number): readonly string[] {
  if (route === null) return [];
  const { to, interface: link, problem } = route;
  if (link === null) {
    return [l10n.t('No way to {0}', to), ...indented(`${problem?.message ?? ''} ${problem?.hint ?? ''}`, width), ''];
  }
  return [
    l10n.t('Bytes for {0} leave by:', to),
    ...networkFacts(link).map(([name, value]) => `${INDENT}${name}: ${value}`),
    ...(link.scatterGather === false
      ? indented(
          l10n.t('Without scatter-gather the CPU copies every packet once more, whichever mode sends it.'),
          width,
        )
      : []),
    '',
  ];
}

function laboratoryLines({ problem, switches }: LaboratoryProbe, width: number): readonly string[] {
  if (problem !== null) {
    return [l10n.t('No laboratory (--to lab) here'), ...indented(`${problem.message} ${problem.hint}`, width)];
  }
  const set = switches.filter((each) => each.problem === null).map(({ id }) => id);
  return [
    l10n.t('A laboratory (--to lab) can be made here, and set by:'),
    ...indented(set.join(', '), width),
    ...switches.flatMap((each) =>
      each.problem === null
        ? []
        : [l10n.t('not by {0}', each.id), ...indented(`${each.problem.message} ${each.problem.hint}`, width)],
    ),
  ];
}

function verdict({ status, problem }: ModeProbe): string {
  if (status === 'works') return l10n.t('works');
  const word = status === 'unsupported' ? l10n.t('unsupported') : l10n.t('failed');
  return `${word}: ${problem?.code ?? ''}`;
}

function remarks({ problem, notes }: ModeProbe): string {
  return [...(problem === null ? [] : [problem.message, problem.hint]), ...notes].join(' ');
}

function factLines({ heading, facts }: FactGroup, width: number): readonly string[] {
  const nameWidth = Math.max(...facts.map(([name]) => cells(name)));
  const lines = facts.flatMap(([name, value]) => {
    const [first = '', ...rest] = wrapped(value, width - nameWidth - 4);
    return [`  ${padded(name, nameWidth)}  ${first}`, ...rest.map((line) => `${' '.repeat(nameWidth + 4)}${line}`)];
  });
  return [heading, ...lines];
}

function indented(text: string, width: number): readonly string[] {
  return wrapped(text, width - INDENT.length).map((line) => INDENT + line);
}
