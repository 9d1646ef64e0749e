/** What a host can do, found out by trying. */
import type { SwitchId } from './laboratory/switches.ts';
import type { Host } from './result/host.ts';
import type { PathId } from './result/path.ts';
import type { Problem } from './result/problem.ts';

export interface ProbeReport {
  /** ISO 8601, UTC. */
  readonly probedAt: string;
  readonly host: Host;
  /** Folder the files of the probe were in; none of them had a name. */
  readonly directory: string;
  readonly modes: readonly ModeProbe[];
  readonly laboratory: LaboratoryProbe;
  /** The way to another host, where one was named. */
  readonly route: RouteProbe | null;
}

/** Which interface bytes for another host leave by, and how it is set. It is only read, never changed. */
export interface RouteProbe {
  /** As it was named: `HOST:PORT`. */
  readonly to: string;
  /** Null where no route leads there. */
  readonly interface: Host['interface'];
  /** Why there is none. */
  readonly problem: Problem | null;
}

/** Whether laboratories can be made here, and what can be set in them. */
export interface LaboratoryProbe {
  /** Why there are none; null where there are. */
  readonly problem: Problem | null;
  /** Every switch, tried in a laboratory of its own; none where there are no laboratories. */
  readonly switches: readonly SwitchProbe[];
}

export interface SwitchProbe {
  readonly id: SwitchId;
  /** Why it cannot be set; null where it can. */
  readonly problem: Problem | null;
}

/** One mode on one path, tried by a small verified transfer. Between processes it is the process at the far end that counts. */
export interface ModeProbe {
  readonly mode: string;
  readonly path: PathId;
  readonly status: ProbeStatus;
  /** Why it does not work; null when it does. */
  readonly problem: Problem | null;
  /** What the kernel did otherwise than the name of the mode promises. */
  readonly notes: readonly string[];
}

/** `unsupported`: this host cannot do it or does not allow it. `failed`: it should have worked, and did not. */
export type ProbeStatus = 'works' | 'unsupported' | 'failed';
