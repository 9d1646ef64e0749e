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
    min-width: 0;
  }

  .card-head h3 {
    margin-bottom: 6px;
  }

  .origin {
    display: block;
    color: var(--muted);
    font-weight: normal;
    font-size: 0.93em;
  }

  .flow-picture {
    display: block;
    fill: none;
    font-size: 12px;
  }

  .flow-picture text {
    fill: var(--vscode-foreground);
    dominant-baseline: central;
  }

  .band rect {
    stroke: none;
  }

  .band-user rect {
    fill: color-mix(in srgb, var(--vscode-foreground) 2%, transparent);
  }

  .band-kernel rect {
    fill: color-mix(in srgb, var(--vscode-foreground) 8%, transparent);
  }

  .band-hardware rect {
    fill: color-mix(in srgb, var(--vscode-foreground) 4%, transparent);
  }

  .flow-picture .band-name,
  .flow-picture .band-note {
    fill: var(--muted);
    text-anchor: middle;
    font-size: 11px;
  }

  .boundary {
    stroke: color-mix(in srgb, var(--vscode-foreground) 55%, transparent);
    stroke-width: 1.5;
  }

  .receiver-side path {
    stroke: var(--muted);
    stroke-dasharray: 2 4;
  }

  .flow-picture .receiver-side text {
    fill: var(--muted);
    font-size: 11px;
  }

  .flow-picture .receiver-side .sender {
    text-anchor: end;
  }

  .place rect {
    fill: var(--background);
    stroke: color-mix(in srgb, var(--vscode-foreground) 55%, transparent);
  }

  .place text {
    text-anchor: middle;
  }

  .kind-cpu-copy {
    --kind: var(--vscode-charts-red);
    --dash: none;
    --weight: 3px;
  }

  .kind-dma-copy {
    --kind: var(--vscode-charts-blue);
    --dash: 9 5;
    --weight: 2.25px;
  }

  .kind-page-reference {
    --kind: var(--vscode-charts-green);
    --dash: 0.1 5;
    --weight: 2.75px;
  }

  .kind-mapping {
    --kind: var(--vscode-charts-purple);
    --dash: none;
    --weight: 1.5px;
  }

  .kind-system-call {
    --kind: var(--vscode-foreground);
    --dash: none;
    --weight: 1.25px;
  }

  .kind-fault,
  .kind-touch,
  .kind-wait {
    --kind: var(--vscode-charts-orange);
    --dash: none;
    --weight: 1.25px;
  }

  .line {
    fill: none;
    stroke: var(--kind);
    stroke-dasharray: var(--dash);
    stroke-width: var(--weight);
  }

  .at-most .line {
    --dash: 3 2.5;
  }

  .kind-page-reference .line {
    stroke-linecap: round;
  }

  .later .line {
    stroke-dasharray: 4 6;
    opacity: 0.8;
  }

  .head {
    fill: var(--kind);
  }

  .reach {
    fill: none;
    stroke: transparent;
    stroke-width: 14;
    pointer-events: stroke;
  }

  .badge {
    fill: var(--vscode-foreground);
    stroke: var(--vscode-foreground);
    stroke-width: 1.25;
  }

  .badge-number,
  .flow-picture .label {
    pointer-events: none;
  }

  .flow-picture .badge-number {
    fill: var(--background);
    text-anchor: middle;
    font-size: 11px;
    font-weight: 600;
  }

  .later .badge {
    fill: var(--background);
  }

  .flow-picture .later .badge-number {
    fill: var(--vscode-foreground);
  }

  .flow-picture .label {
    font-family: var(--mono);
    font-size: 11.5px;
  }

  .flow-picture :is(.kind-fault, .kind-touch, .kind-wait) .label {
    font-family: inherit;
    font-size: 11px;
  }

  .step.active .line {
    stroke-width: calc(var(--weight) + 1.5px);
    opacity: 1;
  }

  .step.aside {
    opacity: 0.35;
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
