/** A horizontal bar of parts on a scale that several bars share. Parts differ by colour and by pattern. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { lookClass, lookCycle } from '../shell/theme.ts';

/** What fills a part: the n-th look, or the hatching of what nobody can explain. */
export type Fill = number | 'rest' | 'overshoot';

export interface Part {
  /** Name and value in words, for the tooltip. */
  readonly title: string;
  readonly value: number;
  readonly fill: Fill;
  /** Written into the part where there is room. */
  readonly label?: string;
}

/** Something measured, to hold the parts against. */
export interface Mark {
  readonly at: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface BarOptions {
  /** The whole bar in one sentence, for those who do not see it. */
  readonly name: string;
  /** The value at the right end of the scale. */
  readonly most: number;
  readonly mark?: Mark;
}

/** Height of a bar; the mark stands out above and below. */
const HEIGHT = 16;
const OVERHANG = 4;
/** A part narrower than this share of the scale has no room for a label. */
const ROOM_FOR_LABEL = 0.08;
/** The scale ends a little before the right edge, so that a mark there is whole. */
const SCALE_PERCENT = 99;

/** The bar. Every part keeps its order, and is as wide as its value. */
export function stackedBar(parts: readonly Part[], { name, most, mark }: BarOptions): TemplateResult {
  let end = 0;
  const placed = parts.map((part) => {
    const start = end;
    end += part.value;
    return partOf(part, start, most);
  });
  return html`<svg class="stacked-bar" role="img" aria-label=${name} height=${HEIGHT + 2 * OVERHANG}>
    ${placed}
    ${mark === undefined ? nothing : markOf(mark, most)}
  </svg>`;
}

function partOf(part: Part, start: number, most: number): TemplateResult {
  const [x, width] = [percent(start, most), percent(part.value, most)];
  const room = part.label !== undefined && part.value >= ROOM_FOR_LABEL * most;
  return svg`<g class="part">
    <title>${part.title}</title>
    ${fills(part.fill).map(
      ([kind, fill]) => svg`<rect class=${kind} fill=${fill} x=${x} y=${OVERHANG} width=${width} height=${HEIGHT} />`,
    )}
    ${room ? svg`<text x=${percent(start + part.value / 2, most)} y=${OVERHANG + HEIGHT / 2}>${part.label}</text>` : nothing}
  </g>`;
}

function markOf({ at, low, high }: Mark, most: number): TemplateResult {
  const middle = OVERHANG + HEIGHT / 2;
  const whiskers =
    low === null || high === null
      ? nothing
      : svg`<line class="interval" x1=${percent(low, most)} x2=${percent(high, most)} y1=${middle} y2=${middle} />`;
  const x = percent(at, most);
  return svg`<g class="measured">${whiskers}<line x1=${x} x2=${x} y1="0" y2=${HEIGHT + 2 * OVERHANG} /></g>`;
}

function percent(value: number, most: number): string {
  return `${((most === 0 ? 0 : value / most) * SCALE_PERCENT).toFixed(2)}%`;
}

/** The fill of a part, as it stands in legends and tables. */
export function swatch(fill: Fill): TemplateResult {
  return html`<svg class="swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
    ${fills(fill).map(([kind, paint]) => svg`<rect class=${kind} fill=${paint} width="12" height="12" />`)}
  </svg>`;
}

/** The layers of a fill: a colour, and above it a pattern in the colour of the page. */
function fills(fill: Fill): readonly (readonly [kind: string, paint: string])[] {
  if (fill === 'rest') return [['rest', 'url(#zcl-hatch)']];
  if (fill === 'overshoot') return [['rest overshoot', 'url(#zcl-hatch-back)']];
  const pattern = PATTERNS[lookCycle(fill) % PATTERNS.length];
  return [
    [`solid ${lookClass(fill)}`, 'currentcolor'],
    ...(pattern == null ? [] : [['pattern', `url(#${pattern})`] as const]),
  ];
}

const PATTERNS: readonly (string | null)[] = [null, 'zcl-lines', 'zcl-dots'];

/** What the fills refer to; once on a page. */
export function fillPatterns(): TemplateResult {
  return html`<svg class="fill-patterns" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="zcl-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class="hatching" d="M0 0V6" />
      </pattern>
      <pattern id="zcl-hatch-back" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <path class="hatching" d="M0 0V6M3 0V6" />
      </pattern>
      <pattern id="zcl-lines" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class="relief" d="M0 0V5" />
      </pattern>
      <pattern id="zcl-dots" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle class="relief" cx="2.5" cy="2.5" r="1" />
      </pattern>
    </defs>
  </svg>`;
}
