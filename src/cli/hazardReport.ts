/** A result with hazards as text for a terminal: a list per mode of what the system did. */
import * as l10n from '@vscode/l10n';
import { hazardsOf, tellHazard } from '../model/hazards.ts';
import { findMode } from '../model/modes/catalogue.ts';
import { pathDescriptor } from '../model/paths.ts';
import type { Case } from '../model/result/case.ts';
import type { Result } from '../model/result/result.ts';
import { formatBytes } from '../model/units.ts';
import { cells, padded } from './textTable.ts';

export function reportHazards(result: Result): string {
  const { experiment, host } = result;
  const modes = [...new Set(result.cases.map((one) => one.mode))];
  return [
    l10n.t(
      '{0}: {1} generated anew for each hazard',
      pathDescriptor(experiment.path).name,
      formatBytes(experiment.bytes),
    ),
    l10n.t('{0} on {1}; Linux {2}, {3}', host.filesystem.type, host.filesystem.device, host.kernel, host.cpu.model),
    ...hazardsOf(experiment.path).map((hazard) => `  ${hazard.name}: ${hazard.what}`),
    ...modes.flatMap((mode) => [
      '',
      findMode(mode)?.name ?? mode,
      ...result.cases.filter((one) => one.mode === mode).map((one) => line(one, experiment.path)),
    ]),
    ...(result.reason === null ? [] : ['', `${result.reason.message} ${result.reason.hint}`]),
  ].join('\n');
}

function line(one: Case, path: Case['path']): string {
  const names = hazardsOf(path);
  const width = Math.max(...names.map(({ name }) => cells(name)));
  const name = names.find(({ id }) => id === one.hazard?.kind)?.name ?? '';
  const telling = tellHazard(one);
  const mark = telling?.tone === 'silent' ? '!' : ' ';
  return `${mark} ${padded(name, width)}  ${telling === null ? l10n.t('not tried') : `${telling.label}. ${telling.text}`}`.trimEnd();
}
