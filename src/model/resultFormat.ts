/** By what a result document is known: apart from its schemas, so that pages need none of those. */
export const RESULT_FORMAT = 'zero-copy-lab/result';
/** Of documents that this version writes. */
export const RESULT_VERSION = 2;
/** How the name of a result file ends. */
export const RESULT_SUFFIX = '.zcresult.json';
/** Cases of a result. A run of as many would take hours, and no page of as many could be read. */
export const MOST_CASES = 1000;
/** Samples of a case; an experiment has at most 1,000 rounds. */
export const MOST_SAMPLES = 2000;
