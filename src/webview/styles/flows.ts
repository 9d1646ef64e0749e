/** The flow diagrams, their counts and their steps. */
import { type CSSResult, css } from 'lit';

export const flowStyles: CSSResult = css`
  .mode-tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 18px;
    border-bottom: 1px solid var(--edge);
  }

  .mode-tabs button {
    padding: 6px 0 5px;
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--vscode-panelTitle-inactiveForeground, var(--muted));
    font: inherit;
    cursor: pointer;
  }

  .mode-tabs button:hover {
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
  }

  .mode-tabs button[aria-selected='true'] {
    border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
    font-weight: 600;
  }

  zcl-page .mode-summary {
    margin-top: 10px;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 22px;
    margin-top: 10px;
  }

  zcl-flow-panel [data-part='widths-note'] {
    margin-top: 4px;
  }

  .choices .choice {
    flex-wrap: wrap;
  }

  .choices select {
    max-width: 100%;
  }

  .flow-legend {
    display: flex;
    flex-wrap: wrap;
    gap: 3px 20px;
    margin-top: 10px !important;
    font-size: 0.93em;
  }

  .flow-legend li {
    display: flex;
    gap: 7px;
    align-items: center;
  }

  .flows {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 26px 36px;
    margin-top: 16px;
  }

  @media (min-width: 900px) {
    .flow-cards.paired {
      grid-template-columns: repeat(2, minmax(0, 1fr)) !important;
    }
  }

  zcl-page .switched {
    max-width: 85em;
    margin-top: 12px;
    padding-left: 1.3em;
    list-style: disc;
  }

  .measured {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 22px;
    margin: 4px 0 6px;
  }

  .measured div {
    display: flex;
    gap: 6px;
  }

  .measured dt {
    color: var(--muted);
  }

  .measured dd {
    font-variant-numeric: tabular-nums;
  }

  .flow-cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
    gap: 26px 36px;
    align-content: start;
  }

  zcl-flow-card {
    display: grid;
    grid-row: span 4;
    grid-template-rows: subgrid;
    grid-template-columns: minmax(0, 1fr);
    row-gap: 0;
    position: relative;
    min-width: 0;
  }

  .card-title {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    justify-content: space-between;
  }

  .card-head h3 {
    margin-bottom: 6px;
  }

  .menu {
    position: relative;
  }

  .menu ul {
    position: absolute;
    right: 0;
    z-index: 2;
    padding: 4px !important;
    border: 1px solid var(--vscode-menu-border, var(--edge));
    border-radius: 5px;
    background: var(--vscode-menu-background, var(--background));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }

  .menu button {
    width: 100%;
    padding: 3px 14px;
    border: 0;
    border-radius: 3px;
    background: none;
    color: var(--vscode-menu-foreground, var(--vscode-foreground));
    font: inherit;
    text-align: left;
    white-space: nowrap;
    cursor: pointer;
  }

  .menu button:is(:hover, :focus-visible) {
    background: var(--vscode-menu-selectionBackground, var(--faint));
    color: var(--vscode-menu-selectionForeground, var(--vscode-foreground));
  }

  .step-card {
    position: absolute;
    z-index: 1;
    width: max-content;
    max-width: min(26em, 100%);
    box-sizing: border-box;
    font-size: 0.93em;
  }

  .step-card .step-title {
    margin: 0 0 3px;
    font-weight: 600;
  }

  .step-card dl {
    display: grid;
    gap: 2px;
    margin: 0;
  }

  .step-card dl div {
    display: grid;
    grid-template-columns: 5.5em minmax(0, 1fr);
    gap: 8px;
  }

  .step-card .hint {
    display: block;
  }

  .origin {
    display: block;
    color: var(--muted);
    font-weight: normal;
    font-size: 0.93em;
  }

  .flow-picture {
    display: block;
  }

  .flow-picture .step {
    cursor: default;
  }

  .reach {
    stroke: transparent;
    stroke-width: 14;
    stroke-dasharray: none;
    pointer-events: stroke;
  }

  .step.active .reach {
    stroke: color-mix(in srgb, var(--vscode-foreground) 18%, transparent);
    stroke-linecap: round;
  }

  .step.aside {
    opacity: 0.35;
  }

  .flow-picture :is(.badge-number, .label, .proof-mark) {
    pointer-events: none;
  }

  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 22px;
    margin-top: 10px !important;
  }

  .counts div {
    display: flex;
    flex-direction: row-reverse;
    gap: 6px;
    align-items: baseline;
    justify-content: flex-end;
  }

  .counts dd {
    font-size: 1.4em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  zcl-page .counts-of-ends {
    width: auto;
    margin-top: 8px;
  }

  .counts-of-ends [data-count] {
    font-weight: 600;
  }

  zcl-page .side-name {
    margin: 10px 0 0;
    font-weight: 600;
    text-align: left;
  }

  .side-name::first-letter {
    text-transform: uppercase;
  }

  .sides {
    color: var(--muted);
    font-size: 0.93em;
  }

  zcl-page .steps {
    margin-top: 8px;
  }

  .steps li {
    display: flex;
    gap: 8px;
    margin-left: -6px;
    padding: 3px 6px;
    border-radius: 3px;
  }

  .steps li.active {
    background: var(--vscode-list-hoverBackground, var(--faint));
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }

  .note {
    color: var(--muted);
  }

  .number-sample {
    flex: none;
    width: 17px;
    height: 17px;
    margin-top: 0.1em;
    border: 1.25px solid var(--vscode-foreground);
    border-radius: 50%;
    background: var(--vscode-foreground);
    color: var(--background);
    font-size: 11px;
    font-weight: 600;
    line-height: 14.5px;
    text-align: center;
  }

  .number-sample.own {
    outline: 1.25px solid var(--vscode-foreground);
    outline-offset: 1.25px;
  }

  .own-word {
    margin-left: 4px;
    font-weight: 600;
    font-size: 0.93em;
  }

  .number-sample.by-receiver {
    border-radius: 4px;
  }

  .number-sample.later {
    background: var(--background);
    color: var(--vscode-foreground);
  }

  zcl-page .footnote {
    max-width: 85em;
    margin-top: 10px;
    font-size: 0.93em;
  }

  zcl-flow-panel h3 {
    margin-top: 22px;
  }

  zcl-flow-card h3 {
    margin-top: 0 !important;
  }

  zcl-page .caveats {
    max-width: 75em;
    margin-top: 4px;
    padding-left: 1.3em;
    list-style: disc;
  }

  .not-run div {
    max-width: 75em;
    margin-top: 4px;
  }

  .not-run dt {
    display: inline;
    margin-right: 0.6em !important;
    font-weight: 600;
  }

  .not-run dd {
    display: inline;
    color: var(--muted);
  }

  .caveats li {
    margin-top: 2px;
  }
`;
