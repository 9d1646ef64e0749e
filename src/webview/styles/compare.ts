/** The page of a comparison. */
import { type CSSResult, css } from 'lit';

export const compareStyles: CSSResult = css`
  .look-reference {
    --look: var(--vscode-foreground);
  }

  .mark {
    fill: var(--look);
    stroke: var(--background);
    stroke-width: 1;
  }

  .key {
    flex: none;
    overflow: visible;
  }

  .letter {
    font-weight: 600;
  }

  /* the results */

  .compared {
    margin-top: 12px !important;
  }

  .compared > li {
    display: grid;
    grid-template: 'letter name actions' auto '. facts facts' auto / 3.2em minmax(0, 1fr) max-content;
    align-items: center;
    padding: 4px 0;
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
  }

  .compared .letter {
    display: inline-flex;
    grid-area: letter;
    gap: 8px;
    align-items: center;
  }

  .compared .facts-line {
    grid-area: facts;
  }

  .compared-actions {
    display: flex;
    grid-area: actions;
    gap: 2px;
    align-items: center;
  }

  zcl-page button.link {
    grid-area: name;
    justify-self: start;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground, var(--vscode-foreground));
    font: inherit;
    text-align: left;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  zcl-page button.link:hover {
    text-decoration: underline;
  }

  zcl-page button.icon {
    padding: 3px 5px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
    font-size: 1.15em;
    cursor: pointer;
  }

  zcl-page button.icon:hover {
    background: var(--vscode-toolbar-hoverBackground, var(--faint));
  }

  /* what differs */

  .warnings h2 .codicon {
    color: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
  }

  table.differences {
    width: 100%;
    max-width: 1100px;
    table-layout: fixed;
  }

  .differences tbody tr {
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
  }

  zcl-page .differences :is(th, td) {
    padding: 3px 14px 3px 0;
    overflow-wrap: anywhere;
  }

  .differences thead th {
    font-weight: 600;
  }

  .differences :is(tbody th, thead td) {
    width: 34%;
  }

  .differences .alike,
  .differences .meaning,
  .same-host {
    color: var(--muted);
  }

  .differences .meaning {
    display: block;
    font-size: 0.93em;
  }

  zcl-page .same-host {
    margin-top: 14px;
  }

  zcl-page details {
    margin-top: 4px;
  }

  /* the picture */

  .quantities {
    display: flex;
    flex-wrap: wrap;
    gap: 0 18px;
    border-bottom: 1px solid var(--edge);
  }

  .quantities label {
    padding: 6px 0 5px;
    border-bottom: 2px solid transparent;
    color: var(--vscode-panelTitle-inactiveForeground, var(--muted));
    cursor: pointer;
  }

  .quantities label:hover {
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
  }

  .quantities label:has(:checked) {
    border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
    font-weight: 600;
  }

  .quantities label:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  /* There for the keyboard and for screen readers; the label shows what is chosen. */
  .quantities input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }

  .counts {
    margin: 6px 0 8px !important;
  }

  table.forest {
    width: 100%;
  }

  .forest tbody tr {
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
  }

  .forest tbody tr:hover {
    background: var(--faint);
  }

  zcl-page .forest tbody :is(th, td) {
    padding: 0 14px 0 0;
    line-height: 24px;
    vertical-align: top;
  }

  .forest tbody th {
    white-space: nowrap;
  }

  zcl-page .forest .plot {
    width: 100%;
    min-width: 180px;
    padding: 0 20px 0 10px;
  }

  .forest :is(.ratios, .values) {
    width: 1%;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .forest .line {
    display: flex;
    gap: 10px;
    height: 24px;
  }

  .forest .ratios .letter {
    display: flex;
    gap: 4px;
    align-items: center;
    width: 2.6em;
  }

  .forest .ratios .median {
    min-width: 3.2em;
    font-weight: 600;
    text-align: right;
  }

  .forest .ratios .spread {
    min-width: 7.2em;
    line-height: 24px;
  }

  .forest .values .line {
    gap: 6px;
    align-items: baseline;
  }

  .forest .values .codicon {
    color: var(--muted);
    font-size: 0.85em;
  }

  .forest svg {
    display: block;
    overflow: visible;
  }

  .forest .ways {
    display: flex;
    justify-content: space-between;
    color: var(--muted);
    font-size: 0.9em;
  }

  .forest .axis text {
    fill: var(--muted);
    font-size: 11px;
    text-anchor: middle;
  }

  .forest .grid {
    stroke: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
  }

  .forest .one {
    stroke: color-mix(in srgb, var(--vscode-foreground) 65%, transparent);
  }

  .forest .band {
    fill: color-mix(in srgb, var(--vscode-foreground) 9%, transparent);
  }

  .forest .hit {
    fill: transparent;
  }

  .forest .change {
    cursor: pointer;
  }

  .forest .interval {
    stroke: var(--look);
    stroke-width: 2;
  }

  .forest .end {
    stroke: var(--look);
    stroke-width: 1.5;
  }

  .forest [data-verdict='unsettled'] .mark {
    fill: var(--background);
    stroke: var(--look);
    stroke-width: 1.6;
  }

  /* the rest */

  .apart {
    max-width: 75em;
  }

  .apart dt {
    margin-top: 6px !important;
    font-weight: 600 !important;
  }

  .apart dd {
    color: var(--muted);
  }

  zcl-page .all-numbers {
    margin-top: 24px;
  }

  zcl-page .numbers caption {
    padding: 10px 0 2px;
    font-weight: 600;
    text-align: left;
  }

  @media (max-width: 900px) {
    .forest thead th:not(.plot) {
      display: none;
    }

    .forest :is(tbody, thead, tr) {
      display: block;
    }

    zcl-page .forest .plot {
      display: block;
      width: auto;
      padding: 0;
    }

    .differences {
      min-width: 560px;
    }

    .forest tbody tr {
      padding: 4px 0;
    }

    .forest tbody :is(th, td) {
      display: block;
      white-space: normal;
    }

    .forest :is(.ratios, .values) {
      width: auto;
    }

    .forest .ratios .line {
      flex-wrap: wrap;
      height: auto;
    }
  }
`;
