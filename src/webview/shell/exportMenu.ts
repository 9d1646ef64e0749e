/** Takes the picture of a flow or a chart along: as SVG or PNG, on a light or a dark ground. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { PictureText } from '../../model/picture/flow/slideOf.ts';
import type { Shade } from '../../model/picture/palettes.ts';

/** Pixels of a PNG to one of the picture: sharp on a slide that fills a wide screen. */
const PNG_SCALE = 2;

/** @param name of what is in the picture, for assistive technology @param take gets the choice */
export function exportMenu(name: string, take: (format: PictureFormat, shade: Shade) => void): TemplateResult {
  const choose = (event: Event, format: PictureFormat, shade: Shade) => {
    close(event);
    take(format, shade);
  };
  return html`<details class="menu" data-part="export-picture" @keydown=${closeByKey} @focusout=${closeWhenLeft}>
    <summary class="icon-button" title=${l10n.t('Export picture…')} aria-label=${l10n.t('Export picture: {0}', name)}>
      <span class="codicon codicon-file-media" aria-hidden="true"></span>
    </summary>
    <ul role="list">
      ${FORMATS.flatMap((format) =>
        SHADES.map(
          (shade) => html`<li>
            <button data-format=${format} data-shade=${shade} @click=${(event: Event) => choose(event, format, shade)}>
              ${shade === 'light' ? l10n.t('{0}, light', format.toUpperCase()) : l10n.t('{0}, dark', format.toUpperCase())}
            </button>
          </li>`,
        ),
      )}
    </ul>
  </details>`;
}

export type PictureFormat = 'svg' | 'png';

/** What is chosen in the menu, as `zcl-picture-wanted` carries it. */
export interface PictureChoice {
  readonly format: PictureFormat;
  readonly shade: Shade;
}

const FORMATS: readonly PictureFormat[] = ['svg', 'png'];
const SHADES: readonly Shade[] = ['light', 'dark'];

/**
 * The picture as a file of that format holds it: the text of an SVG, a PNG in base64.
 * @throws Error when the browser cannot draw it
 */
export async function encoded(picture: PictureText, format: PictureFormat) {
  return format === 'svg'
    ? ({ mediaType: 'image/svg+xml', data: picture.text } as const)
    : ({ mediaType: 'image/png', data: await pngOf(picture) } as const);
}

async function pngOf({ text, width, height }: PictureText): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

function menuOf(event: Event): HTMLDetailsElement {
  return (event.currentTarget as HTMLElement).closest('details') as HTMLDetailsElement;
}

function close(event: Event): void {
  const menu = menuOf(event);
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

function closeByKey(event: KeyboardEvent): void {
  if (event.key === 'Escape' && menuOf(event).open) close(event);
}

function closeWhenLeft(event: FocusEvent): void {
  const menu = menuOf(event);
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
}
