/** The pictures of a report: what the experiment compares its cases by, and the ways of the winner and of its baseline. */
import { modeName } from '../caseName.ts';
import { hasSeveralSizes } from '../caseSize.ts';
import { chartsOf, shownCases, usualSecond } from '../charts/kinds.ts';
import { bestOf } from '../findings/compared.ts';
import { pageResultOf } from '../pageResult.ts';
import { pathDescriptor } from '../paths.ts';
import { chartOf } from '../picture/chart/chartOf.ts';
import { knownWidths, type SlideWish, slideOf } from '../picture/flow/slideOf.ts';
import type { Shade } from '../picture/palettes.ts';
import type { Result } from '../result/result.ts';

export interface ReportPicture {
  /** Of its file, without the ending: letters, digits and dashes. */
  readonly name: string;
  readonly alt: string;
  /** Of the SVG file. */
  readonly text: string;
}

export interface ReportPictures {
  readonly charts: readonly ReportPicture[];
  readonly flows: readonly ReportPicture[];
}

export function reportPictures(result: Result, shade: Shade): ReportPictures {
  return { charts: chartPictures(result, shade), flows: flowPictures(result, shade) };
}

/** The headline, and over the sizes where there are several. */
function chartPictures(result: Result, shade: Shade): readonly ReportPicture[] {
  const page = pageResultOf(result);
  const wanted = ['headline', ...(hasSeveralSizes(result) ? [usualSecond(page)] : [])];
  return chartsOf(page)
    .filter(({ id }) => wanted.includes(id))
    .flatMap((kind) => {
      const picture = chartOf(page, { chart: kind.id, hidden: [], shade });
      const { title } = kind.describe(page, shownCases(page, []));
      return picture.ok ? [{ name: kind.id, alt: title, text: picture.value.text }] : [];
    });
}

/** The flows on this host, with what tells them apart marked; without a winner that of the baseline alone. */
function flowPictures(result: Result, shade: Shade): readonly ReportPicture[] {
  if (result.experiment.kind === 'hazards') return [];
  const best = bestOf(result);
  if (best === undefined || best.one.mode === best.baseline.mode) {
    const { baseline } = pathDescriptor(result.experiment.path);
    const index = result.cases.findIndex((one) => one.mode === baseline && one.summary !== null);
    return picture(result, {
      case: index,
      other: null,
      flow: 'here',
      widths: knownWidths([result.cases[index]]),
      shade,
    });
  }
  const widths = knownWidths([best.one, best.baseline]);
  const pair = { case: best.baselineIndex, other: best.index, widths, shade };
  return [...picture(result, { ...pair, flow: 'other' }), ...picture(result, { ...pair, flow: 'here' })];
}

function picture(result: Result, wish: SlideWish): readonly ReportPicture[] {
  const slide = slideOf(result, wish);
  const mode = result.cases[wish.flow === 'other' ? (wish.other ?? wish.case) : wish.case]?.mode ?? '';
  return slide.ok ? [{ name: `flow-${mode}`, alt: modeName(mode), text: slide.value.text }] : [];
}
