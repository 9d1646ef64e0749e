/** What the flow panel draws: of the mode that was chosen, or of two, at one size. */

import { caseSettings, settingsOf } from '../../model/caseSettings.ts';
import { modesOf, oneOfEachSize, sizeOf } from '../../model/caseSize.ts';
import { comparedViews, type FlowView, flowViews } from '../../model/flowViews.ts';
import { findMode } from '../../model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../model/modes/descriptor.ts';
import type { PageCase, PageResult } from '../../model/pageResult.ts';
import { REFERENCE_BUFFER_BYTES } from '../../model/plan.ts';
import { type CostSource, largestCost } from '../../model/stepFacts.ts';

/** What somebody asked for; what the result does not have is ignored. */
export interface FlowChoice {
  readonly mode: string | null;
  /** The mode beside it, instead of the textbook's flows. */
  readonly compare: string | null;
  /** Of buffer or object. */
  readonly size: number | null;
  /** The settings of a laboratory, where several ran. */
  readonly laboratory: string | null;
}

export interface ChosenFlows {
  readonly id: string;
  /** Undefined for a mode of another version of the lab. */
  readonly mode: ModeDescriptor | undefined;
  readonly other: ModeDescriptor | undefined;
  readonly views: readonly FlowView[];
  /** Its cases, one for every size it ran with; only those that tell more than counts, where some do. */
  readonly known: readonly PageCase[];
  /** The laboratories it ran through; one where there is nothing to choose. */
  readonly laboratories: readonly string[];
  /** The one that numbers are taken from. */
  readonly shown: PageCase | undefined;
  /** What the widths of arrows can show, the best first, with the largest cost of all. */
  readonly costs: ReadonlyMap<CostSource, number>;
}

export function chosenFlows(
  result: PageResult,
  { mode: wanted, compare, size, laboratory }: FlowChoice,
): ChosenFlows | null {
  const modes = modesOf(result);
  const id = modes.find((each) => each === wanted) ?? modes[0];
  if (id === undefined) return null;
  const mode = findMode(id);
  const other = modes.includes(compare ?? '') && compare !== id ? findMode(compare ?? '') : undefined;
  const everywhere = casesOf(result, id);
  const laboratories = settingsOf(everywhere);
  const through = laboratories.find((each) => each === laboratory) ?? laboratories[0];
  const own = everywhere.filter((one) => caseSettings(one) === through);
  const known = oneOfEachSize(own.some(tellsMore) ? own.filter(tellsMore) : own);
  const shown = atSize(known, size);
  const views =
    mode === undefined
      ? []
      : other === undefined
        ? flowViews(result, mode, shown)
        : comparedViews(
            result,
            [mode, shown],
            [
              other,
              atSize(
                casesOf(result, other.id).filter((one) => caseSettings(one) === through),
                (shown && sizeOf(shown)) ?? size,
              ),
            ],
          );
  return { id, mode, other, views, known, laboratories, shown, costs: costsOf(views) };
}

function casesOf({ cases }: PageResult, mode: string): readonly PageCase[] {
  return cases.filter((one) => one.mode === mode && !one.control);
}

function tellsMore({ evidence, predicted }: PageCase): boolean {
  return evidence !== null || predicted !== null;
}

/** The case of that size, else the one that whole transfers are compared with, else the last. */
function atSize(cases: readonly PageCase[], size: number | null): PageCase | undefined {
  const at = (bytes: number | null) => cases.find((one) => sizeOf(one) === bytes);
  return at(size) ?? at(REFERENCE_BUFFER_BYTES) ?? cases.at(-1);
}

const SOURCES: readonly CostSource[] = ['measured', 'predicted'];

function costsOf(views: readonly FlowView[]): ReadonlyMap<CostSource, number> {
  const facts = views.flatMap((view) => view.facts);
  return new Map(
    SOURCES.map((source) => [source, largestCost(facts, source)] as const).filter(([, largest]) => largest > 0),
  );
}
