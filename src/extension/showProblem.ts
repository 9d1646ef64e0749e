import * as vscode from 'vscode';
import type { Problem } from '../model/result/problem.ts';

/** A way out of a problem that is one click away. */
export interface Remedy {
  /** What its button says. */
  readonly label: string;
  act(): unknown;
}

/** A problem as a notification: the sentence that names it, then the way out. Returns at once. */
export function showProblem(problem: Problem, ...remedies: readonly Remedy[]): void {
  void offer(problem.hint === '' ? problem.message : `${problem.message} ${problem.hint}`, remedies);
}

async function offer(said: string, remedies: readonly Remedy[]): Promise<void> {
  const chosen = await vscode.window.showErrorMessage(said, ...remedies.map(({ label }) => label));
  await remedies.find(({ label }) => label === chosen)?.act();
}
