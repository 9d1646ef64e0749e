/** A picture of a page into a file: a webview cannot download. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { systemErrorOf } from '../lab/systemError.ts';
import type { PageRequest } from '../model/messages.ts';
import { type PictureFile, pictureFile } from '../model/picture/pictureFile.ts';
import { describeSystemError, type Outcome, ok } from '../model/problems.ts';

/**
 * Asks where to, and writes. Nothing is written where the dialog is left.
 * @param beside file in whose folder the dialog begins
 */
export async function savePicture(
  request: Extract<PageRequest, { readonly type: 'save-picture' }>,
  beside: vscode.Uri,
): Promise<Outcome<null>> {
  const picture = pictureFile(request);
  return picture.ok ? save(picture.value, beside) : picture;
}

async function save({ name, ending, bytes }: PictureFile, beside: vscode.Uri): Promise<Outcome<null>> {
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export picture'),
    defaultUri: vscode.Uri.joinPath(beside, '..', `${name}.${ending}`),
    filters: { [ending.toUpperCase()]: [ending] },
  });
  if (target === undefined) return ok(null);
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
    return ok(null);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, target.fsPath)) };
  }
}
