/** A result file behind an open page: read once, and again only after it changed. */
import { statSync } from 'node:fs';
import { openResult } from '../lab/resultFile.ts';
import type { Outcome } from '../model/problems.ts';
import type { Result } from '../model/result/result.ts';

export class OpenDocument {
  private kept: { readonly version: string; readonly document: Outcome<Result> } | null = null;

  constructor(private readonly file: string) {}

  /** The document of the file as it is now. A run that died is finished on the way, as `openResult` says. */
  read(): Outcome<Result> {
    const before = versionOf(this.file);
    if (this.kept !== null && this.kept.version === before) return this.kept.document;
    const document = openResult(this.file);
    // One that is still running may have lost its process by the next time, whatever the file says then.
    const settled = document.ok && document.value.status !== 'running';
    this.kept = settled && before !== null && before === versionOf(this.file) ? { version: before, document } : null;
    return document;
  }
}

/** Changes whenever the file does, because results are written whole, into a new file. Null where it cannot be told. */
function versionOf(file: string): string | null {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}
