/** Activation: wires the parts together, does nothing else. */
import path from 'node:path';
import * as vscode from 'vscode';
import { configureLanguage } from '../lab/language.ts';
import { registerCommands } from './contributions.ts';
import { HostProbe } from './hostProbe.ts';
import { EDITORS, PANELS } from './ids.ts';
import { LearnPanel } from './learnPanel.ts';
import { LiveRuns } from './liveRuns.ts';
import { ResultEditorProvider } from './resultEditor.ts';
import { resultsFolder, runBenchmark, runRequest } from './runBenchmark.ts';

export function activate(context: vscode.ExtensionContext): void {
  const root = context.extensionPath;
  const language = vscode.env.language;
  configureLanguage(root, language);
  const log = vscode.window.createOutputChannel('Zero-Copy Lab', { log: true });
  const manifest = context.extension.packageJSON as { version: string };
  const runs = new LiveRuns({ root, language }, `zero-copy-lab ${manifest.version}`, log);
  const probe = new HostProbe(context.extensionUri, { root, language }, log);
  const storage = path.join(context.globalStorageUri.fsPath, 'results');
  const learn = new LearnPanel(context.extensionUri, language, (request) =>
    runRequest(runs, request, resultsFolder(storage, undefined)),
  );
  context.subscriptions.push(
    log,
    probe,
    learn,
    registerCommands({
      run: () => runBenchmark(runs, storage, undefined),
      runOnFile: (file) => runBenchmark(runs, storage, file),
      probe: () => probe.show(storage),
      openGlossary: (word) => learn.open('glossary', word ?? null),
      openMyths: () => learn.open('myths', null),
    }),
    vscode.window.registerWebviewPanelSerializer(PANELS.learn, learn),
    vscode.window.registerCustomEditorProvider(
      EDITORS.result,
      new ResultEditorProvider(context.extensionUri, language, runs),
    ),
  );
}
