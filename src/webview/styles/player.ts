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
    margin-left: -4px;
  }

  .player-scope label {
    position: relative;
    padding: 1px 7px;
    border: 1px solid transparent;
    border-radius: 3px;
    cursor: pointer;
  }

  .player-scope label:has(:checked) {
    border-color: var(--vscode-inputOption-activeBorder, var(--edge));
    background: var(--vscode-inputOption-activeBackground, var(--faint));
    color: var(--vscode-inputOption-activeForeground, var(--vscode-foreground));
  }

  .player-scope label:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  /* The label shows what the button would. */
  .player [type='radio'] {
    position: absolute;
    opacity: 0;
    margin: 0;
    inset: 0;
  }

  .player [type='range'] {
    flex: 1;
    min-width: 40px;
    height: 16px;
    margin: 0 6px;
    background: none;
    appearance: none;
  }

  .player [type='range']::-webkit-slider-runnable-track {
    height: 3px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-foreground) 30%, transparent);
  }

  .player [type='range']::-webkit-slider-thumb {
    width: 11px;
    height: 11px;
    margin-top: -4px;
    border-radius: 50%;
    background: var(--vscode-foreground);
    appearance: none;
  }

  .player [type='range']:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  .for-readers {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  zcl-page .readings {
    width: auto;
    margin: 6px 0 8px;
  }

  .readings .agreement {
    color: var(--muted);
  }

  @media (max-width: 420px) {
    zcl-page .readings :is(th, td) {
      padding-right: 10px;
      white-space: normal;
    }
  }

  /* The counts of one chunk would be taken for those of the transfer. */
  zcl-flow-card:has([data-scope='transfer']) :is(.counts, .counts-of-ends) {
    display: none;
  }

  .traveller {
    pointer-events: none;
  }
`;
