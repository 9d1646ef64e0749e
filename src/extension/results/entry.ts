/** A result as the tree shows it: where its run stands, and what can be done with it. */
import os from 'node:os';
import path from 'node:path';
import { isUnderWay } from '../../lab/resultFile.ts';
import type { ResultHead } from '../../lab/resultHead.ts';
import type { ListedResult } from '../../lab/resultList.ts';
import type { Problem } from '../../model/result/problem.ts';
import { RESULT_SUFFIX, RESULT_VERSION } from '../../model/resultFormat.ts';

/**
 * `elsewhere`: begun by another host, which alone knows whether it still runs. `interrupted`: its process is gone, and
 * opening it keeps what was measured. `newer`: of a format this version does not know.
 */
export type EntryState = 'running' | 'elsewhere' | 'complete' | 'partial' | 'failed' | 'interrupted' | 'newer';

export type Entry =
  | { readonly kind: 'result'; readonly file: string; readonly head: ResultHead; readonly state: EntryState }
  | { readonly kind: 'unreadable'; readonly file: string; readonly problem: Problem };

/** What the menus of an entry ask for. */
export type Ability = 'label' | 'delete' | 'compare' | 'reveal';

/** @param listed what the file says; whether its run is still under way is looked up here and now */
export function entryOf({ file, head }: ListedResult): Entry {
  return head.ok
    ? { kind: 'result', file, head: head.value, state: stateOf(head.value) }
    : { kind: 'unreadable', file, problem: head.problem };
}

function stateOf(head: ResultHead): EntryState {
  if (head.version > RESULT_VERSION) return 'newer';
  if (head.status !== 'running') return head.status;
  if (!isUnderWay(head)) return 'interrupted';
  return head.host.name === os.hostname() ? 'running' : 'elsewhere';
}

/** @param inWorkspace whether the Explorer shows the file */
export function abilitiesOf(entry: Entry, inWorkspace: boolean): readonly Ability[] {
  const reveal = inWorkspace ? (['reveal'] as const) : [];
  if (entry.kind === 'unreadable') return ['delete', ...reveal];
  switch (entry.state) {
    case 'running':
      return reveal;
    case 'elsewhere':
    case 'newer':
      return ['delete', ...reveal];
    case 'complete':
    case 'partial':
    case 'failed':
    case 'interrupted':
      return ['label', 'delete', 'compare', ...reveal];
  }
}

/** The name of a result's file without the ending they all have. */
export function stemOf(file: string): string {
  return path.basename(file, RESULT_SUFFIX);
}
