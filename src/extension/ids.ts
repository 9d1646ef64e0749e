/** Every id that package.json and the code must agree on; a test holds them together. */
export const COMMANDS = {
  run: 'zeroCopyLab.run',
  runOnFile: 'zeroCopyLab.runOnFile',
  probe: 'zeroCopyLab.probe',
  compare: 'zeroCopyLab.compare',
} as const;

export const RESULT_EDITOR = 'zeroCopyLab.result';
/** The type of the panel; no manifest names it. */
export const PROBE_PANEL = 'zeroCopyLab.probePanel';
/** The type of the panels of comparisons; an activation event names it, so that they are restored. */
export const COMPARE_PANEL = 'zeroCopyLab.comparePanel';

export const SETTINGS = {
  section: 'zeroCopyLab',
  resultsFolder: 'resultsFolder',
} as const;
