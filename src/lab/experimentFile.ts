/** Experiment files on their way to a run: one reading of them for the command line and for VS Code. */
import path from 'node:path';
import type { Outcome } from '../model/problems.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import { parseExperimentFile } from '../model/request/file.ts';
import { KIB } from '../model/units.ts';
import { readStrangersFile } from './strangersFile.ts';

/** As much as an editor goes through. */
const LARGEST_EXPERIMENT_BYTES = 256 * KIB;

/** The text of an experiment file, if it is a file of a size that somebody may have written. */
export function readExperimentText(file: string): Outcome<string> {
  return readStrangersFile(file, LARGEST_EXPERIMENT_BYTES);
}

/**
 * What an experiment file asks for. Paths in it start from the folder it lies in.
 * @param file where it lies, or will when it is saved
 * @param name what messages call it
 */
export function readExperiment(text: string, file: string, name = file): Outcome<ExperimentRequest> {
  const parsed = parseExperimentFile(text, name);
  if (!parsed.ok) return parsed;
  const base = path.dirname(path.resolve(file));
  const absolute = (property: 'source' | 'directory' | 'receiverDirectory') => {
    const given = parsed.value[property];
    return given === undefined ? {} : { [property]: path.resolve(base, given) };
  };
  return {
    ok: true,
    value: { ...parsed.value, ...absolute('source'), ...absolute('directory'), ...absolute('receiverDirectory') },
  };
}
