/** The table of hazards: tones by icon and colour. */
import { type CSSResult, css } from 'lit';

export const hazardStyles: CSSResult = css`
  table.hazards :is(th, td) {
    white-space: nowrap;
  }

  zcl-page table.hazards tbody :is(th, td) {
    padding-block: 5px;
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
  }

  table.hazards tbody tr:hover {
    background: var(--faint);
  }

  /* The mode stays in sight while the hazards scroll. */
  table.hazards :is(th, td):first-child {
    position: sticky;
    z-index: 1;
    left: 0;
    background: var(--background);
  }

  table.hazards tbody th {
    font-weight: 600;
  }

  @media (max-width: 600px) {
    table.hazards tbody th {
      max-width: 9em;
      white-space: normal;
    }
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

  table.hazards td.tone-not-shown {
    min-width: 9em;
    color: var(--muted);
    white-space: normal;
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

  .hazards td.now {
    font-weight: 600;
  }

  .hazard-words h3 {
    margin-top: 14px;
  }

  .hazard-words dl {
    max-width: 85em;
  }

  .hazard-words dl div {
    margin-top: 4px;
  }

  .hazard-words dt {
    font-weight: 600;
  }

  .hazard-words dd {
    margin-left: 1.3em !important;
  }
`;
