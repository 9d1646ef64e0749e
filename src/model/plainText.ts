/**
 * Text of strangers where letters can command: a terminal obeys escape sequences (ECMA-48), a line break forges a line, and
 * marks of direction (UAX #9) make a text read otherwise than it is. Each becomes its code, such as `\x1b`, for all to see.
 */

/** C0, DEL and C1 controls, line and paragraph separators, marks of direction, halves of characters. */
const COMMANDS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu;
/** In JSON the controls below a blank are written as codes already. */
const COMMANDS_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One line that a terminal only shows. */
export function printable(text: string): string {
  return text.replace(COMMANDS, (each) => {
    const code = each.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : codeOf(code);
  });
}

/** Text that a spreadsheet shows and does not compute: with one of these in front it would be a formula. */
export function spreadsheetText(text: string): string {
  const shown = printable(text);
  return /^\s*[=+\-@]/.test(shown) ? `'${shown}` : shown;
}

/** `printable`, of every string in a document, and of every name of a member. */
export function printableDocument<Document>(document: Document): Document {
  return made(document) as Document;
}

function made(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(made);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [printable(name), made(each)]));
}

/** JSON that says the same and that a terminal only shows. */
export function printableJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(COMMANDS_IN_JSON, (each) => codeOf(each.charCodeAt(0)));
}

function codeOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
