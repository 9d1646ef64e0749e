import path from 'node:path';
import * as vscode from 'vscode';
import { readSetting } from './contributions.ts';
import { SETTINGS } from './ids.ts';

/**
 * Where results of this window go: the results folder of the workspace folder concerned, or of the first one on this host.
 * @param storage the extension's own folder, for a window without one
 * @param concerning a file in the workspace folder concerned
 */
export function resultsFolder(storage: string, concerning: vscode.Uri | undefined): string {
  const owner = concerning === undefined ? undefined : vscode.workspace.getWorkspaceFolder(concerning);
  const folder = owner ?? vscode.workspace.workspaceFolders?.find((each) => each.uri.scheme === 'file');
  if (folder === undefined) return storage;
  const { resultsFolder: setting } = SETTINGS;
  return path.resolve(folder.uri.fsPath, readSetting(setting, folder.uri) || setting.fallback);
}
