/** Activation: wires the parts together, does nothing else. */
import path from 'node:path';
import * as vscode from 'vscode';
import { configureLanguage } from '../lab/language.ts';
import { registerCommands } from './contributions.ts';
import { HostProbe } from './hostProbe.ts';
import { EDITORS } from './ids.ts';
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
  const storage = path.join(context.globalStorageUri.fsPath, 'results');
  context.subscriptions.push(
    log,
    probe,
    registerCommands({
      run: () => runBenchmark(runs, storage, undefined),
      runOnFile: (file) => runBenchmark(runs, storage, file),
      probe: () => probe.show(storage),
    }),
    vscode.window.registerCustomEditorProvider(
      EDITORS.result,
      new ResultEditorProvider(context.extensionUri, language, runs),
    ),
  );
}
