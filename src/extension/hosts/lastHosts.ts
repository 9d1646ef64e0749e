/** Where runs were sent to last. Kept by workspace, because a workspace is on one machine, and so are the names of its hosts. */
import type * as vscode from 'vscode';

const KEY = 'lastHosts';
const MOST = 5;

export class LastHosts {
  constructor(private readonly storage: vscode.Memento) {}

  /** As an experiment names them, the last one first. */
  all(): readonly string[] {
    return this.storage.get<readonly string[]>(KEY, []);
  }

  async keep(to: string): Promise<void> {
    const others = this.all().filter((each) => each !== to);
    await this.storage.update(KEY, [to, ...others].slice(0, MOST));
  }
}
