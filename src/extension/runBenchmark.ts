/** The command: asks for path and preset, and starts the run. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { FILE_PATHS, pathDescriptors } from '../model/paths.ts';
import { type Preset, presetsFor } from '../model/presets.ts';
import type { PathId } from '../model/result/path.ts';
import type { Experiments } from './experiments.ts';

/** @param source a file from the Explorer, or undefined for a generated source */
export async function runBenchmark(experiments: Experiments, source: vscode.Uri | undefined): Promise<void> {
  if (!experiments.mayStart(source)) return;
  const title = l10n.t('Run zero-copy benchmark');
  const chosen = await askForExperiment(title, source);
  if (chosen === undefined) return;
  const what = { path: chosen.path, preset: chosen.preset.id };
  await experiments.start(source === undefined ? what : { ...what, source: source.fsPath }, source);
}

/** @param title of the two questions @returns what was chosen, or undefined for none */
export async function askForExperiment(
  title: string,
  source: vscode.Uri | undefined,
): Promise<{ readonly path: PathId; readonly preset: Preset } | undefined> {
  const chosenPath = await vscode.window.showQuickPick(
    pathDescriptors()
      .filter(({ id }) => source === undefined || FILE_PATHS.includes(id))
      .map((each) => ({ label: each.name, detail: each.summary, id: each.id })),
    { title: `${title} (1/2)`, placeHolder: l10n.t('Where do the bytes go?') },
  );
  if (chosenPath === undefined) return undefined;
  const preset = await askForPreset(`${title} (2/2)`, presetsFor(chosenPath.id, source !== undefined));
  return preset === undefined ? undefined : { path: chosenPath.id, preset };
}

/** @returns what was chosen, or undefined for none */
export async function askForPreset(title: string, presets: readonly Preset[]): Promise<Preset | undefined> {
  const items = presets.map((preset) => ({ label: preset.id, detail: preset.summary, preset }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: l10n.t('How much is measured?') }))?.preset;
}
