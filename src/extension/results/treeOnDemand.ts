/** The tree as VS Code is told of it at activation; what is in it is loaded when the view is first looked at. */
import * as vscode from 'vscode';
import type { ResultNode } from './groups.ts';
import type { ResultTree } from './tree.ts';

export class TreeOnDemand implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changes.event;
  private loaded: Promise<ResultTree> | undefined;

  constructor(private readonly load: () => Promise<ResultTree>) {}

  dispose(): void {
    this.changes.dispose();
  }

  async getChildren(node?: ResultNode): Promise<ResultNode[]> {
    return (await this.tree()).getChildren(node);
  }

  async getTreeItem(node: ResultNode): Promise<vscode.TreeItem> {
    return (await this.tree()).getTreeItem(node);
  }

  private tree(): Promise<ResultTree> {
    this.loaded ??= this.load().then((tree) => {
      tree.onDidChangeTreeData(() => this.changes.fire());
      return tree;
    });
    return this.loaded;
  }
}
