/** A word of the product, as it is explained on hover: all that the page of a result carries of it. */
export interface Word {
  readonly id: WordId;
  readonly name: string;
  /** One or two sentences. */
  readonly short: string;
}

export type WordId =
  | 'user-space'
  | 'kernel-space'
  | 'page-cache'
  | 'socket-buffer'
  | 'pipe'
  | 'residency'
  | 'write-back'
  | 'io-call'
  | 'system-call'
  | 'crossing'
  | 'context-switch'
  | 'call-return'
  | 'io-uring'
  | 'virtual-memory'
  | 'mapping'
  | 'page-fault'
  | 'page-reference'
  | 'zero-copy'
  | 'cpu-copy'
  | 'dma'
  | 'dma-copy'
  | 'scatter-gather'
  | 'reflink'
  | 'direct-io'
  | 'zerocopy-completion'
  | 'loopback'
  | 'cpu-per-gib'
  | 'median'
  | 'verdict'
  | 'noise-floor'
  | 'baseline'
  | 'steal'
  | 'percentile'
  | 'evidence-sample';
