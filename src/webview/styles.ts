/** The page's one stylesheet. Theme tokens only; derived colours by color-mix. */
import { type CSSResult, css, unsafeCSS } from 'lit';
import { LOOK_COLORS } from './theme.ts';

const looks = unsafeCSS(LOOK_COLORS.map((color, nth) => `.look-${nth} { --look: ${color}; }`).join('\n'));

export const pageStyles: CSSResult = css`
  ${looks}

  zcl-page {
    --muted: var(--vscode-descriptionForeground, var(--vscode-foreground));
    --background: var(--vscode-editor-background);
    --edge: var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 18%, transparent));
    --faint: color-mix(in srgb, var(--vscode-foreground) 5%, transparent);
    --mono: var(--vscode-editor-font-family, monospace);
    display: block;
    max-width: 1480px;
    padding: 14px 4px 40px;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size, 13px);
    line-height: 1.45;
  }

  zcl-page * {
    box-sizing: border-box;
  }

  zcl-page :is(h1, h2, h3, p, ul, ol, dl, dd, dt) {
    margin: 0;
    padding: 0;
    font-weight: inherit;
  }

  zcl-page :is(ul, ol) {
    list-style: none;
  }

  zcl-page h1 {
    font-size: 1.5em;
    font-weight: 600;
    line-height: 1.25;
  }

  zcl-page h2 {
    margin: 30px 0 8px;
    font-size: 1.15em;
    font-weight: 600;
  }

  zcl-page h3 {
    font-weight: 600;
  }

  zcl-page :is(button, .scroll-x, summary, .steps li):focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  zcl-page .codicon {
    font-size: inherit;
    vertical-align: -0.1em;
  }

  .scroll-x {
    overflow-x: auto;
  }

  .hint,
  .footnote,
  .footnotes,
  .chart-note,
  .none {
    color: var(--muted);
  }

  /* heading */

  .title-line {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    align-items: center;
    justify-content: space-between;
  }

  .facts-line {
    display: flex;
    flex-wrap: wrap;
    margin-top: 3px !important;
    color: var(--muted);
    font-size: 0.93em;
  }

  .facts-line li:not(:last-child)::after {
    content: '·';
    margin: 0 0.5em;
  }

  .facts-line li {
    overflow-wrap: anywhere;
  }

  zcl-page .finding {
    max-width: 60em;
    margin: 18px 0 0;
    padding: 0 0 0 12px;
    border-left: 3px solid var(--vscode-focusBorder);
    font-size: 1.25em;
    line-height: 1.4;
    text-wrap: pretty;
  }

  zcl-page .finding.none {
    border-color: var(--edge);
    color: var(--muted);
    font-size: 1em;
  }

  zcl-page .more-findings {
    max-width: 75em;
    margin: 8px 0 0 15px;
    color: var(--muted);
  }

  zcl-page .more-findings li {
    margin-top: 2px;
  }

  zcl-page .not-whole {
    display: flex;
    gap: 8px;
    max-width: 75em;
    margin: 12px 0 0;
    padding: 7px 10px;
    border: 1px solid var(--vscode-inputValidation-warningBorder, var(--edge));
    background: var(--vscode-inputValidation-warningBackground, transparent);
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  }

  .not-whole .hint {
    color: inherit;
  }

  .not-whole .codicon {
    flex: none;
    margin-top: 0.15em;
  }

  /* progress */

  .progress {
    position: sticky;
    z-index: 2;
    top: 0;
    margin: -14px 0 14px;
    padding: 8px 0 0;
    background: var(--background);
  }

  .progress-line {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    align-items: center;
    min-height: 28px;
    margin-bottom: 6px;
    font-variant-numeric: tabular-nums;
  }

  .progress-line strong {
    min-width: 3.4em;
    font-weight: 600;
  }

  .progress-line vscode-button {
    margin-left: auto;
  }

  /* tables */

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

  table.numbers thead th {
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

  table.ranking {
    width: 100%;
    min-width: 640px;
  }

  .ranking thead th {
    padding: 0;
    border-bottom: 1px solid var(--edge);
    vertical-align: bottom;
  }

  .ranking thead button {
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

  .ranking thead .number button {
    flex-direction: row-reverse;
    justify-content: flex-start;
    text-align: right;
  }

  .ranking thead button:hover {
    background: var(--vscode-list-hoverBackground, var(--faint));
  }

  .ranking thead .codicon {
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

  .ranking tbody tr:hover {
    background: var(--faint);
  }

  .ranking tbody th {
    width: 22%;
    min-width: 150px;
  }

  .ranking tbody th > span {
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
    margin: 0 7px 0 1px;
    background: var(--look);
    vertical-align: -0.18em;
  }

  .buffer {
    margin-left: 0.6em;
    font-variant-numeric: tabular-nums;
  }

  .tag {
    display: inline-block;
    margin-left: 11px;
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

  td[data-column='mibPerSecond'] > div {
    display: grid;
    grid-template-columns: minmax(60px, 1fr) auto;
    column-gap: 14px;
  }

  td[data-column='mibPerSecond'] .median {
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

  .ranking :is(th, td)[data-column='mibPerSecond'] {
    width: 28%;
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

  .footnotes {
    max-width: 85em;
    margin-top: 8px !important;
    font-size: 0.93em;
  }

  .footnotes li {
    margin-top: 2px;
  }

  /* charts */

  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
    gap: 8px 40px;
    margin-top: 28px;
  }

  .charts > * {
    display: block;
    min-width: 0;
  }

  .chart-box {
    position: relative;
    width: 100%;
    margin-top: 8px;
  }

  .chart-legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin-top: 6px !important;
  }

  .chart-legend li {
    display: flex;
    gap: 7px;
    align-items: center;
  }

  .legend-sample {
    overflow: visible;
    fill: var(--background);
    stroke: var(--look);
    stroke-width: 2;
  }

  .chart-table {
    margin-top: 8px;
  }

  .chart-table summary {
    width: fit-content;
    color: var(--vscode-textLink-foreground, var(--vscode-foreground));
    cursor: pointer;
  }

  .chart-table[open] summary {
    margin-bottom: 6px;
  }

  /* flows */

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

  .flow-cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
    gap: 26px 36px;
    margin-top: 16px;
  }

  zcl-flow-card {
    display: grid;
    grid-row: span 4;
    grid-template-rows: subgrid;
    grid-template-columns: minmax(0, 1fr);
    row-gap: 0;
    min-width: 0;
  }

  zcl-flow-card > h3 {
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

  .flow-picture :is(.kind-fault, .kind-wait) .label {
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

  zcl-flow-card > h3 {
    margin-top: 0 !important;
  }

  zcl-page .caveats {
    max-width: 75em;
    margin-top: 4px;
    padding-left: 1.3em;
    list-style: disc;
  }

  .caveats li {
    margin-top: 2px;
  }

  /* details */

  /* Some themes have no colours for section headers; the component would then fall back to those of a dark theme. */
  zcl-page vscode-collapsible {
    --vscode-sideBar-background: transparent;
    --vscode-sideBarSectionHeader-background: transparent;
    --vscode-sideBarTitle-foreground: var(--vscode-foreground);
    margin-top: 30px;
    border-top: 1px solid var(--edge);
  }

  .details {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr));
    gap: 14px 40px;
    padding: 8px 4px 4px;
  }

  .facts {
    width: 100%;
    height: fit-content;
    table-layout: fixed;
  }

  .facts caption {
    padding-bottom: 4px;
    font-weight: 600;
    text-align: left;
  }

  .facts th {
    width: 36%;
    color: var(--muted);
  }

  .facts :is(th, td) {
    padding: 2px 12px 2px 0;
    overflow-wrap: anywhere;
  }

  /* unreadable */

  .unreadable {
    max-width: 42em;
    margin: 12vh auto 0;
    padding: 0 12px;
  }

  zcl-page .unreadable > .codicon {
    color: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
    font-size: 32px;
  }

  zcl-page .unreadable h1 {
    margin: 10px 0 8px;
    overflow-wrap: anywhere;
  }

  zcl-page .unreadable p {
    margin-top: 6px;
    overflow-wrap: anywhere;
  }

  .unreadable vscode-button {
    margin-top: 18px;
  }

  @media (max-width: 420px) {
    zcl-page {
      padding-inline: 0;
    }
  }
`;
