/** The slide of one flow of a result, as an SVG file: for whoever has the whole result, the host of a page or the command line. */
import * as l10n from '@vscode/l10n';
import { HERE } from '../../evidence/flowNames.ts';
import { comparedViews, flowViews, type KnownResult } from '../../flowViews.ts';
import { findMode } from '../../modes/catalogue.ts';
import { type Outcome, ok, refuse } from '../../problems.ts';
import { type CostSource, largestCost } from '../../stepFacts.ts';
import { svgDocument } from '../document.ts';
import { PALETTES, type Shade } from '../palettes.ts';
import { flowSlide } from './flowSlide.ts';

/** Which flow, and how it is drawn. */
export interface SlideWish {
  /** Index of the case whose mode and numbers it is. */
  readonly case: number;
  /** Index of a case of the mode beside it; null: the textbook's flows are beside it. */
  readonly other: number | null;
  /** Key of the flow: `classic-0`, `here`, `other`. */
  readonly flow: string;
  readonly widths: CostSource | null;
  readonly shade: Shade;
}

/** A picture as the text of a file, and its size in pixels. */
export interface PictureText {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Refused where the result has no such flow; the wish may come from a page and be anything. */
export function slideOf(result: KnownResult, wish: SlideWish): Outcome<PictureText> {
  const [one, other] = [result.cases[wish.case], wish.other === null ? undefined : result.cases[wish.other]];
  const [mode, its] = [findMode(one?.mode ?? ''), findMode(other?.mode ?? '')];
  const views =
    mode === undefined
      ? []
      : its === undefined
        ? flowViews(result, mode, one)
        : comparedViews(result, [mode, one], [its, other]);
  const view = views.find(({ key }) => key === wish.flow);
  const palette = Object.hasOwn(PALETTES, wish.shade) ? PALETTES[wish.shade] : undefined;
  if (view === undefined || palette === undefined) {
    return refuse(
      'no-flow',
      l10n.t('The result has no such flow to draw.'),
      l10n.t('Close the page and open the result file again.'),
    );
  }
  const { widths } = wish;
  const largest =
    widths === null
      ? 0
      : largestCost(
          views.flatMap(({ facts }) => facts),
          widths,
        );
  const slide = flowSlide(view, {
    host: result.host,
    receiverHost: result.receiverHost,
    widths,
    largest,
  });
  const { width, height } = slide.attributes as { readonly width: number; readonly height: number };
  return ok({ text: svgDocument(slide, palette), width, height });
}

/** The slide of what the mode of a case does on this host, its arrows as wide as what was measured where that is known. */
export function flowOf(result: KnownResult, index: number, shade: Shade): Outcome<PictureText> {
  return slideOf(result, { case: index, other: null, flow: HERE, widths: knownWidths([result.cases[index]]), shade });
}

/** What arrows of all these cases can be as wide as: what kernel samples measured, or else nothing but their kind. */
export function knownWidths(cases: readonly (KnownResult['cases'][number] | undefined)[]): CostSource | null {
  const measured = cases.every((one) =>
    one?.evidence?.arrows.some(({ verdict, msPerGib }) => verdict === 'seen' && msPerGib !== null),
  );
  return measured ? 'measured' : null;
}
