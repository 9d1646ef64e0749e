/** The modes in C. */
import { type CSSResult, css } from 'lit';

export const listingStyles: CSSResult = css`
  zcl-listing {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }

  .listing-head {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 8px;
    align-items: center;
    margin-bottom: 8px;
  }

  zcl-page .listing-head h3 {
    flex: 1;
    margin-top: 0;
  }

  .listing-done {
    color: var(--muted);
  }

  .code {
    position: relative;
    overflow: auto;
    max-height: 32em;
    border: 1px solid var(--edge);
    border-radius: 3px;
    background: var(--vscode-textCodeBlock-background, var(--faint));
  }

  zcl-page .code:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }

  .code pre {
    width: max-content;
    min-width: 100%;
    margin: 0;
    padding: 8px 0;
    color: var(--vscode-editor-foreground, var(--vscode-foreground));
    font-family: var(--mono);
    font-size: 12px;
    line-height: 1.5;
    tab-size: 2;
  }

  .code code {
    font: inherit;
  }

  .code-line {
    display: block;
    padding-right: 16px;
    border-left: 2px solid transparent;
    white-space: pre;
  }

  /* The number is not part of the text, so that it is neither selected nor copied. */
  .code-line::before {
    display: inline-block;
    width: 2.4em;
    margin-right: 1.4em;
    color: var(--vscode-editorLineNumber-foreground, var(--muted));
    content: attr(data-line);
    text-align: right;
  }

  .code-line.marked {
    border-left-color: color-mix(in srgb, var(--vscode-foreground) 40%, transparent);
  }

  .code-line.active {
    border-left-color: var(--vscode-focusBorder);
    background: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }

  .comment {
    color: var(--muted);
  }

  .code-header {
    margin-top: 6px;
  }

  .code-header summary {
    font-family: var(--mono);
    font-size: 12px;
  }

  .code-header .code {
    margin-top: 4px;
  }

  /* Beside a diagram that stands alone. */
  @media (min-width: 900px) {
    /* At most as high as the diagram and its steps, and without a say in how high those are. */
    .flows.single zcl-listing {
      overflow-y: auto;
      height: 0;
      min-height: max(100%, 30em);
    }

    .flows.single .code[data-part='listing'] {
      min-height: 14em;
      max-height: none;
    }

    .flows.single {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
`;
