/** The page of words and myths. */
import { type CSSResult, css } from 'lit';

export const learnStyles: CSSResult = css`
  .learn {
    max-width: 1180px;
  }

  .learn .mode-tabs {
    margin-top: 10px;
  }

  .learn a {
    color: var(--vscode-textLink-foreground);
    text-decoration: none;
  }

  .learn a:hover {
    text-decoration: underline;
  }

  .learn p a,
  .learn .hint a {
    text-decoration: underline;
  }

  .learn article {
    max-width: 46em;
    padding: 10px 0 8px;
    scroll-margin-top: 8px;
  }

  .learn article:focus {
    outline: none;
  }

  .learn article:focus > :is(h2, h3) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 3px;
  }

  .learn article p {
    margin-top: 8px;
    text-wrap: pretty;
  }

  .learn article .hint {
    margin-top: 6px;
    font-size: 0.93em;
    overflow-wrap: anywhere;
  }

  .learn article h3 {
    width: fit-content;
    font-size: 1.15em;
  }

  .learn article .short {
    margin-top: 4px;
    font-weight: 600;
  }

  .learn figure {
    margin: 10px 0 12px;
  }

  .learn figure svg {
    display: block;
    width: 100%;
    min-width: 270px;
    max-width: 520px;
    height: auto;
  }

  .learn figure .scroll-x {
    width: fit-content;
    max-width: 100%;
  }

  /* glossary */

  .glossary {
    display: grid;
    grid-template-columns: 200px minmax(0, 1fr);
    gap: 0 40px;
    margin-top: 14px;
  }

  .glossary-side {
    position: sticky;
    top: 0;
    align-self: start;
    overflow-y: auto;
    max-height: 100vh;
    padding: 2px 8px 20px 2px;
  }

  zcl-page vscode-textfield {
    --vscode-settings-textInputBackground: var(--vscode-input-background, transparent);
    --vscode-settings-textInputForeground: var(--vscode-input-foreground, var(--vscode-foreground));
    --vscode-settings-textInputBorder: var(--vscode-input-border, var(--edge));
    width: 100%;
  }

  zcl-page .glossary-side > .hint {
    margin-top: 6px;
    font-size: 0.93em;
  }

  zcl-page .topic {
    margin-top: 12px;
    color: var(--muted);
    font-size: 0.93em;
  }

  .glossary-side li {
    padding: 1px 0;
  }

  .glossary-words > section:first-of-type h2 {
    margin-top: 20px;
  }

  /* myths */

  zcl-page .myth-list > li {
    border-bottom: 1px solid color-mix(in srgb, var(--edge) 60%, transparent);
    padding: 12px 0 14px;
  }

  .myths article h2 {
    position: relative;
    width: fit-content;
    margin: 0;
    padding-left: 30px;
  }

  .myth-number {
    position: absolute;
    left: 0;
    color: var(--muted);
    font-weight: normal;
    font-variant-numeric: tabular-nums;
  }

  .myths article > :not(h2) {
    margin-left: 30px;
  }

  .experiment {
    margin-top: 10px;
    padding-left: 12px;
    border-left: 3px solid var(--edge);
  }

  zcl-page .look {
    margin-top: 4px;
    padding-left: 1.3em;
    list-style: disc;
  }

  .look-part {
    font-weight: 600;
  }

  zcl-page .experiment-line {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: center;
  }

  .experiment details {
    margin-top: 6px;
  }

  .experiment .code {
    margin-top: 4px;
  }

  .experiment .code pre {
    padding-inline: 12px;
  }

  zcl-page .not-here {
    display: flex;
    gap: 8px;
    padding-left: 12px;
    border-left: 3px solid var(--edge);
  }

  .not-here .codicon {
    flex: none;
    margin-top: 0.15em;
  }

  @media (max-width: 680px) {
    .glossary {
      grid-template-columns: minmax(0, 1fr);
    }

    .glossary-side {
      position: static;
      max-height: none;
      padding-bottom: 0;
    }

    .glossary-side ul {
      display: flex;
      flex-wrap: wrap;
      gap: 0 14px;
    }

    .myths article > :not(h2) {
      margin-left: 0;
    }
  }
`;
