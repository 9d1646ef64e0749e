/** The step player at the foot of a flow's picture, and what travels through it. */
import { type CSSResult, css } from 'lit';

export const playerStyles: CSSResult = css`
  .player {
    margin-top: 6px;
  }

  .player-bar,
  .player-line,
  .player-scope,
  .player-scope label {
    display: flex;
    gap: 2px 4px;
    align-items: center;
  }

  .player-line {
    flex-wrap: wrap;
    gap: 2px 14px;
    min-height: 1.6em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }

  .player-scope {
    flex-wrap: wrap;
    gap: 2px 12px;
  }

  .player input {
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }

  .player [type='range'] {
    flex: 1;
    min-width: 40px;
    margin-inline: 6px;
  }

  .player select {
    padding: 1px 2px;
    border: 1px solid var(--vscode-dropdown-border, var(--edge));
    border-radius: 2px;
    background: var(--vscode-dropdown-background, var(--background));
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
    font: inherit;
  }

  .player :is(select, input):focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  .icon-button {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    width: 24px;
    height: 24px;
    padding: 0;
    border: 0;
    border-radius: 5px;
    background: none;
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
    font-size: 16px;
    cursor: pointer;
  }

  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground, var(--faint));
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }

  .for-readers {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .readings {
    width: auto;
    margin-top: 6px;
  }

  .readings .agreement {
    color: var(--muted);
  }

  /* The counts of one chunk would be taken for those of the transfer. */
  zcl-flow-card:has([data-scope='transfer']) .counts {
    display: none;
  }

  .traveller {
    pointer-events: none;
  }

  .traveller rect {
    fill: var(--background);
    stroke: var(--kind);
    stroke-width: 1.5;
  }

  .flow-picture .traveller text {
    font-family: var(--mono);
    font-size: 10px;
    text-anchor: middle;
  }

  :is(.kind-fault, .kind-touch, .kind-wait).traveller rect {
    fill: none;
  }
`;
