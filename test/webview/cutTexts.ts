/** Finds text that cannot be read: cut off by what it stands in, beyond the edge of its picture, or under another. */
import type { Page } from '@playwright/test';

/** A line for each, with the text. Text that one can scroll to is not cut. */
export function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    /** Pixels that rounding and the overhang of letters take. */
    const SLACK = 1.5;
    /** Letters fill the middle of their line: two lines may touch. */
    const LINE_SLACK = 3;

    const texts = function* (root: Node): Generator<Text> {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node instanceof Text && node.data.trim() !== '') yield node;
        if (node instanceof Element && node.shadowRoot !== null) yield* texts(node.shadowRoot);
      }
    };
    const above = (node: Node): Element | null => {
      if (node instanceof Element && node.assignedSlot !== null) return node.assignedSlot;
      const parent = node.parentNode;
      if (parent instanceof ShadowRoot) return parent.host;
      return parent instanceof Element ? parent : null;
    };
    const rectOf = (text: Text): DOMRect => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return range.getBoundingClientRect();
    };
    const beyond = (inner: DOMRect, outer: DOMRect, sideways: boolean, down: boolean) =>
      (sideways && (inner.left < outer.left - SLACK || inner.right > outer.right + SLACK)) ||
      (down && (inner.top < outer.top - SLACK || inner.bottom > outer.bottom + SLACK));
    const isHidden = (element: Element) =>
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
      // For screen readers only.
      (element.clientWidth <= 1 && element.clientHeight <= 1 && getComputedStyle(element).position === 'absolute');

    const cutBy = (text: Text): Element | null => {
      const rect = rectOf(text);
      for (let box = above(text); box !== null; box = above(box)) {
        if (isHidden(box)) return null;
        const { overflowX, overflowY, display } = getComputedStyle(box);
        if (display === 'inline' || display === 'contents' || box instanceof SVGElement) continue;
        const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
        if (beyond(rect, box.getBoundingClientRect(), cuts(overflowX), cuts(overflowY))) return box;
        // Whatever lies beyond can be scrolled to.
        if (overflowX === 'auto' || overflowX === 'scroll' || overflowY === 'auto' || overflowY === 'scroll')
          return null;
      }
      return null;
    };

    const found: string[] = [];
    for (const text of texts(document.body)) {
      const parent = above(text);
      if (parent === null || /^(SCRIPT|STYLE|OPTION|title|desc)$/.test(parent.nodeName)) continue;
      const box = cutBy(text);
      if (box !== null) found.push(`"${text.data.trim()}" is cut by ${box.nodeName} ${box.className}`);
    }
    for (const select of document.querySelectorAll('select')) {
      if (select.checkVisibility() && select.scrollWidth > select.clientWidth) found.push(`"${select.value}" is cut`);
    }
    for (const picture of document.querySelectorAll('svg')) {
      if (!picture.checkVisibility() || picture.parentElement?.closest('svg') != null) continue;
      const frame = picture.getBoundingClientRect();
      const clips = getComputedStyle(picture).overflow !== 'visible';
      const labels = [...picture.querySelectorAll('text')]
        .filter((label) => label.checkVisibility() && label.textContent?.trim() !== '')
        .map((label) => ({ words: label.textContent ?? '', rect: label.getBoundingClientRect() }));
      for (const [nth, { words, rect }] of labels.entries()) {
        if (beyond(rect, frame, clips, clips)) found.push(`"${words}" is beyond its picture`);
        for (const other of labels.slice(nth + 1)) {
          const wide = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left);
          const high = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top);
          if (wide > SLACK && high > LINE_SLACK) found.push(`"${words}" overlaps "${other.words}"`);
        }
      }
    }
    return found;
  });
}
