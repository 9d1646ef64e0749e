/** By what a result document is known: apart from its schemas, so that pages need none of those. */
export const RESULT_FORMAT = 'zero-copy-lab/result';
/** Of documents that this version writes. */
export const RESULT_VERSION = 2;
/** How the name of a result file ends. */
export const RESULT_SUFFIX = '.zcresult.json';
