/** The words that the page of a result explains; its bundle takes along no others. */
import type { Word, WordId } from '../../model/glossary/word.ts';
import {
  baseline,
  callReturn,
  contextSwitch,
  cpuCopy,
  cpuPerGib,
  crossing,
  dmaCopy,
  evidenceSample,
  loopback,
  mapping,
  median,
  noiseFloor,
  pageFault,
  pageReference,
  percentile,
  residency,
  steal,
  systemCall,
  verdict,
  zerocopyCompletion,
} from '../../model/glossary/words.ts';

export const EXPLAINED = {
  baseline,
  'call-return': callReturn,
  'context-switch': contextSwitch,
  'cpu-copy': cpuCopy,
  'cpu-per-gib': cpuPerGib,
  crossing,
  'dma-copy': dmaCopy,
  'evidence-sample': evidenceSample,
  loopback,
  mapping,
  median,
  'noise-floor': noiseFloor,
  'page-fault': pageFault,
  'page-reference': pageReference,
  percentile,
  residency,
  steal,
  'system-call': systemCall,
  verdict,
  'zerocopy-completion': zerocopyCompletion,
} satisfies Partial<Record<WordId, () => Word>>;

export type ExplainedWord = keyof typeof EXPLAINED;
