/** Every id that package.json and the code must agree on; a test holds them together. */
export const COMMANDS = {
  run: 'zeroCopyLab.run',
  runOnFile: 'zeroCopyLab.runOnFile',
} as const;

export const RESULT_EDITOR = 'zeroCopyLab.result';

export const SETTINGS = {
  section: 'zeroCopyLab',
  resultsFolder: 'resultsFolder',
} as const;
