/** Activation: wires the parts together, does nothing else. */
import path from 'node:path';
import * as vscode from 'vscode';
import { configureLanguage } from '../lab/language.ts';
import { HostProbe } from './hostProbe.ts';
import { COMMANDS, RESULT_EDITOR } from './ids.ts';
import { LiveRuns } from './liveRuns.ts';
import { ResultEditorProvider } from './resultEditor.ts';
import { ResultCommands } from './results/commands.ts';
import { ResultTree } from './results/tree.ts';
import { ResultsView } from './results/view.ts';
import { runBenchmark } from './runBenchmark.ts';

export function activate(context: vscode.ExtensionContext): void {
  const root = context.extensionPath;
  const language = vscode.env.language;
  configureLanguage(root, language);
  const log = vscode.window.createOutputChannel('Zero-Copy Lab', { log: true });
  const manifest = context.extension.packageJSON as { version: string };
  const runs = new LiveRuns({ root, language }, `zero-copy-lab ${manifest.version}`, log);
  const probe = new HostProbe(context.extensionUri, { root, language }, log);
  const storage = path.join(context.globalStorageUri.fsPath, 'results');
  const tree = new ResultTree(storage, language, log);
  const results = new ResultsView(tree, storage, runs);
  context.subscriptions.push(
    log,
    probe,
    tree,
    results,
    new ResultCommands(tree, results, storage),
    vscode.commands.registerCommand(COMMANDS.run, () => runBenchmark(runs, storage, undefined)),
    vscode.commands.registerCommand(COMMANDS.runOnFile, (uri?: vscode.Uri) => runBenchmark(runs, storage, uri)),
    vscode.commands.registerCommand(COMMANDS.probe, () => probe.show(storage)),
    vscode.window.registerCustomEditorProvider(
      RESULT_EDITOR,
      new ResultEditorProvider(context.extensionUri, language, runs),
    ),
  );
}
