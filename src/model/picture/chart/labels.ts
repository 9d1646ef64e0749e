/** The names of lines beside their ends, each with a sample of its line, none on top of another. */
import { modeName } from '../../caseName.ts';
import { TEXT } from '../blocks.ts';
import { hundredths, node, type SvgNode, textNode, token } from '../svg.ts';
import { shortened, textWidth } from '../textWidth.ts';
import { lookPoint, lookStroke } from './looks.ts';

/** Height of a name with the room around it. */
export const LABEL = 19;
const SAMPLE = 30;
const GAP = 8;
/** From the end of a line to its name. */
const LEADER = 26;
const WIDEST = 240;

/** Something drawn in the look of its mode, and where its name should be. */
export interface Labelled {
  readonly mode: string;
  readonly look: number;
  readonly y: number;
  /** Where a thin line to its name begins; null: there is none. */
  readonly leader: number | null;
  /** Its line has points. */
  readonly pointed: boolean;
  /** It has a line at all. */
  readonly lined: boolean;
}

/** Room that names take on the right. */
export function labelsWidth(modes: readonly string[]): number {
  return LEADER + SAMPLE + GAP + Math.max(0, ...modes.map((mode) => textWidth(nameOf(mode), TEXT)));
}

/** @param x where the lines end @param bottom of what they are drawn in */
export function labels(all: readonly Labelled[], x: number, bottom: number): readonly SvgNode[] {
  const inOrder = all.toSorted((a, b) => a.y - b.y);
  const places = apart(
    inOrder.map(({ y }) => y),
    bottom,
  );
  return inOrder.flatMap(({ mode, look, y, leader, pointed, lined }, index) => {
    const at = places[index] ?? y;
    const left = x + LEADER;
    return [
      ...(leader !== null
        ? [
            node('path', {
              d: `M${hundredths(leader)} ${hundredths(y)}H${x + 4}L${left - 5} ${hundredths(at)}`,
              stroke: token('muted'),
              'stroke-opacity': 0.6,
            }),
          ]
        : []),
      ...(lined
        ? [node('path', { d: `M${left} ${hundredths(at)}h${SAMPLE}`, ...lookStroke(look), 'stroke-width': 2 })]
        : []),
      ...(pointed ? [lookPoint(look, left + SAMPLE / 2, at)] : []),
      textNode(nameOf(mode), left + SAMPLE + GAP, at),
    ];
  });
}

function nameOf(mode: string): string {
  return shortened(modeName(mode), WIDEST, TEXT);
}

/** The same places in ascending order, moved as little down and then up as keeps them `LABEL` apart above `bottom`. */
function apart(wanted: readonly number[], bottom: number): readonly number[] {
  const places: number[] = [];
  for (const y of wanted) places.push(Math.max(y, (places.at(-1) ?? -LABEL / 2) + LABEL));
  let below = bottom + LABEL / 2;
  for (let nth = places.length - 1; nth >= 0; nth--) {
    below = Math.min(places[nth] as number, below - LABEL);
    places[nth] = below;
  }
  return places;
}
