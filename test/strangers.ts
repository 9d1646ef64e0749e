/** What somebody may have put into a file who means no good. */
import * as v from 'valibot';
import { type Result, resultSchema } from '../src/model/result/result.ts';

/** Each would leave a mark, `window.taken`, a request or a command to a terminal, if anything took it for more than text. */
export const ATTACKS: readonly string[] = [
  '<img src=x onerror="window.taken = 1">',
  '</script><script>window.taken = 2</script>',
  '"><svg onload="window.taken = 3">',
  `'><iframe srcdoc='<script>parent.taken=4</script>'></iframe>`,
  'javascript:window.taken=5',
  '[read this](javascript:window.taken=6)',
  '![](http://127.0.0.1:9/taken.png)',
  '<a href="command:workbench.action.quit">click</a> <http://127.0.0.1:9/taken>',
  '{{constructor.constructor("window.taken = 8")()}}',
  '\u001b]0;taken\u0007\u001b[2J\u001b[31mred \u009b5m \u001bP+q\u001b\\',
  'one line\r\nanother \u2028 line\n\n# heading\n| cell | cell |\n```\n---',
  '\u202eeltit\u2066isolated\u200f',
  '=HYPERLINK("http://127.0.0.1:9/taken","click")',
  `@SUM(1+9)*cmd|' /C calc'!A0`,
  '__proto__',
  'constructor',
  'toString',
  '../../../../etc/passwd',
  '%s%n%00\u0000\ud800',
  'x'.repeat(5000),
];

/** Every string of a document replaced by what `swap` makes of it; it gets the way to each, such as `cases.0.mode`. */
export function withStrings(document: unknown, swap: (text: string, way: string) => string, way = ''): unknown {
  const inside = (name: string | number) => (way === '' ? String(name) : `${way}.${name}`);
  if (typeof document === 'string') return swap(document, way);
  if (Array.isArray(document)) return document.map((each, index) => withStrings(each, swap, inside(index)));
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, each]) => [name, withStrings(each, swap, inside(name))]),
  );
}

/**
 * A valid result with an attack in every string that may be any text, another one in each, beginning with the nth.
 * @throws Error where hardly any string could be replaced, so that nobody tests nothing
 */
export function attacked(result: Result, nth: number): Result {
  const fixed = new Set<string>();
  for (;;) {
    let next = nth;
    let swapped = 0;
    const document = withStrings(result, (text, way) => {
      if (fixed.has(way)) return text;
      swapped += 1;
      return ATTACKS[next++ % ATTACKS.length] ?? text;
    });
    const parsed = v.safeParse(resultSchema, document);
    if (parsed.success) {
      if (swapped < ATTACKS.length) throw new Error(`only ${swapped} strings of the result may be any text`);
      return parsed.output;
    }
    for (const issue of parsed.issues) fixed.add(v.getDotPath(issue) ?? '');
  }
}
