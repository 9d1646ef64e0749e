/** What the extension calls itself and its parts, as a user reads it. */
export const runCommand = 'Zero-Copy: Run zero-copy benchmark';
export const probeCommand = 'Zero-Copy: Probe This Host';
export const compareCommand = 'Zero-Copy: Compare Results';
export const compareEntry = 'Compare Results';
export const runOnFileEntry = 'Run zero-copy benchmark on this file';

/** The answers to the two questions; the first of each is offered first. */
export const paths = {
  fileToFile: 'File to file',
  fileToSocket: 'File to socket',
  processToProcess: 'Process to process',
} as const;
export const presets = { quick: 'quick', seed: 'seed', full: 'full', hazards: 'hazards' } as const;

/** Of the preset `quick`, on the paths from a file and between processes. */
export const quickModes = ['mmap-write', 'read-write', 'sendfile', 'splice'];
export const quickExchanges = ['pipe', 'shared-memory', 'socketpair', 'vmsplice'];
