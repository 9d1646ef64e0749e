/**
 * What is wrong with the text of an experiment file beyond its form, each with its place in the text: by the same code that
 * a run asks. The form (syntax, names of properties, types) is the JSON schema's business, and said by the editor already.
 */
import * as l10n from '@vscode/l10n';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { resolveExperiment } from '../model/experiment.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import { parseExperimentFile } from '../model/request/file.ts';
import { inWordsOfFiles, type Place, type RequestProblem, type RequestProperty } from '../model/request/place.ts';
import { unheeded } from '../model/request/unheeded.ts';
import { formatBytes, KIB } from '../model/units.ts';

/** Nobody writes so much; whatever it is, it is not gone through at every key stroke. */
const LARGEST_FILE_CHARACTERS = 256 * KIB;

/** Without these, what the others mean is not known. */
const FUNDAMENTAL: readonly RequestProperty[] = ['path', 'preset'];

export interface ExperimentDiagnostic {
  /** `error`: a run refuses it. `warning`: it is without effect. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Offsets in the text; `end` is the first character behind it. */
  readonly start: number;
  readonly end: number;
}

/** At most one diagnostic for each property of a request. */
export function diagnoseExperiment(text: string): readonly ExperimentDiagnostic[] {
  if (text.length > LARGEST_FILE_CHARACTERS) {
    const message = l10n.t('An experiment has at most {0} of text.', formatBytes(LARGEST_FILE_CHARACTERS));
    return [{ severity: 'error', message, start: 0, end: 1 }];
  }
  const parsed = parseExperimentFile(text, '');
  const tree = parsed.ok ? parseTree(text) : undefined;
  if (!parsed.ok || tree === undefined) return [];
  return problemsOf(parsed.value).map(({ severity, problem }) => ({
    severity,
    message: inWordsOfFiles(`${problem.message} ${problem.hint}`),
    ...placeOf(tree, problem.at),
  }));
}

/** Every property that is refused, found by leaving out those before it; then what is said in vain. */
function problemsOf(request: ExperimentRequest): { severity: 'error' | 'warning'; problem: RequestProblem }[] {
  // Whether the source exists is asked when it runs; its size makes no difference here.
  const outcome = resolveExperiment(request, { directory: '', sourceBytes: 1 });
  if (outcome.ok) return unheeded(request, outcome.value).map((problem) => ({ severity: 'warning', problem }));
  const { problem } = outcome;
  const [property] = problem.at;
  const { [property]: refused, ...rest } = request;
  const further = refused === undefined || FUNDAMENTAL.includes(property) ? [] : problemsOf(rest);
  return [{ severity: 'error', problem }, ...further];
}

/** The value, else the property that has it, else the whole. */
function placeOf(tree: Node, [property, ...part]: Place): { start: number; end: number } {
  const inside = part.flatMap((each) => each ?? []);
  const node = findNodeAtLocation(tree, [property, ...inside]) ?? findNodeAtLocation(tree, [property]) ?? tree;
  return { start: node.offset, end: node.offset + node.length };
}
