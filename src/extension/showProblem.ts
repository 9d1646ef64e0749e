import * as vscode from 'vscode';
import type { Problem } from '../model/result/problem.ts';

/** A problem as a notification: the sentence that names it, then the way out. Returns at once. */
export function showProblem(problem: Problem): void {
  void vscode.window.showErrorMessage(problem.hint === '' ? problem.message : `${problem.message} ${problem.hint}`);
}
