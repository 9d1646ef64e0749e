/** The host during the run, and the time of single calls. */
import { type CSSResult, css } from 'lit';

export const measureStyles: CSSResult = css`
  [data-part='noise'] {
    margin-top: 22px;
  }

  .noise-warning {
    display: flex;
    gap: 8px;
    max-width: 75em;
    margin-top: 6px !important;
  }

  .noise-warning .codicon {
    margin-top: 0.15em;
    color: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
  }

  .noise {
    display: grid;
    grid-template-columns: max-content minmax(80px, 1fr) max-content;
    gap: 3px 16px;
    margin-top: 8px !important;
  }

  .noise > div,
  .noise dd {
    display: contents;
  }

  .noise dt,
  .noise-range,
  .noise-time {
    color: var(--muted);
  }

  .noise-range {
    font-variant-numeric: tabular-nums;
    text-align: right;
  }

  .noise-curve {
    width: 100%;
    height: 20px;
  }

  .noise-curve path {
    fill: none;
    stroke: var(--vscode-foreground);
    stroke-width: 1.25;
    vector-effect: non-scaling-stroke;
  }

  .noise-curve .ground {
    stroke: color-mix(in srgb, var(--vscode-foreground) 22%, transparent);
    stroke-width: 1;
  }

  .noise > .noise-time {
    display: flex;
    grid-column: 2;
    justify-content: space-between;
    font-size: 0.88em;
    font-variant-numeric: tabular-nums;
  }

  .latency {
    width: 100%;
  }

  .latency .latency-scale {
    width: 34%;
    min-width: 180px;
    padding-right: 0;
  }

  .latency svg {
    display: block;
    width: 100%;
    overflow: visible;
  }

  .latency-axis text {
    fill: var(--muted);
    font-size: 11px;
    text-anchor: middle;
  }

  .latency-axis .first {
    text-anchor: start;
  }

  .latency-axis .last {
    text-anchor: end;
  }

  .latency-bar .grid {
    stroke: color-mix(in srgb, var(--vscode-foreground) 14%, transparent);
  }

  .latency-bar .tail {
    stroke: var(--look);
    stroke-width: 1.5;
    stroke-dasharray: 3 2;
  }

  .latency-bar .body {
    stroke: var(--look);
    stroke-width: 6;
  }

  .latency-bar .ticks {
    stroke: var(--vscode-foreground);
    stroke-width: 1.5;
  }

  .mode-dot {
    display: inline-block;
    width: 3px;
    height: 1.1em;
    margin-right: 8px;
    background: var(--look);
    vertical-align: -0.2em;
  }

  @media (max-width: 620px) {
    .noise {
      grid-template-columns: minmax(0, 1fr);
    }

    .noise > div {
      display: grid;
      grid-template: 'name range' auto 'curve curve' auto / minmax(0, 1fr) max-content;
    }

    .noise-curve {
      grid-area: curve;
    }

    .noise-range {
      grid-area: range;
    }

    .noise > .noise-time {
      grid-column: 1;
    }
  }
`;
