/** The one way for words to standard error: what they quote may be anybody's. */
import { printable } from '../model/plainText.ts';
import type { Problem } from '../model/result/problem.ts';

/** No sentence of ours is as long; what makes it so is a text that somebody gave. */
const LONGEST = 4000;

/** A line that names the program. */
export function complain({ message, hint }: Omit<Problem, 'code'>): void {
  say(`zero-copy-lab: ${message}${hint === '' ? '' : ` ${hint}`}`);
}

/** One line, whatever is in it. */
export function say(text: string): void {
  const line = printable(text);
  process.stderr.write(`${line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`}\n`);
}
