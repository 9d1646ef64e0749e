import * as vscode from 'vscode';
import type { Problem } from '../model/result/problem.ts';

/** A way out of a problem that is one click away. */
export interface Remedy {
  /** What its button says. */
  readonly label: string;
  /** What is said of it, in place of the problem's own way out. */
  readonly hint?: string;
  act(): unknown;
}

/** A problem as a notification: the sentence that names it, then the way out. Returns at once. */
export function showProblem({ message, hint }: Problem, remedy?: Remedy): void {
  const wayOut = remedy?.hint ?? hint;
  void offer(wayOut === '' ? message : `${message} ${wayOut}`, remedy);
}

async function offer(said: string, remedy: Remedy | undefined): Promise<void> {
  const buttons = remedy === undefined ? [] : [remedy.label];
  if ((await vscode.window.showErrorMessage(said, ...buttons)) !== undefined) await remedy?.act();
}
