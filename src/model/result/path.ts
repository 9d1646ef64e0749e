/** Where bytes go. */
import * as v from 'valibot';

/** A path is where bytes go. */
export const pathSchema = v.picklist(['file-to-file', 'file-to-socket', 'process-to-process']);
export type PathId = v.InferOutput<typeof pathSchema>;
