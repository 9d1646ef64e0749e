/** Activation: wires the parts together, does nothing else. */
import path from 'node:path';
import * as vscode from 'vscode';
import { configureLanguage } from '../lab/language.ts';
import { compareChosen } from './compareChosen.ts';
import { ComparePanels } from './comparePanel.ts';
import { HostProbe } from './hostProbe.ts';
import { COMMANDS, COMPARE_PANEL, RESULT_EDITOR } from './ids.ts';
import { LiveRuns } from './liveRuns.ts';
import { ResultEditorProvider } from './resultEditor.ts';
import { runBenchmark } from './runBenchmark.ts';

export function activate(context: vscode.ExtensionContext): void {
  const root = context.extensionPath;
  const language = vscode.env.language;
  configureLanguage(root, language);
  const log = vscode.window.createOutputChannel('Zero-Copy Lab', { log: true });
  const manifest = context.extension.packageJSON as { version: string };
  const runs = new LiveRuns({ root, language }, `zero-copy-lab ${manifest.version}`, log);
  const probe = new HostProbe(context.extensionUri, { root, language }, log);
  const comparisons = new ComparePanels(context.extensionUri, language);
  const storage = path.join(context.globalStorageUri.fsPath, 'results');
  context.subscriptions.push(
    log,
    probe,
    vscode.commands.registerCommand(COMMANDS.run, () => runBenchmark(runs, storage, undefined)),
    vscode.commands.registerCommand(COMMANDS.runOnFile, (uri?: vscode.Uri) => runBenchmark(runs, storage, uri)),
    vscode.commands.registerCommand(COMMANDS.probe, () => probe.show(storage)),
    vscode.commands.registerCommand(COMMANDS.compare, (...chosen: unknown[]) =>
      compareChosen(comparisons, storage, chosen),
    ),
    vscode.window.registerWebviewPanelSerializer(COMPARE_PANEL, comparisons),
    vscode.window.registerCustomEditorProvider(
      RESULT_EDITOR,
      new ResultEditorProvider(context.extensionUri, language, runs),
    ),
  );
}
