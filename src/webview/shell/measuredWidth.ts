let context: CanvasRenderingContext2D | null | undefined;

/** Width of a text in pixels, as this browser draws it. @param font as in CSS, such as "12px sans-serif" */
export function measuredWidth(text: string, font: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * Number.parseFloat(font) * 0.6;
  context.font = font;
  return context.measureText(text).width;
}
