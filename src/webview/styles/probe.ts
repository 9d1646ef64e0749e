/** The page of a probe. */
import { type CSSResult, css } from 'lit';

export const probeStyles: CSSResult = css`
  .probe {
    max-width: 1100px;
  }

  .probing {
    margin-top: 12px;
    color: var(--muted);
  }

  .probing vscode-progress-bar {
    margin-bottom: 6px;
  }

  .share {
    margin-left: 0.4em;
    color: var(--muted);
    font-weight: normal;
    font-variant-numeric: tabular-nums;
  }

  table.probes {
    width: 100%;
    table-layout: fixed;
  }

  .probes tr {
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
  }

  .probes tbody tr:hover {
    background: var(--faint);
  }

  zcl-page .probes :is(th, td) {
    padding: 4px 16px 4px 0;
    overflow-wrap: anywhere;
  }

  .probes thead th:first-child {
    width: 24%;
  }

  .probes thead th:nth-child(2) {
    width: 9.5em;
  }

  .probes .status {
    white-space: nowrap;
  }

  .probes .status .codicon {
    width: 1.2em;
    margin-right: 0.4em;
    color: var(--muted);
  }

  .probes [data-status='works'] .codicon {
    color: var(--vscode-charts-green);
  }

  .probes [data-status='failed'] .codicon {
    color: var(--vscode-errorForeground);
  }

  .probes thead th {
    border-bottom: 1px solid var(--edge);
    color: var(--muted);
  }

  .probe .details {
    padding: 0;
  }

  @media (max-width: 520px) {
    .probes thead,
    .probes td:empty {
      display: none;
    }

    .probes tr {
      display: grid;
      grid-template-columns: 1fr auto;
    }

    .probes td:last-child {
      grid-column: 1 / -1;
    }
  }
`;
