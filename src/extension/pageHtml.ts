/** The page's HTML: strict content security policy, one script, one style sheet, the words of the language. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { languageBundle, supportedLanguage } from '../lab/language.ts';
import type { PageName } from '../model/pageRequest.ts';

/** Where the pages' files are, and all that a page may load. */
export function pageFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** @param title of the document, for assistive technology */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  language: string,
  page: PageName,
  title: string,
): string {
  const media = pageFiles(extension);
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${supportedLanguage(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${file('codicon.css')}">
</head>
<body>
<script type="application/json" id="l10n" nonce="${nonce}">${escapeJson(languageBundle(extension.fsPath, language))}</script>
<zcl-page></zcl-page>
<script nonce="${nonce}" src="${file(`${page}.js`)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** JSON inside a script element: no character that could end the element. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
