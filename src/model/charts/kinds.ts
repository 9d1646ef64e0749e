/** Every chart there is, in the order of their tabs. */
import { hasSeveralSizes } from '../caseSize.ts';
import type { PageResult } from '../pageResult.ts';
import { callsChart } from './byCall.ts';
import { cpuChart, crossingsChart, faultsChart, headlineChart, switchesChart } from './byCase.ts';
import { costBySize, speedBySize, timeBySize } from './bySize.ts';
import type { ChartKind, Placed } from './description.ts';
import { courseChart, fairnessChart, retransmitsChart, rttChart } from './network.ts';
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
  rttChart,
  retransmitsChart,
  courseChart,
  fairnessChart,
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

/** Beside the first chart while nobody chose: over the sizes where there are several, else what it cost. */
export function usualSecond(result: PageResult): string {
  // At one rate the first chart is that of the CPU time.
  if (!hasSeveralSizes(result)) return result.experiment.kind === 'equal-rate' ? 'crossings' : 'cpu';
  switch (result.experiment.kind) {
    case 'objects':
      return 'speed-by-size';
    case 'equal-rate':
      return 'cost-by-size';
    default:
      return 'time-by-size';
  }
}
