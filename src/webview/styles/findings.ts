/** The top of the page: what a run says, and the part of the page a sentence led to. */
import { type CSSResult, css } from 'lit';

export const findingStyles: CSSResult = css`
  .findings {
    max-width: 80em;
    margin-top: 16px;
  }

  .findings > ol > li,
  .findings > details > ol > li {
    display: grid;
    grid-template-columns: 7em minmax(0, 1fr);
    gap: 2px 14px;
    padding: 7px 0;
    border-top: 1px solid var(--edge);
  }

  .findings > ol > li:last-child {
    border-bottom: 1px solid var(--edge);
  }

  .findings .question {
    color: var(--muted);
    font-weight: 600;
  }

  .findings p {
    display: inline;
    margin-right: 6px;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .findings > ol > li:first-child p {
    font-size: 1.15em;
    line-height: 1.4;
  }

  .findings > ol > li:first-child .question {
    line-height: 1.6;
  }

  .findings > details {
    margin-top: 8px;
  }

  .findings > details > ol {
    margin-top: 6px;
  }

  /* The space is behind each link, so that one on a line of its own begins where the sentence does. */
  .evidence-links,
  .evidence-links li {
    display: inline;
  }

  .evidence-links .link {
    margin-right: 10px;
  }

  .evidence-links .link {
    padding: 1px 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    font-size: 0.93em;
    cursor: pointer;
  }

  .evidence-links .link:hover {
    color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
    text-decoration: underline;
  }

  zcl-page .not-yet {
    margin-top: 16px;
    color: var(--muted);
  }

  zcl-page [data-shown]:focus {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }

  @media (max-width: 560px) {
    .findings > ol > li,
    .findings > details > ol > li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
