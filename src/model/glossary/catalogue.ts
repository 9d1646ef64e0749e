/** All terms of the glossary. */
import type { Term } from './term.ts';
import { baselineTerm } from './terms/baseline.ts';
import { callReturnTerm } from './terms/callReturn.ts';
import { contextSwitchTerm } from './terms/contextSwitch.ts';
import { cpuCopyTerm } from './terms/cpuCopy.ts';
import { cpuPerGibTerm } from './terms/cpuPerGib.ts';
import { crossingTerm } from './terms/crossing.ts';
import { directIoTerm } from './terms/directIo.ts';
import { dmaTerm } from './terms/dma.ts';
import { dmaCopyTerm } from './terms/dmaCopy.ts';
import { evidenceSampleTerm } from './terms/evidenceSample.ts';
import { ioCallTerm } from './terms/ioCall.ts';
import { ioUringTerm } from './terms/ioUring.ts';
import { kernelSpaceTerm } from './terms/kernelSpace.ts';
import { loopbackTerm } from './terms/loopback.ts';
import { mappingTerm } from './terms/mapping.ts';
import { medianTerm } from './terms/median.ts';
import { noiseFloorTerm } from './terms/noiseFloor.ts';
import { pageCacheTerm } from './terms/pageCache.ts';
import { pageFaultTerm } from './terms/pageFault.ts';
import { pageReferenceTerm } from './terms/pageReference.ts';
import { percentileTerm } from './terms/percentile.ts';
import { pipeTerm } from './terms/pipe.ts';
import { reflinkTerm } from './terms/reflink.ts';
import { residencyTerm } from './terms/residency.ts';
import { scatterGatherTerm } from './terms/scatterGather.ts';
import { socketBufferTerm } from './terms/socketBuffer.ts';
import { stealTerm } from './terms/steal.ts';
import { systemCallTerm } from './terms/systemCall.ts';
import { userSpaceTerm } from './terms/userSpace.ts';
import { verdictTerm } from './terms/verdict.ts';
import { virtualMemoryTerm } from './terms/virtualMemory.ts';
import { writeBackTerm } from './terms/writeBack.ts';
import { zeroCopyTerm } from './terms/zeroCopy.ts';
import { zerocopyCompletionTerm } from './terms/zerocopyCompletion.ts';

/** From the general to the particular within each topic. */
const CATALOGUE: readonly (() => Term)[] = [
  userSpaceTerm,
  kernelSpaceTerm,
  pageCacheTerm,
  residencyTerm,
  writeBackTerm,
  socketBufferTerm,
  pipeTerm,
  systemCallTerm,
  crossingTerm,
  contextSwitchTerm,
  ioCallTerm,
  callReturnTerm,
  ioUringTerm,
  virtualMemoryTerm,
  mappingTerm,
  pageFaultTerm,
  pageReferenceTerm,
  zeroCopyTerm,
  cpuCopyTerm,
  dmaTerm,
  dmaCopyTerm,
  scatterGatherTerm,
  zerocopyCompletionTerm,
  directIoTerm,
  reflinkTerm,
  loopbackTerm,
  medianTerm,
  verdictTerm,
  baselineTerm,
  noiseFloorTerm,
  cpuPerGibTerm,
  percentileTerm,
  stealTerm,
  evidenceSampleTerm,
];

/** In the current language. Called late, when the language is known. */
export function terms(): readonly Term[] {
  return CATALOGUE.map((term) => term());
}
