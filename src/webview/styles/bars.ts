/** Stacked bars, their swatches, and the rows they stand in. */
import { type CSSResult, css } from 'lit';

export const barStyles: CSSResult = css`
  .fill-patterns {
    position: absolute;
  }

  .hatching {
    stroke: var(--vscode-foreground);
    stroke-width: 1.2;
  }

  .relief {
    fill: var(--background);
    stroke: var(--background);
    stroke-width: 1.5;
  }

  circle.relief {
    stroke: none;
  }

  .bars {
    display: grid;
    grid-template-columns: max-content minmax(140px, 1fr) auto;
    gap: 4px 16px;
    align-items: center;
    margin-top: 10px;
  }

  .bar-name {
    max-width: 16em;
  }

  .bar-value {
    font-variant-numeric: tabular-nums;
  }

  .bars h3 {
    grid-column: 1 / -1;
  }

  .bars h3:not(:first-child) {
    margin-top: 8px !important;
  }

  .stacked-bar {
    display: block;
    width: 100%;
    overflow: visible;
  }

  :is(.stacked-bar, .swatch) .solid {
    fill: color-mix(in srgb, var(--look) 55%, var(--background));
  }

  .stacked-bar .solid {
    stroke: var(--background);
    stroke-width: 1;
  }

  :is(.stacked-bar, .swatch) .rest {
    stroke: var(--vscode-foreground);
    stroke-width: 1;
  }

  .overshoot {
    stroke-dasharray: 3 2;
  }

  .stacked-bar text {
    fill: var(--vscode-foreground);
    font-size: 11px;
    font-weight: 600;
    text-anchor: middle;
    dominant-baseline: central;
    pointer-events: none;
  }

  .measured line {
    stroke: var(--vscode-foreground);
    stroke-width: 2;
  }

  .measured .interval {
    stroke-width: 4;
    opacity: 0.75;
  }

  .swatch {
    flex: none;
    overflow: visible;
    vertical-align: -0.15em;
  }

  th .swatch {
    margin-right: 5px;
  }

  @media (max-width: 620px) {
    .bars {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }

    .bar-name {
      margin-top: 6px;
    }
  }
`;
