/** The tabs of results: opened by their file, and closed when that is gone, which VS Code does not always see. */
import * as vscode from 'vscode';
import { EDITORS } from './ids.ts';

export async function openResult(file: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), EDITORS.result);
}

export async function closeTabsOf(files: readonly string[]): Promise<void> {
  const gone = new Set(files.map((file) => vscode.Uri.file(file).toString()));
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputCustom && gone.has(input.uri.toString()));
  await vscode.window.tabGroups.close(tabs);
}
