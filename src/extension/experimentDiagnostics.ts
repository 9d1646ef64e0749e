/** Marks in experiment files what a run would refuse, and what it would not heed. */
import * as vscode from 'vscode';

/** Name of the marks, before each message in the list of problems. */
const SOURCE = 'Zero-Copy Lab';

export function isExperimentFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.zcexp.json');
}

/** Keeps the marks of every open experiment file in step with its text. */
export class ExperimentDiagnostics implements vscode.Disposable {
  private readonly marks = vscode.languages.createDiagnosticCollection('zero-copy-lab');
  private readonly subscriptions = [
    vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.marks.delete(uri)),
  ];

  constructor() {
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  dispose(): void {
    vscode.Disposable.from(this.marks, ...this.subscriptions).dispose();
  }

  private async look(document: vscode.TextDocument): Promise<void> {
    if (!isExperimentFile(document.uri)) return;
    const { version } = document;
    const found = await diagnosticsOf(document);
    // Meanwhile it may have been changed or closed.
    if (document.version === version && !document.isClosed) this.marks.set(document.uri, found);
  }
}

/** @returns what is wrong with a file, errors first */
export async function diagnosticsOf(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  // Most JSON files are no experiments: what reads one is loaded with the first that is.
  const { diagnoseExperiment } = await import('../lab/experimentDiagnostics.ts');
  return diagnoseExperiment(document.getText()).map(({ severity, message, start, end }) => {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const mark = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
    mark.source = SOURCE;
    return mark;
  });
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
} as const;
