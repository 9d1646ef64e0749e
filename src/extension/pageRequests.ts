/** The one place where messages of pages come in: what is none of their business is refused and logged, and nothing is thrown. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { PageMessage } from '../model/messages.ts';
import { type PageName, type RequestOf, readPageRequest } from '../model/pageRequest.ts';

/** @param answer what the page asks for; what it throws is a defect, which is logged and told to the page */
export function onPageRequest<Page extends PageName>(
  webview: vscode.Webview,
  page: Page,
  log: vscode.LogOutputChannel,
  answer: (request: RequestOf<Page>) => unknown,
): vscode.Disposable {
  return webview.onDidReceiveMessage(async (message: unknown) => {
    const refuse = (id: number, said: string) => {
      const problem = { code: 'page', message: said, hint: l10n.t('Close the page and open it again.') };
      void webview.postMessage({ type: 'reply', id, ok: false, problem } satisfies PageMessage);
    };
    const read = readPageRequest(page, message);
    if (!read.ok) {
      log.warn(`a message of the page "${page}" was refused: ${read.why}`);
      if (read.id !== null) refuse(read.id, l10n.t('The page asked for something that it has no business with.'));
      return;
    }
    try {
      await answer(read.request);
    } catch (error) {
      log.error(`the page "${page}" asked for "${read.request.type}": ${String(error)}`);
      refuse(read.request.id, l10n.t('This could not be done: {0}', String(error)));
    }
  });
}
