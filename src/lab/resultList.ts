/** The results in a folder, as a list shows them. A file is read again only when it changed. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '../model/problems.ts';
import { RESULT_SUFFIX } from '../model/resultFormat.ts';
import { type ReadHead, type ResultHead, readResultHead } from './resultHead.ts';

/** Files read at a time: as many as libuv has threads for, and a few that wait. */
const AT_A_TIME = 16;

export interface ListedResult {
  readonly file: string;
  readonly head: Outcome<ResultHead>;
}

export class ResultList {
  private readonly known = new Map<string, ReadHead>();

  /** Every result in these folders, in no order. A folder that is not there, or cannot be read, holds none. */
  async inFolders(folders: readonly string[]): Promise<readonly ListedResult[]> {
    const files = (await Promise.all(folders.map(resultFilesIn))).flat();
    const wanted = new Set(files);
    for (const file of this.known.keys()) if (!wanted.has(file)) this.known.delete(file);
    const waiting = files.values();
    const listed: ListedResult[] = [];
    const work = async () => {
      for (const file of waiting) {
        const head = await this.head(file);
        if (head !== null) listed.push({ file, head });
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return listed;
  }

  /** Null where there is no such file. */
  private async head(file: string): Promise<Outcome<ResultHead> | null> {
    const known = this.known.get(file);
    if (known !== undefined && (await isUnchanged(file, known))) return known.head;
    const now = await readResultHead(file);
    if (now === null) this.known.delete(file);
    else this.known.set(file, now);
    return now?.head ?? null;
  }
}

async function isUnchanged(file: string, known: ReadHead): Promise<boolean> {
  const facts = await stat(file).catch(() => null);
  return facts?.mtimeMs === known.mtimeMs && facts.size === known.size;
}

async function resultFilesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  // A draft that is about to get its name begins with a dot.
  return names
    .filter((name) => name.endsWith(RESULT_SUFFIX) && !name.startsWith('.'))
    .map((name) => path.join(folder, name));
}
