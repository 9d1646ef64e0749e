/** The picture of a flow on the page: measured in the page's fonts, and with room to point at its thin lines. */
import type { Flow } from '../../model/flow.ts';
import { type FlowPictureOptions, flowPicture } from '../../model/picture/flow/flowPicture.ts';
import type { SvgNode } from '../../model/picture/svg.ts';
import { measuredWidth } from '../shell/measuredWidth.ts';
import { svgElement } from '../shell/svgElement.ts';

/** Below this share of its own size a diagram scrolls instead of shrinking further. */
const SMALLEST_SCALE = 0.75;

/** The picture, as wide as there is room for it. */
export function diagramOf(flow: Flow, options: Omit<FlowPictureOptions, 'measure'>): SvgNode {
  return scaled(flowPicture(flow, { ...options, measure: textWidth }), options.width);
}

/** The picture as an element of the page. */
export function diagramElement(picture: SvgNode): SVGElement {
  const element = svgElement(picture);
  for (const line of element.querySelectorAll('path.line')) {
    const reach = line.cloneNode() as SVGElement;
    reach.setAttribute('class', 'reach');
    line.parentElement?.prepend(reach);
  }
  return element;
}

/** Tells the steps to point out from the others; none: all are alike. */
export function pointOut(diagram: SVGElement, active: ReadonlySet<number>): void {
  for (const step of diagram.querySelectorAll<SVGElement>('.step')) {
    const is = active.has(Number(step.dataset['step']));
    step.classList.toggle('active', is);
    step.classList.toggle('aside', active.size > 0 && !is);
  }
}

function scaled(picture: SvgNode, room: number): SvgNode {
  const { width, height } = picture.attributes as { readonly width: number; readonly height: number };
  const scale = Math.min(1, Math.max(SMALLEST_SCALE, room / width));
  const attributes = { ...picture.attributes, width: Math.floor(width * scale), height: Math.ceil(height * scale) };
  return { ...picture, attributes };
}

/** Width of a text in the diagrams' fonts, which the page takes from the theme. */
function textWidth(text: string, font: 'name' | 'call'): number {
  const style = getComputedStyle(document.body);
  const mono = style.getPropertyValue('--vscode-editor-font-family') || 'monospace';
  return measuredWidth(text, font === 'name' ? `12px ${style.fontFamily}` : `11.5px ${mono}`);
}
