/** The tree "Results": hosts, their days, and the results of a day. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { ResultList } from '../../lab/resultList.ts';
import { abilitiesOf, type Entry, entryOf } from './entry.ts';
import { resultsFolders } from './folders.ts';
import { type DayGroup, dayWords, filtered, grouped, type HostGroup, type ResultNode } from './groups.ts';
import { descriptionOf, iconOf, labelOf, tooltipOf } from './words.ts';

/** What there is to see, and how much of it a filter lets through. */
export interface Shown {
  readonly all: number;
  readonly hits: number;
}

export class ResultTree implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changes.event;
  private readonly list = new ResultList();
  private reading: Promise<void> | undefined;
  private outdated = true;
  private entries: readonly Entry[] = [];
  private groups: readonly HostGroup[] = [];
  private wanted = '';

  constructor(
    private readonly storage: string,
    private readonly locale: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  dispose(): void {
    this.changes.dispose();
  }

  get filter(): string {
    return this.wanted;
  }

  set filter(filter: string) {
    this.wanted = filter;
    this.group();
    this.changes.fire();
  }

  get shown(): Shown {
    return { all: this.entries.length, hits: this.groups.reduce((sum, { count }) => sum + count, 0) };
  }

  /** Reads what changed since it was last read. */
  async refresh(): Promise<void> {
    this.outdated = true;
    await this.upToDate();
    this.changes.fire();
  }

  async getChildren(node?: ResultNode): Promise<ResultNode[]> {
    if (node === undefined) {
      await this.upToDate();
      return [...this.groups];
    }
    switch (node.kind) {
      case 'host':
        return node.days.flatMap((day): readonly ResultNode[] => (day.day === null ? day.entries : [day]));
      case 'day':
        return [...node.entries];
      case 'result':
      case 'unreadable':
        return [];
    }
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    switch (node.kind) {
      case 'host':
        return this.hostItem(node);
      case 'day':
        return this.dayItem(node);
      case 'result':
      case 'unreadable':
        return this.resultItem(node);
    }
  }

  /** One reading at a time; what becomes outdated meanwhile is read again. */
  private upToDate(): Promise<void> {
    if (this.reading === undefined && this.outdated) this.reading = this.read();
    return this.reading ?? Promise.resolve();
  }

  private async read(): Promise<void> {
    while (this.outdated) {
      this.outdated = false;
      const from = performance.now();
      const listed = await this.list.inFolders(resultsFolders(this.storage));
      this.entries = listed.map(entryOf);
      this.group();
      this.log.debug(`${listed.length} results listed in ${(performance.now() - from).toFixed(1)} ms`);
    }
    this.reading = undefined;
  }

  private group(): void {
    this.groups = grouped(filtered(this.entries, this.wanted));
  }

  private hostItem({ host, count, days }: HostGroup): vscode.TreeItem {
    const item = new vscode.TreeItem(host ?? l10n.t('Unreadable'), vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.groupId('host', host);
    item.iconPath = new vscode.ThemeIcon(host === null ? 'warning' : 'server');
    item.description = String(count);
    const [first] = days[0]?.entries ?? [];
    if (first?.kind === 'result') item.tooltip = `${first.head.host.name}\n${first.head.host.kernel}`;
    return item;
  }

  private dayItem(node: DayGroup): vscode.TreeItem {
    const { host, day, entries } = node;
    // The hits of a filter are shown, wherever they are; otherwise only the last day of a host.
    const open = this.wanted !== '' || this.isLatest(node);
    const item = new vscode.TreeItem(
      day === null ? '' : dayWords(day, new Date(), this.locale),
      open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = this.groupId('day', host, day);
    item.description = String(entries.length);
    return item;
  }

  private resultItem(entry: Entry): vscode.TreeItem {
    const uri = vscode.Uri.file(entry.file);
    const item = new vscode.TreeItem(labelOf(entry, this.locale));
    item.id = entry.file;
    item.description = descriptionOf(entry);
    item.tooltip = new vscode.MarkdownString(tooltipOf(entry, this.locale));
    item.iconPath = new vscode.ThemeIcon(iconOf(entry));
    const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    item.contextValue = ['result', ...abilitiesOf(entry, inWorkspace)].join(' ');
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri] };
    return item;
  }

  private isLatest({ host, day }: DayGroup): boolean {
    return this.groups.find((group) => group.host === host)?.days[0]?.day === day;
  }

  /** A group that a filter opened is another one than that which the user closed. */
  private groupId(...parts: readonly (string | null)[]): string {
    return JSON.stringify([...parts, this.wanted !== '']);
  }
}
