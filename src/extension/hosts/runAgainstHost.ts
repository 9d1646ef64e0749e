/** The command "Run against another host": asks which one and how much is measured, and starts the run. */
import * as l10n from '@vscode/l10n';
import { presetsForHost, presetsForLaboratory } from '../../model/presets.ts';
import { LABORATORY } from '../../model/request/target.ts';
import type { Experiments } from '../experiments.ts';
import { askForPreset } from '../runBenchmark.ts';
import { chooseHost } from './chooseHost.ts';
import type { LastHosts } from './lastHosts.ts';

export async function runAgainstHost(experiments: Experiments, last: LastHosts): Promise<void> {
  if (!experiments.mayStart()) return;
  const title = l10n.t('Run against another host');
  const to = await chooseHost(`${title} (1/2)`, last.all());
  if (to === undefined || !(await experiments.knowsTokenOf(to))) return;
  const preset = await askForPreset(`${title} (2/2)`, to === LABORATORY ? presetsForLaboratory() : presetsForHost());
  if (preset === undefined) return;
  await last.keep(to);
  // A preset with laboratories of its own goes through those.
  const target = preset.to === undefined ? { to } : {};
  await experiments.start({ path: 'file-to-socket', preset: preset.id, ...target });
}
