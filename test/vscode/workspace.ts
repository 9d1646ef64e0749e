import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeResult } from '../../src/lab/resultFile.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import type { Result } from '../../src/model/result/result.ts';
import { complete } from '../webview/fixtures.ts';

const mebibyte = 1024 * 1024;

/** A folder on the disk of the machine that VS Code runs on. */
export class Workspace {
  static readonly resultsFolderName = '.zero-copy';

  constructor(readonly folder: string) {}

  /** Writes a file in which no two pages are the same. */
  addData(name: string, bytes = 8 * mebibyte): string {
    const data = Buffer.alloc(bytes);
    for (let index = 0; index < bytes; index += 4) data.writeUInt32LE((index * 2_654_435_761) >>> 0, index);
    return this.add(name, data);
  }

  add(name: string, content: string | Buffer): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** Settings of the folder itself. */
  addSettings(settings: Readonly<Record<string, unknown>>): void {
    mkdirSync(path.join(this.folder, '.vscode'), { recursive: true });
    this.add(path.join('.vscode', 'settings.json'), JSON.stringify(settings));
  }

  /** A result as a run would have left it, of another host and labelled by its name. @param folder the results folder, if none is given */
  addResult(name: string, changes: Partial<Result> = {}, folder = this.resultsFolder): string {
    const file = path.join(folder, `${name}.zcresult.json`);
    mkdirSync(folder, { recursive: true });
    writeResult(file, { ...complete(), label: name, ...changes });
    return file;
  }

  /** An experiment file. @returns its name */
  addExperiment(name: string, request: ExperimentRequest): string {
    const fileName = `${name}.zcexp.json`;
    this.add(fileName, JSON.stringify(request, null, 2));
    return fileName;
  }

  /** What must not change in a file of the user's. */
  facts(file: string): { readonly hash: string; readonly modifiedMs: number; readonly mode: number } {
    const { mtimeMs, mode } = statSync(file);
    return { hash: createHash('sha256').update(readFileSync(file)).digest('hex'), modifiedMs: mtimeMs, mode };
  }

  get resultsFolder(): string {
    return path.join(this.folder, Workspace.resultsFolderName);
  }

  /** Names of everything in the results folder, hidden files too. */
  kept(): string[] {
    return existsSync(this.resultsFolder) ? readdirSync(this.resultsFolder).sort() : [];
  }

  results(): string[] {
    return this.kept().filter((name) => name.endsWith('.zcresult.json'));
  }

  /** The text of a result. */
  read(name: string): string {
    return readFileSync(path.join(this.resultsFolder, name), 'utf8');
  }

  /** Whether the run under way has something to keep: a round after the warm-up, whole because the next has begun. */
  hasMeasured(): boolean {
    return this.kept()
      .filter((name) => name.endsWith('.zcjournal.ndjson'))
      .some((name) => /"round":\s*[2-9]/.test(readFileSync(path.join(this.resultsFolder, name), 'utf8')));
  }
}
