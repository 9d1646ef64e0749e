/** The page around its tables, charts and diagrams: type, heading, progress, details, and the page of an unreadable file. */
import { type CSSResult, css, unsafeCSS } from 'lit';
import { LOOK_COLORS } from '../shell/theme.ts';

const looks = unsafeCSS(LOOK_COLORS.map((color, nth) => `.look-${nth} { --look: ${color}; }`).join('\n'));

export const frameStyles: CSSResult = css`
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

  /* Cards that come where something is pointed at look as the hovers of VS Code. */
  zcl-page :is(.chart-card, .step-card, zcl-word-card) {
    padding: 6px 10px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--edge));
    border-radius: 3px;
    background: var(--vscode-editorHoverWidget-background, var(--background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }

  /* What is folded looks as in the views of VS Code. A menu is no fold. */
  zcl-page summary {
    width: fit-content;
    list-style: none;
    cursor: pointer;
  }

  zcl-page summary:not(.icon-button)::before {
    content: '\\eab6';
    margin-right: 4px;
    font: 16px / 1 codicon;
    vertical-align: -0.2em;
  }

  zcl-page [open] > summary:not(.icon-button)::before {
    content: '\\eab4';
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

  .fold {
    margin-top: 22px;
  }

  .fold > summary {
    font-weight: 600;
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

  /* details */

  .details {
    columns: 360px;
    column-gap: 40px;
    padding: 8px 4px 4px;
  }

  .facts {
    width: 100%;
    margin-bottom: 14px;
    table-layout: fixed;
    break-inside: avoid;
  }

  .facts caption {
    padding-bottom: 4px;
    font-weight: 600;
    text-align: left;
  }

  .facts th {
    width: 44%;
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
