/** Every id that package.json and the code must agree on; a test holds them together. */
export const COMMANDS = {
  run: 'zeroCopyLab.run',
  runOnFile: 'zeroCopyLab.runOnFile',
  probe: 'zeroCopyLab.probe',
} as const;

export const RESULT_EDITOR = 'zeroCopyLab.result';
/** The type of the panel; no manifest names it. */
export const PROBE_PANEL = 'zeroCopyLab.probePanel';

export const SETTINGS = {
  section: 'zeroCopyLab',
  resultsFolder: 'resultsFolder',
} as const;
