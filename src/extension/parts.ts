/** The parts that do the work, wired together. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Activities } from './activities.ts';
import { Arrangements } from './arrangements.ts';
import { compareChosen } from './compareChosen.ts';
import { ComparePanels } from './comparePanel.ts';
import { type CommandHandlers, fileOf } from './contributions.ts';
import { newExperimentFile, runExperimentFile } from './experimentFile.ts';
import { Experiments } from './experiments.ts';
import { HostProbe } from './hostProbe.ts';
import { LastHosts } from './hosts/lastHosts.ts';
import { HostReceiver } from './hosts/receiver.ts';
import { runAgainstHost } from './hosts/runAgainstHost.ts';
import { Tokens } from './hosts/tokens.ts';
import { LearnPanel } from './learnPanel.ts';
import { LiveRuns } from './liveRuns.ts';
import { exportResult, runAgain } from './resultActions.ts';
import { ResultEditors } from './resultEditor.ts';
import { ResultCommands } from './results/commands.ts';
import type { ResultNode } from './results/groups.ts';
import { ResultTree } from './results/tree.ts';
import { ResultsView } from './results/view.ts';
import { runBenchmark } from './runBenchmark.ts';

/** What VS Code was told of at activation, and what all parts share. */
interface Shown {
  readonly log: vscode.LogOutputChannel;
  readonly activities: Activities;
  readonly view: vscode.TreeView<ResultNode>;
}

export class Parts implements vscode.Disposable {
  readonly tree: ResultTree;
  readonly comparisons: ComparePanels;
  readonly learn: LearnPanel;
  readonly editors: ResultEditors;
  readonly commands: CommandHandlers;
  private readonly disposables: vscode.Disposable;

  constructor(context: vscode.ExtensionContext, { log, activities, view }: Shown) {
    const root = context.extensionPath;
    const language = vscode.env.language;
    const manifest = context.extension.packageJSON as { version: string };
    const runs = new LiveRuns({ root, language }, `zero-copy-lab ${manifest.version}`, activities, log);
    const probe = new HostProbe(context.extensionUri, { root, language }, activities, log);
    this.comparisons = new ComparePanels(context.extensionUri, language, log);
    const storage = path.join(context.globalStorageUri.fsPath, 'results');
    this.tree = new ResultTree(storage, language, log);
    const shown = new ResultsView(view, this.tree, storage, runs);
    const results = new ResultCommands(this.tree, shown, storage);
    const experiments = new Experiments(runs, storage, new Tokens());
    const lastHosts = new LastHosts(context.workspaceState);
    const receiver = new HostReceiver(root, log);
    this.learn = new LearnPanel(context.extensionUri, language, experiments, log);
    this.editors = new ResultEditors(
      context.extensionUri,
      language,
      runs,
      experiments,
      new Arrangements(context.workspaceState),
      log,
    );
    void experiments.takeUp();
    this.disposables = vscode.Disposable.from(probe, receiver, this.learn, this.tree, shown);
    this.commands = {
      run: () => runBenchmark(experiments, undefined),
      runOnFile: (about) => runBenchmark(experiments, fileOf(about)),
      probe: () => probe.show(storage),
      runExperimentFile: (about) => runExperimentFile(experiments, fileOf(about)),
      newExperimentFile,
      runAgain: (about) => runAgain(experiments, fileOf(about)),
      exportResult: (about) => exportResult(fileOf(about)),
      openGlossary: (word) => this.learn.open('glossary', word ?? null),
      openMyths: () => this.learn.open('myths', null),
      compare: (about, selected) =>
        compareChosen(
          this.comparisons,
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
      refreshResults: () => this.tree.refresh(),
      filterResults: () => results.filter(),
      clearFilter: () => results.clearFilter(),
      labelResult: (node) => results.label(node),
      deleteResults: (node, selected) => results.remove(node, selected),
      revealResult: (node) => results.reveal(node),
      openAsJson: (node, selected) => results.openAsJson(node, selected),
      compareSelected: () => results.compare(),
    };
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
