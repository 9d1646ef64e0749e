/** Every chart there is, in the order of their tabs. */
import type { PageResult } from '../pageResult.ts';
import { callsChart } from './byCall.ts';
import { cpuChart, crossingsChart, faultsChart, headlineChart, switchesChart } from './byCase.ts';
import { costBySize, speedBySize, timeBySize } from './bySize.ts';
import type { ChartKind, Placed } from './description.ts';
import { predictedChart } from './predicted.ts';

const KINDS: readonly ChartKind[] = [
  headlineChart,
  timeBySize,
  speedBySize,
  costBySize,
  cpuChart,
  crossingsChart,
  faultsChart,
  switchesChart,
  callsChart,
  predictedChart,
];

/** The charts of a result. */
export function chartsOf(result: PageResult): readonly ChartKind[] {
  return KINDS.filter((kind) => kind.applies(result));
}

/** The cases whose modes are not hidden. */
export function shownCases({ cases }: PageResult, hidden: readonly string[]): readonly Placed[] {
  return cases.flatMap((one, index) => (hidden.includes(one.mode) ? [] : [{ index, one }]));
}
