/** What the system did when hazards met modes, as Markdown: a table of outcomes, and each of them in words. */
import * as l10n from '@vscode/l10n';
import { modeName } from '../caseName.ts';
import { modesOf } from '../caseSize.ts';
import { hazardsOf, tellHazard } from '../hazards.ts';
import type { Result } from '../result/result.ts';
import { formatBytes } from '../units.ts';
import { escaped, list, table } from './markdown.ts';

export function hazardSection(result: Result): readonly string[] {
  const { path, bytes } = result.experiment;
  const hazards = hazardsOf(path).filter(({ id }) => result.cases.some((one) => one.hazard?.kind === id));
  const modes = modesOf(result);
  const telling = (mode: string, hazard: string) => {
    const one = result.cases.find((each) => each.mode === mode && each.hazard?.kind === hazard);
    return one === undefined ? null : tellHazard(one);
  };
  const atByte = result.cases[0]?.hazard?.atByte ?? 0;
  return [
    `## ${escaped(l10n.t('Hazards'))}`,
    escaped(l10n.t('Each happens when {0} of {1} are on their way.', formatBytes(atByte), formatBytes(bytes))),
    table(
      [
        { title: l10n.t('mode'), align: 'left' },
        ...hazards.map(({ name }) => ({ title: name, align: 'left' as const })),
      ],
      modes.map((mode) => [
        modeName(mode),
        ...hazards.map(({ id }) => telling(mode, id)?.label ?? l10n.t('not tried')),
      ]),
    ),
    ...hazards.flatMap(({ id, name, what }) => {
      // Modes with the same outcome are named together.
      const modesOfText = new Map<string, string[]>();
      for (const mode of modes) {
        const text = telling(mode, id)?.text;
        if (text !== undefined) modesOfText.set(text, [...(modesOfText.get(text) ?? []), modeName(mode)]);
      }
      return [
        `### ${escaped(name)}`,
        escaped(what),
        list([...modesOfText].map(([text, named]) => `${named.join('; ')}: ${text}`)),
      ];
    }),
  ];
}
