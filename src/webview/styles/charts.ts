/** The charts, their legend and choices, and the raw samples behind them. */
import { type CSSResult, css } from 'lit';

export const chartStyles: CSSResult = css`
  .chart-options,
  .chart-choices,
  .chart-legend,
  .mode-legend,
  .chart-picked {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    align-items: center;
  }

  .chart-options {
    justify-content: space-between;
    margin-top: 8px;
  }

  .chart-legend {
    gap: 2px 18px;
    margin-top: 6px !important;
  }

  .chart-legend li {
    display: flex;
    gap: 7px;
    align-items: center;
  }

  .mode-legend {
    gap: 0 6px;
  }

  .mode-legend ul {
    display: contents;
  }

  .mode-legend li {
    display: flex;
    align-items: center;
  }

  .chart-options button {
    display: flex;
    gap: 6px;
    align-items: center;
    min-height: 24px;
    padding: 1px 6px;
    border: 1px solid transparent;
    border-radius: 3px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .chart-options button:hover:not(:disabled) {
    background: var(--vscode-toolbar-hoverBackground, var(--faint));
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
  }

  zcl-page .chart-options .tick {
    width: 16px;
    height: 16px;
    border: 1px solid var(--vscode-checkbox-border, var(--edge));
    border-radius: 3px;
    background: var(--vscode-checkbox-background, var(--background));
    color: var(--vscode-checkbox-foreground, var(--vscode-foreground));
    font-size: 14px;
    line-height: 14px;
  }

  .chart-options [aria-checked='false'] {
    color: var(--muted);
  }

  .chart-options [aria-checked='false'] .tick::before {
    content: none;
  }

  .chart-options [aria-checked='false'] .legend-sample {
    stroke: var(--muted);
  }

  .chart-options .only {
    padding: 1px 4px;
    opacity: 0;
  }

  .mode-legend li:is(:hover, :focus-within) .only {
    opacity: 1;
  }

  zcl-page .as-link {
    padding: 1px 4px;
    text-decoration: none;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground, var(--vscode-foreground));
    font: inherit;
    cursor: pointer;
  }

  zcl-page .as-link:disabled {
    color: var(--vscode-disabledForeground, var(--muted));
    cursor: default;
  }

  zcl-page .as-link:hover:not(:disabled) {
    text-decoration: underline;
  }

  zcl-page .as-text {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .chart-table {
    margin-top: 8px;
  }

  .chart-table[open] summary {
    margin-bottom: 6px;
  }

  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
    gap: 14px 40px;
    margin-top: 12px;
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

  .chart-box:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }

  .chart-card {
    position: absolute;
    z-index: 1;
    width: max-content;
    max-width: min(26em, 100%);
    font-size: 0.93em;
    pointer-events: none;
  }

  .charts .scroll-x {
    margin-top: 8px;
  }

  .legend-sample {
    flex: none;
    overflow: visible;
    fill: var(--background);
    stroke: var(--look);
    stroke-width: 2;
  }

  zcl-page .chart-picked {
    min-height: 1.6em;
    margin-top: 6px;
  }

  .mode-dot {
    display: inline-block;
    width: 3px;
    height: 1.1em;
    margin-right: 8px;
    background: var(--look);
    vertical-align: -0.2em;
  }

  zcl-page tr.pointed > * {
    background: var(--vscode-list-hoverBackground, var(--faint));
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }

  /* raw samples */

  .raw-samples {
    max-width: min(1100px, 94vw);
    max-height: 88vh;
    padding: 14px 18px;
    overflow-y: auto;
    border: 1px solid var(--vscode-editorWidget-border, var(--edge));
    border-radius: 4px;
    background: var(--vscode-editor-background);
    color: var(--vscode-foreground);
  }

  .raw-samples::backdrop {
    background: color-mix(in srgb, var(--vscode-editor-background) 60%, transparent);
  }

  .raw-samples h2 {
    margin: 0;
  }

  .raw-samples table {
    margin-top: 10px;
  }

  .pager {
    display: flex;
    gap: 10px;
    align-items: center;
    justify-content: flex-end;
    margin-top: 10px;
  }
`;
