/** The host during the run. */
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
