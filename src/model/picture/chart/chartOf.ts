/** The picture of one chart of a result, as an SVG file: for whoever has the whole result, as slideOf.ts for flows. */
import * as l10n from '@vscode/l10n';
import { chartsOf, shownCases } from '../../charts/kinds.ts';
import type { PageResult } from '../../pageResult.ts';
import { type Outcome, ok, refuse } from '../../problems.ts';
import { svgDocument } from '../document.ts';
import type { PictureText } from '../flow/slideOf.ts';
import { PALETTES, type Shade } from '../palettes.ts';
import { chartSlide } from './chartSlide.ts';

/** Which chart, of which modes, and how it is drawn. */
export interface ChartWish {
  /** Id of a chart; null: the first, by what the experiment compares its cases. */
  readonly chart: string | null;
  /** Modes that are left out. */
  readonly hidden: readonly string[];
  readonly shade: Shade;
}

/** Refused where the result has no such chart, or nothing to draw in it. */
export function chartOf(result: PageResult, { chart, hidden, shade }: ChartWish): Outcome<PictureText> {
  const kinds = chartsOf(result);
  const kind = chart === null ? kinds[0] : kinds.find(({ id }) => id === chart);
  if (kind === undefined) {
    return refuse(
      'no-chart',
      l10n.t('The result has no chart "{0}".', chart ?? ''),
      l10n.t('It has: {0}.', kinds.map(({ id }) => id).join(', ')),
    );
  }
  const description = kind.describe(result, shownCases(result, hidden));
  if (description.rows.length === 0) {
    return refuse(
      'no-chart',
      l10n.t('There is nothing to draw: "{0}" has no numbers here.', description.title),
      result.experiment.kind === 'hazards'
        ? l10n.t('Hazards are not timed; export a report (md), which tells what each mode did.')
        : l10n.t('Run the experiment again, or choose another chart.'),
    );
  }
  const slide = chartSlide(description, result);
  const { width, height } = slide.attributes as { readonly width: number; readonly height: number };
  return ok({ text: svgDocument(slide, PALETTES[shade]), width, height });
}
