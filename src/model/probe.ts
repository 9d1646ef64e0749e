/** What a host can do, found out by trying. */
import type { Host, PathId, Problem } from './result.ts';

export interface ProbeReport {
  readonly host: Host;
  readonly directory: string;
  readonly modes: readonly ModeProbe[];
}

/** One mode on one path: `problem` is null when a small verified transfer went through. */
export interface ModeProbe {
  readonly mode: string;
  readonly path: PathId;
  readonly problem: Problem | null;
}
