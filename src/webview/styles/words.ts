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

  zcl-word-card:popover-open {
    display: block;
    position: fixed;
    inset: auto;
    width: max-content;
    max-width: min(340px, calc(100vw - 16px));
    margin: 0;
    cursor: auto;
    font: var(--vscode-font-size, 13px) / 1.45 var(--vscode-font-family);
    text-align: left;
    white-space: normal;
  }

  zcl-page zcl-word-card p {
    margin: 0;
    color: inherit;
    font: inherit;
  }

  zcl-word-card strong {
    display: block;
    font-weight: 600;
  }

  /* Wherever it stands, it is no button of that place. */
  zcl-page zcl-word-card button.more.more {
    all: unset;
    display: block;
    width: fit-content;
    margin-top: 6px;
    color: var(--vscode-textLink-foreground);
    text-decoration: underline;
    cursor: pointer;
  }

  zcl-page zcl-word-card button.more.more:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;
