/** Markdown as a renderer shows it that takes HTML as it is and makes links of what looks like one. */
import { createRequire } from 'node:module';

const MarkdownIt = createRequire(import.meta.url)('markdown-it') as new (options: {
  readonly html: boolean;
  readonly linkify: boolean;
}) => { render(markdown: string): string };

const renderer = new MarkdownIt({ html: true, linkify: true });

/** As HTML. */
export function rendered(markdown: string): string {
  return renderer.render(markdown);
}

/** The names of its elements, each once. */
export function elementsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/g)].map(([, name]) => name as string));
}

/** What is read of it, without its elements. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}
