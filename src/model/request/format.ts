/** What an experiment file says it is. */
export const EXPERIMENT_FORMAT = 'zero-copy-lab/experiment';
