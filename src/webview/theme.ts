/** From theme tokens to the colours of charts, and word when they change. Colours come from the theme only. */

/** How a mode looks everywhere: colour, dash and point shape, so that none has to be told by colour alone. */
export interface ModeLook {
  readonly color: string;
  readonly dash: readonly number[];
  readonly shape: 'circle' | 'rect' | 'triangle' | 'rectRot' | 'star' | 'cross';
}

/** What canvas drawing needs to know. */
export interface ThemeColors {
  readonly foreground: string;
  readonly muted: string;
  readonly lines: string;
  readonly background: string;
  readonly tooltip: { readonly background: string; readonly foreground: string; readonly border: string };
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Share of a pale token's own colour in its look; the rest is foreground, which is dark in light themes and light in dark ones. */
const PALE_PERCENT = 55;

const LOOKS: readonly {
  readonly token: string;
  /** Some light themes give this token a colour too pale for a line on white. */
  readonly pale?: true;
  readonly dash: readonly number[];
  readonly shape: ModeLook['shape'];
}[] = [
  { token: '--vscode-charts-blue', dash: [], shape: 'circle' },
  { token: '--vscode-charts-orange', pale: true, dash: [8, 4], shape: 'rect' },
  { token: '--vscode-charts-green', dash: [2, 3], shape: 'triangle' },
  { token: '--vscode-charts-purple', dash: [10, 3, 2, 3], shape: 'rectRot' },
  { token: '--vscode-charts-red', dash: [5, 2], shape: 'star' },
  { token: '--vscode-charts-yellow', pale: true, dash: [1, 2], shape: 'cross' },
];

/** The look of the n-th mode of a result. */
export function modeLook(nth: number): ModeLook {
  const look = LOOKS[nth % LOOKS.length] as (typeof LOOKS)[number];
  const color = lookColor(look, (name) => token(name, 'currentcolor'));
  return { color, dash: look.dash, shape: look.shape };
}

/** Class that gives SVG parts the colour of the n-th mode; see styles/frame.ts. */
export function lookClass(nth: number): string {
  return `look-${nth % LOOKS.length}`;
}

/** The colours of the looks in terms of theme tokens, for the stylesheet. */
export const LOOK_COLORS: readonly string[] = LOOKS.map((look) => lookColor(look, (name) => `var(${name})`));

/** @param write a token as it is written where the colour is used */
function lookColor(look: (typeof LOOKS)[number], write: (name: string) => string): string {
  const color = write(look.token);
  return look.pale ? `color-mix(in srgb, ${color} ${PALE_PERCENT}%, ${write('--vscode-foreground')})` : color;
}

export function themeColors(): ThemeColors {
  const foreground = token('--vscode-foreground', 'CanvasText');
  return {
    foreground,
    muted: token('--vscode-descriptionForeground', foreground),
    lines: token('--vscode-charts-lines', foreground),
    background: token('--vscode-editor-background', 'Canvas'),
    tooltip: {
      background: token('--vscode-editorHoverWidget-background', 'Canvas'),
      foreground: token('--vscode-editorHoverWidget-foreground', foreground),
      border: token('--vscode-editorHoverWidget-border', foreground),
    },
    fontFamily: token('--vscode-font-family', 'sans-serif'),
    fontSize: Number.parseFloat(token('--vscode-font-size', '13px')),
  };
}

/** The colour mixed with transparency, as CSS and canvas both understand it. */
export function faded(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, transparent)`;
}

/** Calls back after every change of the theme. Returns how to stop. */
export function observeTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  }
  return () => observer.disconnect();
}

function token(name: string, fallback: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || fallback;
}
