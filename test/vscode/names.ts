/** What the extension calls itself and its parts, as a user reads it. */
export const runCommand = 'Zero-Copy: Run zero-copy benchmark';
export const probeCommand = 'Zero-Copy: Probe This Host';
export const compareCommand = 'Zero-Copy: Compare Results';
export const compareEntry = 'Compare Results';
export const newExperimentFileCommand = 'Zero-Copy: New Experiment File';
export const cancelCommand = 'Zero-Copy: Cancel Run or Probe';
export const showLogCommand = 'Zero-Copy: Show Log';
export const runAgainstHostCommand = 'Zero-Copy: Run against another host';
export const startReceiverCommand = 'Zero-Copy: Start Receiver';
export const stopReceiverCommand = 'Zero-Copy: Stop Receiver';
/** Entries of the list of hosts. */
export const hosts = {
  receiver: 'Enter HOST:PORT of a Started Receiver...',
  laboratory: 'Laboratory',
} as const;
/** What can be done with a receiver. */
export const receiverActions = {
  copyCommand: 'Copy Command for the Sender',
  copyToken: 'Copy Token',
  stop: 'Stop Receiver',
} as const;
/** Actions in the title of an editor. */
export const titleActions = {
  runFile: 'Run Experiment File',
  runAgain: 'Run This Experiment Again',
  compare: 'Compare Results',
  export: 'Export Result',
  cancel: 'Cancel Run or Probe',
} as const;
/** Entries of the menu of a result in the tree. */
export const compareSelected = 'Compare Selected Results';
export const glossaryCommand = 'Zero-Copy: Open Glossary';
export const mythsCommand = 'Zero-Copy: Open Myths';
export const walkthroughTitle = 'Get Started with Zero-Copy Lab';
export const filterCommand = 'Zero-Copy: Filter Results...';
export const clearFilterCommand = 'Zero-Copy: Clear Filter';
export const runOnFileEntry = 'Run zero-copy benchmark on this file';

/** The answers to the two questions; the first of each is offered first. */
export const paths = {
  fileToFile: 'File to file',
  fileToSocket: 'File to socket',
  processToProcess: 'Process to process',
} as const;
export const presets = { quick: 'quick', full: 'full', scatterGather: 'scatter-gather' } as const;

/** Of the preset `quick`, on the paths from a file and between processes. */
export const quickModes = ['mmap-write', 'read-write', 'sendfile', 'splice'];
export const quickExchanges = ['pipe', 'shared-memory', 'socketpair', 'vmsplice'];
