/** The charts and their legends. */
import { type CSSResult, css } from 'lit';

export const chartStyles: CSSResult = css`
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
`;
