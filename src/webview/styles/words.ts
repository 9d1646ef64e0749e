/** Words that explain themselves, and the card that does it. */
import { type CSSResult, css } from 'lit';

export const wordStyles: CSSResult = css`
  .term {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: inherit;
  }

  .term,
  [data-word] .column-title {
    text-decoration: underline dotted;
    text-decoration-color: var(--muted);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  .term {
    cursor: help;
  }

  .word-card {
    position: fixed;
    width: max-content;
    max-width: min(340px, calc(100vw - 16px));
    margin: 0;
    padding: 8px 10px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--edge));
    border-radius: 3px;
    background: var(--vscode-editorHoverWidget-background, var(--background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    font-size: var(--vscode-font-size, 13px);
    font-weight: normal;
    line-height: 1.45;
    text-align: left;
    white-space: normal;
    inset: auto;
  }

  .word-card strong {
    display: block;
    font-weight: 600;
  }

  .word-card .link {
    margin-top: 6px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }
`;
