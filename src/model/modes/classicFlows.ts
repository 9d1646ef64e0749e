/** The textbook's flows of a mode on a path, under the keys by which evidence and diagrams speak of them. */
import type { PathId } from '../result/path.ts';
import type { ClassicFlow, ModeDescriptor } from './descriptor.ts';

export interface KeyedFlow extends ClassicFlow {
  /** `classic-0` on, in the order of the descriptor: the same in every language. */
  readonly key: string;
}

export function classicFlows({ classic }: ModeDescriptor, path: PathId): readonly KeyedFlow[] {
  return classic.filter((each) => each.path === path).map((each, nth) => ({ ...each, key: `classic-${nth}` }));
}
