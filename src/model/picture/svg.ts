/**
 * Pictures as plain data: a tree of SVG elements whose colours and fonts are named, not chosen. A page draws the tree in
 * the colours of its theme; exports write it as text in those of a palette.
 */

/** What a picture leaves to whoever draws it: colours by their part, and two typefaces. */
export type Token =
  | 'background'
  | 'foreground'
  | 'muted'
  | 'red'
  | 'blue'
  | 'green'
  | 'purple'
  | 'orange'
  | 'sans'
  | 'mono';

/** A value for each token, as SVG attributes take it. */
export type Palette = Readonly<Record<Token, string>>;

export type SvgValue = string | number | { readonly token: Token };
export type SvgAttributes = Readonly<Record<string, SvgValue>>;

export interface SvgNode {
  readonly tag: string;
  readonly attributes: SvgAttributes;
  /** Elements, and text where the element takes any. */
  readonly children: readonly (SvgNode | string)[];
}

export function node(tag: string, attributes: SvgAttributes = {}, children: SvgNode['children'] = []): SvgNode {
  return { tag, attributes, children };
}

/** A text whose middle is at `y`: by `dy`, because many programs do not know `dominant-baseline`. */
export function textNode(text: string, x: number, y: number, attributes: SvgAttributes = {}): SvgNode {
  return node('text', { x, y, dy: '0.35em', fill: token('foreground'), ...attributes }, [text]);
}

export function token(name: Token): { readonly token: Token } {
  return { token: name };
}

/** The value of an attribute; numbers to a hundredth of a pixel. */
export function valueText(value: SvgValue, palette: Palette): string {
  if (typeof value === 'object') return palette[value.token];
  return typeof value === 'number' ? String(hundredths(value)) : value;
}

/** A length as paths have it: to a hundredth of a pixel. */
export function hundredths(length: number): number {
  return Math.round(length * 100) / 100;
}

/** The tree as markup, in the colours of the palette. */
export function svgText({ tag, attributes, children }: SvgNode, palette: Palette): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(valueText(value, palette))}"`);
  const start = `<${tag}${written.join('')}`;
  if (children.length === 0) return `${start}/>`;
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : svgText(child, palette)));
  return `${start}>${inside.join('')}</${tag}>`;
}

/** XML 1.0 has no way to write most control characters, so they are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
