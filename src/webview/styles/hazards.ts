/** The table of hazards: tones by icon and colour. */
import { type CSSResult, css } from 'lit';

export const hazardStyles: CSSResult = css`
  table.hazards :is(th, td) {
    white-space: nowrap;
  }

  table.hazards tbody th {
    font-weight: 600;
  }

  .hazards td .codicon,
  .hazard-legend .codicon {
    font-size: 13px;
    vertical-align: -0.15em;
  }

  .tone-harmless .codicon {
    color: var(--vscode-testing-iconPassed, var(--vscode-charts-green));
  }

  .tone-told .codicon {
    color: var(--vscode-editorError-foreground, var(--vscode-charts-red));
  }

  .tone-silent .codicon {
    color: var(--vscode-editorWarning-foreground, var(--vscode-charts-orange));
  }

  td.tone-silent {
    font-weight: 600;
  }

  td.tone-not-shown {
    color: var(--muted);
  }

  .hazard-legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 8px 0;
    padding: 0;
    color: var(--muted);
    list-style: none;
  }

  .hazard-words dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 2px 16px;
    margin: 0 0 12px;
  }

  .hazard-words dt {
    color: var(--muted);
  }

  .hazard-words dd {
    margin: 0;
  }
`;
