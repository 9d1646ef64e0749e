/** How somebody arranged the pages of results, for when one is opened again. Kept by workspace, and by the result itself, not its file. */
import type * as vscode from 'vscode';
import type { KeptArrangement } from '../model/messages.ts';

const KEY = 'arrangements';
/** Results whose arrangement is kept; the one that was not touched for longest goes first. */
const MOST_RESULTS = 100;
/** A page sends what it likes; more than this is no arrangement. */
const MOST_CHARACTERS = 10_000;

type Entry = readonly [result: string, kept: KeptArrangement];

export class Arrangements {
  constructor(private readonly storage: vscode.Memento) {}

  /** @param result id of a result */
  find(result: string): KeptArrangement | null {
    return this.entries().find(([id]) => id === result)?.[1] ?? null;
  }

  async keep(result: string, kept: KeptArrangement): Promise<void> {
    if (JSON.stringify(kept).length > MOST_CHARACTERS) return;
    const others = this.entries().filter(([id]) => id !== result);
    await this.storage.update(KEY, [...others, [result, kept]].slice(-MOST_RESULTS));
  }

  private entries(): readonly Entry[] {
    return this.storage.get<readonly Entry[]>(KEY, []);
  }
}
