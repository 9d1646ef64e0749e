/** Every id that package.json and the code must agree on; a test holds them together. */
export const COMMANDS = {
  run: 'zeroCopyLab.run',
  runOnFile: 'zeroCopyLab.runOnFile',
  probe: 'zeroCopyLab.probe',

  // The tree of results.
  openResultsFolder: 'zeroCopyLab.openResultsFolder',
  refreshResults: 'zeroCopyLab.refreshResults',
  filterResults: 'zeroCopyLab.filterResults',
  clearFilter: 'zeroCopyLab.clearFilter',
  labelResult: 'zeroCopyLab.labelResult',
  deleteResults: 'zeroCopyLab.deleteResults',
  revealResult: 'zeroCopyLab.revealResult',
  openAsJson: 'zeroCopyLab.openAsJson',
  compareSelected: 'zeroCopyLab.compareSelected',
} as const;

/** Views in the side bar. */
export const VIEWS = { results: 'zeroCopyLab.results' } as const;

/** Set by the code, and read in package.json. */
export const CONTEXT_KEYS = {
  /** What the tree of results shows: `some`, `empty` or `no-hits`; unset until it is known. */
  results: 'zeroCopyLab.resultsShown',
  /** A filter is set. */
  filtered: 'zeroCopyLab.resultsFiltered',
  /** Two to eight results that can be compared are selected in the tree. */
  comparable: 'zeroCopyLab.resultsComparable',
  /** Whether this host can run anything: `linux`, `other` or `virtual`. */
  host: 'zeroCopyLab.host',
} as const;

export const RESULT_EDITOR = 'zeroCopyLab.result';
/** The type of the panel; no manifest names it. */
export const PROBE_PANEL = 'zeroCopyLab.probePanel';

export const SETTINGS = {
  section: 'zeroCopyLab',
  resultsFolder: 'resultsFolder',
} as const;
