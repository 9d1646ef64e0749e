/** Verdicts on the steps of a flow, the evidence of a mode, and the kinds of evidence. */
import { type CSSResult, css } from 'lit';

export const evidenceStyles: CSSResult = css`
  .proof {
    display: flex;
    gap: 5px;
    color: var(--muted);
    font-size: 0.93em;
  }

  .proof strong {
    color: var(--vscode-foreground);
    font-weight: 600;
  }

  .proof .codicon {
    margin-top: 0.15em;
  }

  .proof[data-proof='seen'] .codicon {
    color: var(--vscode-charts-green);
  }

  .proof[data-proof='not-seen'] .codicon {
    color: var(--vscode-charts-orange);
  }

  .contradictions li {
    display: flex;
    gap: 8px;
    margin-bottom: 8px;
    padding: 6px 10px;
    border: 1px solid var(--vscode-inputValidation-warningBorder, var(--edge));
    background: var(--vscode-inputValidation-warningBackground, transparent);
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  }

  .contradictions .codicon {
    margin-top: 0.15em;
  }

  .evidence-title {
    margin-top: 22px;
  }

  .evidence-title h3 {
    margin-top: 0 !important;
  }

  .choice {
    display: flex;
    gap: 8px;
    align-items: center;
    color: var(--muted);
  }

  .choice select {
    padding: 2px 4px;
    border: 1px solid var(--vscode-dropdown-border, var(--edge));
    border-radius: 2px;
    background: var(--vscode-dropdown-background, var(--background));
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
    font: inherit;
  }

  .choice select:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }

  .not-enough {
    display: flex;
    gap: 8px;
    margin-top: 8px !important;
  }

  [data-part='evidence'] table {
    margin-top: 12px;
  }

  .aside-number {
    display: inline-block;
    min-width: 6em;
    margin-left: 0.5em;
    color: var(--muted);
  }

  .counters {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 28px;
    margin-top: 10px !important;
  }

  .counters div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }

  .counters dt {
    color: var(--muted);
  }

  .tiers {
    display: grid;
    gap: 10px;
    margin-top: 8px !important;
  }

  .tiers li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px;
    max-width: 85em;
  }

  .tiers li > .codicon {
    margin-top: 0.2em;
  }

  .tiers [data-available='true'] > .codicon,
  .tiers li[data-available='true'] > .codicon {
    color: var(--vscode-charts-green);
  }

  .remedy {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 3px 12px;
    align-items: center;
    margin-top: 4px !important;
  }

  .remedy dt {
    color: var(--muted);
  }

  .remedy dd {
    display: flex;
    gap: 4px;
    align-items: center;
  }

  .command {
    overflow-x: auto;
    padding: 1px 6px;
    border-radius: 3px;
    background: var(--vscode-textCodeBlock-background, var(--faint));
    font-family: var(--mono);
    white-space: nowrap;
    user-select: all;
  }

  .command:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }

  @media (max-width: 480px) {
    .remedy {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
