/**
 * What a page may ask of its host, checked at the edge. A page shows strangers' files; whatever it sends is input like any
 * other. Only hosts import this: a page needs the types alone, which are in messages.ts.
 */
import * as v from 'valibot';
import { terms } from './glossary/catalogue.ts';
import type { WordId } from './glossary/word.ts';
import type { PageRequest } from './messages.ts';
import { SHADES } from './picture/palettes.ts';
import { pathSchema } from './result/path.ts';

/** The pages: each is a folder of src/webview with a bundle of its own. */
export type PageName = 'result' | 'probe' | 'learn' | 'compare';

type RequestType = PageRequest['type'];
/** A schema for everything that a request says. */
type Contents<Type extends RequestType> = {
  readonly [Name in Exclude<keyof Extract<PageRequest, { readonly type: Type }>, 'type' | 'id'>]: v.GenericSchema<
    unknown,
    Extract<PageRequest, { readonly type: Type }>[Name]
  >;
};

/** Ids are short; this leaves room for those of later versions. */
const LONGEST_ID = 200;
/** More than any table of a page. */
const LONGEST_COPY = 4_000_000;
/** As many results as nobody compares. */
const MOST_FILES = 64;
/** An SVG, or a PNG in base64; what may be saved is looked at once more by `pictureFile`. */
const LONGEST_PICTURE = 32 * 1024 * 1024;
const MOST_HIDDEN = 1000;

const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.maxLength(LONGEST_ID));
const nothing = {};
const listing = { mode: id, path: pathSchema };
const word = v.custom<WordId>((given) => terms().some((term) => term.id === given));

/** What each kind of request has beside its type and its number. */
const CONTENTS = {
  ready: nothing,
  cancel: nothing,
  arrangement: nothing,
  arrange: { kept: v.record(v.string(), v.unknown()) },
  'open-as-text': nothing,
  'run-again': nothing,
  'probe-again': nothing,
  'open-result': { file: index },
  'compare-files': { files: v.pipe(v.array(index), v.maxLength(MOST_FILES)) },
  'copy-comparison': nothing,
  'open-word': { word },
  'run-myth': { myth: id },
  'copy-myth': { myth: id },
  samples: { case: index, offset: index },
  'flow-picture': {
    case: index,
    other: v.nullable(index),
    flow: id,
    widths: v.nullable(v.picklist(['measured', 'predicted'])),
    shade: v.picklist(SHADES),
  },
  'chart-picture': {
    chart: v.nullable(id),
    hidden: v.pipe(v.array(id), v.maxLength(MOST_HIDDEN)),
    shade: v.picklist(SHADES),
  },
  'save-picture': {
    name: v.string(),
    mediaType: v.picklist(['image/svg+xml', 'image/png']),
    data: v.pipe(v.string(), v.maxLength(LONGEST_PICTURE)),
  },
  listing,
  copy: { text: v.pipe(v.string(), v.maxLength(LONGEST_COPY)) },
  'copy-listing': listing,
  'save-listing': listing,
} as const satisfies { readonly [Type in RequestType]: Contents<Type> };

/** What each page is for: none can have anything done that is another's. */
const ASKED_BY = {
  result: [
    'ready',
    'cancel',
    'arrangement',
    'arrange',
    'open-as-text',
    'run-again',
    'open-word',
    'samples',
    'flow-picture',
    'chart-picture',
    'save-picture',
    'listing',
    'copy',
    'copy-listing',
    'save-listing',
  ],
  probe: ['ready', 'probe-again'],
  compare: ['ready', 'open-result', 'compare-files', 'copy-comparison'],
  learn: ['ready', 'run-myth', 'copy-myth'],
} as const satisfies Readonly<Record<PageName, readonly RequestType[]>>;

/** The requests of a page. */
export type RequestOf<Page extends PageName> = Extract<PageRequest, { type: (typeof ASKED_BY)[Page][number] }>;

/** A request that can be answered, or why not; with the number that a refusal has to bear, where there is one. */
export type ReadRequest<Request> =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly id: number | null; readonly why: string };

/** Takes a message for what this page may ask, and for nothing else. Never throws. */
export function readPageRequest<Page extends PageName>(page: Page, message: unknown): ReadRequest<RequestOf<Page>> {
  const header = v.safeParse(v.object({ type: v.string(), id: index }), message);
  if (!header.success) return { ok: false, id: null, why: 'it has no type and number' };
  const { id: number } = header.output;
  const type = ASKED_BY[page].find((each) => each === header.output.type);
  if (type === undefined) return { ok: false, id: number, why: 'this page asks for nothing of the kind' };
  const schema = v.object({ type: v.literal(type), id: index, ...(CONTENTS[type] as v.ObjectEntries) });
  const parsed = v.safeParse(schema, message, { abortEarly: true });
  if (parsed.success) return { ok: true, request: parsed.output as RequestOf<Page> };
  return { ok: false, id: number, why: `its "${v.getDotPath(parsed.issues[0]) ?? type}" is not what it should be` };
}
