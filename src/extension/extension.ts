/** Activation: wires the parts together, does nothing else. */
import path from 'node:path';
import * as vscode from 'vscode';
import { configureLanguage } from '../lab/language.ts';
import { Activities } from './activities.ts';
import { Arrangements } from './arrangements.ts';
import { compareChosen } from './compareChosen.ts';
import { ComparePanels } from './comparePanel.ts';
import { fileOf, registerCommands } from './contributions.ts';
import { ExperimentDiagnostics } from './experimentDiagnostics.ts';
import { newExperimentFile, runExperimentFile } from './experimentFile.ts';
import { Experiments } from './experiments.ts';
import { HostProbe } from './hostProbe.ts';
import { LastHosts } from './hosts/lastHosts.ts';
import { HostReceiver } from './hosts/receiver.ts';
import { runAgainstHost } from './hosts/runAgainstHost.ts';
import { Tokens } from './hosts/tokens.ts';
import { EDITORS, PANELS } from './ids.ts';
import { LearnPanel } from './learnPanel.ts';
import { LiveRuns } from './liveRuns.ts';
import { exportResult, runAgain } from './resultActions.ts';
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
  const activities = new Activities();
  const runs = new LiveRuns({ root, language }, `zero-copy-lab ${manifest.version}`, activities, log);
  const probe = new HostProbe(context.extensionUri, { root, language }, activities, log);
  const comparisons = new ComparePanels(context.extensionUri, language);
  const storage = path.join(context.globalStorageUri.fsPath, 'results');
  const tree = new ResultTree(storage, language, log);
  const view = new ResultsView(tree, storage, runs);
  const results = new ResultCommands(tree, view, storage);
  const experiments = new Experiments(runs, storage, new Tokens());
  const lastHosts = new LastHosts(context.workspaceState);
  const receiver = new HostReceiver(root, log);
  const learn = new LearnPanel(context.extensionUri, language, experiments);
  context.subscriptions.push(
    log,
    activities,
    probe,
    receiver,
    learn,
    tree,
    view,
    new ExperimentDiagnostics(),
    registerCommands({
      run: () => runBenchmark(experiments, undefined),
      runOnFile: (about) => runBenchmark(experiments, fileOf(about)),
      probe: () => probe.show(storage),
      runExperimentFile: (about) => runExperimentFile(experiments, fileOf(about)),
      newExperimentFile,
      runAgain: (about) => runAgain(experiments, fileOf(about)),
      exportResult: (about) => exportResult(fileOf(about)),
      openGlossary: (word) => learn.open('glossary', word ?? null),
      openMyths: () => learn.open('myths', null),
      compare: (about, selected) =>
        compareChosen(
          comparisons,
          { storage, language },
          selected === undefined || 'groupId' in selected ? fileOf(about) : selected,
        ),
      showRun: () => runs.show(),
      cancel: () => activities.cancel(),
      showLog: () => log.show(),
      runAgainstHost: () => runAgainstHost(experiments, lastHosts),
      startReceiver: () => receiver.start(),
      showReceiver: () => receiver.show(),
      stopReceiver: () => receiver.stop(),
      openResultsFolder: () => results.openFolder(),
      refreshResults: () => tree.refresh(),
      filterResults: () => results.filter(),
      clearFilter: () => results.clearFilter(),
      labelResult: (node) => results.label(node),
      deleteResults: (node, selected) => results.remove(node, selected),
      revealResult: (node) => results.reveal(node),
      openAsJson: (node, selected) => results.openAsJson(node, selected),
      compareSelected: () => results.compare(),
    }),
    vscode.window.registerWebviewPanelSerializer(PANELS.compare, comparisons),
    vscode.window.registerWebviewPanelSerializer(PANELS.learn, learn),
    vscode.window.registerCustomEditorProvider(
      EDITORS.result,
      new ResultEditorProvider(
        context.extensionUri,
        language,
        runs,
        experiments,
        new Arrangements(context.workspaceState),
      ),
    ),
  );
}
