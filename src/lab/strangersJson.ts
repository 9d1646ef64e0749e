/** JSON text that anybody may have written: looked at letter by letter before it is parsed, so that no text costs more than its length. */

/**
 * What a text may hold at most. `JSON.parse` takes 7 s for 32 MB of brackets and 18 s for an object of two million names,
 * with a gigabyte of memory; within these bounds it takes less than one second for as much text.
 */
const MOST = {
  /** Objects and lists within one another; our documents have less than 12. */
  depth: 64,
  /** Objects and lists together. */
  structures: 600_000,
  /** Values, which is commas. */
  values: 4_000_000,
  /** Names of one object. */
  names: 1_000,
  /** Characters of one string as it is written. */
  characters: 65_536,
} as const;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Whether a text keeps within what any document of ours needs. It may still be no JSON. */
export function isWithinBounds(text: string): boolean {
  /** Of each structure that is open: its commas, or -1 for a list, which may be long. */
  const open: number[] = [];
  let structures = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (end - at > MOST.characters) return false;
        at = end;
        break;
      }
      case OPEN_LIST:
      case OPEN_OBJECT:
        open.push(text.charCodeAt(at) === OPEN_LIST ? -1 : 0);
        if (open.length > MOST.depth || ++structures > MOST.structures) return false;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open.pop();
        break;
      case COMMA: {
        if (++values > MOST.values) return false;
        const commas = open.at(-1) ?? -1;
        if (commas < 0) break;
        open[open.length - 1] = commas + 1;
        if (commas + 2 > MOST.names) return false;
      }
    }
  }
  return true;
}

/** Where the string ends that begins at a quotation mark; the end of the text where it does not end. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return text.length;
}
