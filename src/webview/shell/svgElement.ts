/** Pictures of the model as elements of the page, in the colours of its theme. */
import { type Palette, type SvgNode, valueText } from '../../model/picture/svg.ts';

/** Theme tokens, so that a picture follows the theme by itself. */
const THEME: Palette = {
  background: 'var(--background)',
  foreground: 'var(--vscode-foreground)',
  muted: 'var(--muted)',
  red: 'var(--vscode-charts-red)',
  blue: 'var(--vscode-charts-blue)',
  green: 'var(--vscode-charts-green)',
  purple: 'var(--vscode-charts-purple)',
  orange: 'var(--vscode-charts-orange)',
  sans: 'inherit',
  mono: 'var(--mono)',
};

/** The picture as an element, which templates take as it is. */
export function svgElement({ tag, attributes, children }: SvgNode): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, valueText(value, THEME));
  element.append(...children.map((child) => (typeof child === 'string' ? child : svgElement(child))));
  return element;
}
