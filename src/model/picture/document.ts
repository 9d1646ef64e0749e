/** A picture as a file of its own: nothing it needs is outside of it. */
import { node, type Palette, type SvgNode, svgText, token } from './svg.ts';

/**
 * The text of an SVG file: size in pixels, a background, every colour and font resolved. Classes and data attributes,
 * which only a page has a use for, are left out.
 * @param picture an `svg` element with `width` and `height`
 */
export function svgDocument(picture: SvgNode, palette: Palette): string {
  const { width = 0, height = 0 } = picture.attributes;
  const background = node('rect', { width, height, fill: token('background') });
  const { attributes, children } = bare(picture);
  const named = children.filter((child) => typeof child !== 'string' && isName(child));
  const drawn = children.filter((child) => !named.includes(child));
  const document = node('svg', { xmlns: 'http://www.w3.org/2000/svg', ...attributes }, [
    // A title names the file only where it comes first.
    ...named,
    background,
    ...drawn,
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svgText(document, palette)}\n`;
}

function isName({ tag }: SvgNode): boolean {
  return tag === 'title' || tag === 'desc';
}

function bare({ tag, attributes, children }: SvgNode): SvgNode {
  const kept = Object.entries(attributes).filter(([name]) => name !== 'class' && !name.startsWith('data-'));
  return node(
    tag,
    Object.fromEntries(kept),
    children.map((child) => (typeof child === 'string' ? child : bare(child))),
  );
}
