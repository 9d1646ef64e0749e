/** Textbook flows that stand in the glossary. */
import { findMode } from '../modes/catalogue.ts';
import type { ClassicFlow } from '../modes/descriptor.ts';
import type { PathId } from '../result/path.ts';

/**
 * The first classic flow of a mode on a path.
 * @throws Error where no textbook draws it: the glossary names flows that exist
 */
export function classicFlowOf(mode: string, path: PathId): ClassicFlow {
  const flow = findMode(mode)?.classic.find((each) => each.path === path);
  if (flow === undefined) throw new Error(`no classic flow of ${mode} for ${path}`);
  return flow;
}
