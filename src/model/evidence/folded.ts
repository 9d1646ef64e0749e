/** Stacks as text, a line each, root first, as flame graphs are made of (Brendan Gregg's stackcollapse format). */
import { msPerGib } from './shares.ts';
import type { CaseStacks } from './stacksFile.ts';

/** `thread;root;...;leaf count`. Several cases go into one text with their names in front. */
export function folded(cases: readonly CaseStacks[]): string {
  return text(
    cases.flatMap((one) =>
      [...counts(one)].map(([stack, count]) => `${cases.length > 1 ? `${plain(one.name)};` : ''}${stack} ${count}`),
    ),
  );
}

/**
 * `thread;root;...;leaf before after` for difffolded and differential flame graphs. Both numbers are CPU milliseconds per
 * GiB moved, so that passes of different lengths compare.
 */
export function foldedDifference(before: CaseStacks, after: CaseStacks): string {
  const [old, now] = [counts(before), counts(after)];
  const per = (count: number | undefined, pass: CaseStacks) => msPerGib(count ?? 0, pass).toFixed(3);
  return text(
    [...new Set([...old.keys(), ...now.keys()])].map(
      (stack) => `${stack} ${per(old.get(stack), before)} ${per(now.get(stack), after)}`,
    ),
  );
}

/** Samples by folded stack. */
function counts(one: CaseStacks): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { thread, frames, count } of one.stacks) {
    const stack = [thread, ...[...frames].reverse().map(plain)].join(';');
    found.set(stack, (found.get(stack) ?? 0) + count);
  }
  return found;
}

/** A semicolon separates frames, a line break stacks. */
function plain(name: string): string {
  return name.replace(/[;\r\n]/g, ':');
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
