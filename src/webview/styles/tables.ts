/** The ranking and the smaller tables. */
import { type CSSResult, css } from 'lit';

export const tableStyles: CSSResult = css`
  zcl-page table {
    border-collapse: collapse;
  }

  zcl-page :is(th, td) {
    padding: 6px 12px 6px 0;
    text-align: left;
    vertical-align: top;
    font-weight: normal;
  }

  zcl-page :is(th, td).number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }

  table.numbers thead :is(th, td) {
    border-bottom: 1px solid var(--edge);
    color: var(--muted);
    vertical-align: bottom;
  }

  table.numbers :is(th, td) {
    padding: 3px 20px 3px 0;
    white-space: nowrap;
  }

  table.numbers thead th {
    white-space: normal;
  }

  /* Chinese may break between any two characters: a word that stands upright in a narrow column is hard to read. */
  zcl-page :is(table.numbers thead th, .ranking :is(th, td)) {
    word-break: keep-all;
  }

  table.ranking {
    width: 100%;
    min-width: 680px;
  }

  .sortable thead th {
    padding: 0;
    border-bottom: 1px solid var(--edge);
    vertical-align: bottom;
  }

  .sortable thead button {
    display: flex;
    gap: 2px;
    align-items: flex-end;
    width: 100%;
    padding: 4px 12px 5px 0;
    border: 0;
    background: none;
    color: var(--vscode-foreground);
    font: inherit;
    text-align: left;
    cursor: pointer;
  }

  .sortable thead .number button {
    flex-direction: row-reverse;
    justify-content: flex-start;
    text-align: right;
  }

  .sortable thead button:hover {
    background: var(--vscode-list-hoverBackground, var(--faint));
  }

  .sortable thead .codicon {
    flex: none;
    width: 12px;
    font-size: 12px;
    line-height: 1.5;
  }

  .unit {
    display: block;
    color: var(--muted);
    font-size: 0.9em;
  }

  .ranking tbody tr {
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
  }

  /* The name, the big number and the small ones on one line. */
  zcl-page .ranking tbody :is(th, td) {
    vertical-align: baseline;
  }

  .ranking tbody tr:hover {
    background: var(--faint);
  }

  .ranking tbody th {
    width: 24%;
    min-width: 180px;
  }

  zcl-page .ranking tbody th {
    padding-left: 11px;
  }

  .ranking tbody th > :is(.buffer, .tag) {
    white-space: nowrap;
  }

  .ranking td.number,
  .ranking td[data-column='ratioToBaseline'] {
    white-space: nowrap;
  }

  .mode-name {
    font-weight: 600;
  }

  .mode-key {
    display: inline-block;
    width: 3px;
    height: 1.1em;
    margin: 0 7px 0 -10px;
    background: var(--look);
    vertical-align: -0.2em;
  }

  /* No taller than the text of its line. */
  .ranking .icon-button {
    margin-block: -6px;
    vertical-align: middle;
    color: var(--muted);
  }

  .ranking td .codicon {
    vertical-align: -0.2em;
  }

  .mode-name,
  .buffer {
    margin-right: 0.6em;
  }

  .buffer {
    font-variant-numeric: tabular-nums;
  }

  .tag {
    display: inline-block;
    margin: 1px 8px 1px 0;
    padding: 0 5px;
    border: 1px solid var(--edge);
    border-radius: 3px;
    color: var(--muted);
    font-size: 0.86em;
    line-height: 1.5;
  }

  .tag.warn {
    border-color: var(--vscode-inputValidation-warningBorder, var(--edge));
    color: var(--vscode-foreground);
  }

  .median {
    font-variant-numeric: tabular-nums;
  }

  td.headline > div {
    display: grid;
    /* Of one width in all rows, so that the bars share their scale to the pixel. */
    grid-template-columns: minmax(60px, 1fr) 7em;
    column-gap: 14px;
  }

  td.headline .median {
    align-self: baseline;
    font-size: 1.15em;
    font-weight: 600;
    line-height: 1.25;
  }

  .spread {
    display: block;
    color: var(--muted);
    font-size: 0.88em;
    font-variant-numeric: tabular-nums;
  }

  .sample-note {
    display: block;
    grid-column: 1 / -1;
    max-width: 30em;
    font-size: 0.88em;
    white-space: normal;
  }

  .sample-note .codicon {
    color: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
  }

  .ranking :is(th, td).headline {
    width: 26%;
  }

  .interval-bar {
    grid-row: span 2;
    width: 100%;
    margin-top: 4px;
    overflow: visible;
  }

  .interval-bar .scale {
    stroke: color-mix(in srgb, var(--vscode-foreground) 22%, transparent);
    stroke-width: 1;
  }

  .interval-bar .interval {
    stroke: var(--look);
    stroke-width: 4;
  }

  .interval-bar .middle {
    stroke: var(--vscode-foreground);
    stroke-width: 2;
  }

  .ratio {
    display: flex;
    gap: 10px;
    align-items: baseline;
  }

  .verdict {
    white-space: nowrap;
  }

  .verdict-faster .codicon,
  .good {
    color: var(--vscode-charts-green);
  }

  .verdict-slower .codicon {
    color: var(--vscode-charts-red);
  }

  .bad {
    color: var(--vscode-errorForeground);
  }

  .reason {
    max-width: 60em;
    color: var(--vscode-foreground);
  }

  .reason strong {
    font-weight: 600;
  }

  /* Where all of it has no room, the numbers come first. */
  @media (max-width: 560px) {
    .interval-bar {
      display: none;
    }

    zcl-page td.headline > div {
      grid-template-columns: 1fr;
    }

    .ranking :is(th, td).headline {
      width: auto;
    }

    table.ranking {
      min-width: 600px;
    }

    .ranking tbody th {
      min-width: 130px;
    }
  }

  .footnotes {
    max-width: 85em;
    margin-top: 8px !important;
    font-size: 0.93em;
  }

  .footnotes li {
    margin-top: 2px;
  }
`;
