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
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Share of a pale token's own colour in its look; the rest is foreground, which is dark in light themes and light in dark ones. */
const PALE_PERCENT = 55;

interface LookColor {
  readonly token: string;
  /** Some light themes give this token a colour too pale for a line on white. */
  readonly pale?: true;
}

const COLORS: readonly LookColor[] = [
  { token: '--vscode-charts-blue' },
  { token: '--vscode-charts-orange', pale: true },
  { token: '--vscode-charts-green' },
  { token: '--vscode-charts-purple' },
  { token: '--vscode-charts-red' },
  // Yellow would be too close to orange.
  { token: '--vscode-charts-foreground' },
];
const DASHES: readonly ModeLook['dash'][] = [[], [10, 4], [2, 4], [10, 3, 2, 3], [5, 3], [8, 3, 2, 3, 2, 3]];
const SHAPES: readonly ModeLook['shape'][] = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross'];

/**
 * The look of the n-th mode of a result. Each has its own colour as long as they last; from then on the same colour comes
 * with another dash and another shape, so that no two of the first 36 look alike.
 */
export function modeLook(nth: number): ModeLook {
  const cycle = lookCycle(nth);
  return {
    color: lookColor(taken(COLORS, nth), (name) => token(name, 'currentcolor')),
    dash: taken(DASHES, nth + cycle),
    shape: taken(SHAPES, nth + 2 * cycle),
  };
}

function taken<T>(from: readonly T[], nth: number): T {
  return from[nth % from.length] as T;
}

/** Class that gives SVG parts the colour of the n-th mode; see styles/frame.ts. */
export function lookClass(nth: number): string {
  return `look-${nth % COLORS.length}`;
}

/** How often the colours were used up before the n-th look: from 1 on it needs more than a colour. */
export function lookCycle(nth: number): number {
  return Math.floor(nth / COLORS.length);
}

/** The colours of the looks in terms of theme tokens, for the stylesheet. */
export const LOOK_COLORS: readonly string[] = COLORS.map((look) => lookColor(look, (name) => `var(${name})`));

/** @param write a token as it is written where the colour is used */
function lookColor(look: LookColor, write: (name: string) => string): string {
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
