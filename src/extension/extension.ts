/**
 * Activation: tells VS Code what there is. VS Code activates the extension for every JSON file, which may be no experiment
 * of ours; so the parts that do the work are loaded when the first of them is wanted.
 */
import * as vscode from 'vscode';
import { configureLanguage } from '../lab/language.ts';
import { mayFindRun } from '../lab/runSocket.ts';
import { Activities } from './activities.ts';
import { registerCommands } from './contributions.ts';
import { ExperimentDiagnostics } from './experimentDiagnostics.ts';
import { EDITORS, PANELS, VIEWS } from './ids.ts';
import type { Parts } from './parts.ts';
import { TreeOnDemand } from './results/treeOnDemand.ts';

export function activate(context: vscode.ExtensionContext): void {
  const root = context.extensionPath;
  configureLanguage(root, vscode.env.language);
  const log = vscode.window.createOutputChannel('Zero-Copy Lab', { log: true });
  const activities = new Activities();
  const tree = new TreeOnDemand(async () => (await parts()).tree);
  const view = vscode.window.createTreeView(VIEWS.results, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });

  let loaded: Promise<Parts> | undefined;
  const parts = (): Promise<Parts> => {
    loaded ??= import('./parts.ts').then(({ Parts }) => {
      const all = new Parts(context, { log, activities, view });
      context.subscriptions.push(all);
      return all;
    });
    return loaded;
  };

  context.subscriptions.push(
    log,
    activities,
    view,
    tree,
    new ExperimentDiagnostics(),
    registerCommands(async () => (await parts()).commands),
    vscode.window.registerWebviewPanelSerializer(PANELS.compare, {
      deserializeWebviewPanel: async (...given) => (await parts()).comparisons.deserializeWebviewPanel(...given),
    }),
    vscode.window.registerWebviewPanelSerializer(PANELS.learn, {
      deserializeWebviewPanel: async (...given) => (await parts()).learn.deserializeWebviewPanel(...given),
    }),
    vscode.window.registerCustomEditorProvider(EDITORS.result, {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      resolveCustomEditor: async (document, panel) => (await parts()).editors.resolveCustomEditor(document, panel),
    }),
  );
  if (mayFindRun()) void parts();
}
