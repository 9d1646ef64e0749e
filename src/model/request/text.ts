/** A request as the text of an experiment file. */
import type { ExperimentRequest } from './file.ts';
import { EXPERIMENT_FORMAT } from './format.ts';

/** What `parseExperimentFile` reads back as the same request. */
export function experimentFileText(request: ExperimentRequest): string {
  return `${JSON.stringify({ format: EXPERIMENT_FORMAT, version: 1, ...request }, undefined, 2)}\n`;
}
