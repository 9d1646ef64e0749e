/** From what a page sends to be saved as a picture to the bytes of a file. What comes from a page is input like any other. */
import * as l10n from '@vscode/l10n';
import { type Outcome, ok, refuse } from '../problems.ts';

export interface PictureFile {
  /** Without its ending: letters, digits, dots, dashes and underscores. */
  readonly name: string;
  readonly ending: 'svg' | 'png';
  readonly bytes: Uint8Array;
}

/** No diagram or chart comes near it. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
const LONGEST_NAME = 80;
/** First bytes of every PNG (RFC 2083, 3.1). */
const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The file, or a problem where the data is not what the media type says. The name is a suggestion, and is made safe. */
export function pictureFile(sent: {
  readonly name: unknown;
  readonly mediaType: unknown;
  readonly data: unknown;
}): Outcome<PictureFile> {
  const { data, mediaType } = sent;
  const name = safeName(sent.name);
  if (typeof data !== 'string' || data.length > MOST_CHARACTERS) return noPicture();
  if (mediaType === 'image/svg+xml') {
    const isSvg = /^(<\?xml[^>]*\?>\s*)?<svg[\s>]/.test(data);
    return isSvg ? ok({ name, ending: 'svg', bytes: new TextEncoder().encode(data) }) : noPicture();
  }
  if (mediaType !== 'image/png') return noPicture();
  const bytes = fromBase64(data);
  const isPng = bytes !== null && PNG_SIGNATURE.every((byte, at) => bytes[at] === byte);
  return isPng ? ok({ name, ending: 'png', bytes }) : noPicture();
}

function noPicture(): Outcome<never> {
  return refuse(
    'no-picture',
    l10n.t('What the page sent to be saved is no picture.'),
    l10n.t('Close the page and open the result file again.'),
  );
}

function safeName(name: unknown): string {
  const words = typeof name === 'string' ? name.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[.-]+|[.-]+$/g, '') : '';
  return words.slice(0, LONGEST_NAME) || 'picture';
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
