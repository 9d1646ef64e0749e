/**
 * The step player: which moment of a flow is shown, and what has happened by then. No timers: whoever shows the player
 * says how much time has passed.
 *
 * A position counts steps that are done. At 0 nothing has happened; between 2 and 3 the third step is under way; at 3 it
 * is done, and is the one to look at.
 */
import { type ChunkCounts, countsForChunk, countsOfSides, type Flow, type SideCounts } from './flow.ts';

export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** `chunk`: one chunk goes through the steps. `transfer`: the counts of the whole transfer run up. */
export type Scope = 'chunk' | 'transfer';

export interface PlayerState {
  /** 0 to `stopsOf` the scope. */
  readonly position: number;
  /** `resting`: nothing is played, and the flow is shown whole. */
  readonly phase: 'resting' | 'paused' | 'playing';
  readonly speed: Speed;
  readonly scope: Scope;
}

export type PlayerAction =
  | { readonly type: 'play' | 'pause' | 'forward' | 'back' | 'home' | 'end' | 'rest' }
  /** To the next whole step, and on: how a player moves that must not show anything in between. */
  | { readonly type: 'next' }
  | { readonly type: 'scrub'; readonly position: number }
  | { readonly type: 'speed'; readonly speed: Speed }
  | { readonly type: 'scope'; readonly scope: Scope }
  | { readonly type: 'tick'; readonly elapsedMs: number };

/** What there is to see at a position of one chunk. */
export interface Moment {
  /** The step under way or just done; null before the first. */
  readonly step: number | null;
  /** How far the chunk has come on the arrow of the step, 0 to 1. */
  readonly travelled: number;
  /** Of the steps that are done, together and side by side. */
  readonly counts: ChunkCounts;
  readonly sides: SideCounts;
}

export const AT_REST: PlayerState = { position: 0, phase: 'resting', speed: 1, scope: 'chunk' };

/** A whole transfer is stepped through by tenths. */
export const TRANSFER_STOPS = 10;
/** Time from one stop to the next at 1x: a sentence can be read, and a transfer is over in six seconds. */
const STOP_MS: Readonly<Record<Scope, number>> = { chunk: 1800, transfer: 600 };
/** Share of a step's time after which the chunk has arrived; it stays there for the rest, so that the count can be seen. */
const TRAVEL_SHARE = 0.75;

/** Where a position ends: at the last step, or the last tenth. */
export function stopsOf(flow: Flow, scope: Scope): number {
  return scope === 'chunk' ? flow.steps.length : TRANSFER_STOPS;
}

/** Milliseconds from one stop to the next. */
export function stopMs({ scope, speed }: PlayerState): number {
  return STOP_MS[scope] / speed;
}

/** The state after an action; played to its end, a player rests there and shows the flow whole again. */
export function playerAfter(state: PlayerState, action: PlayerAction, flow: Flow): PlayerState {
  const end = stopsOf(flow, state.scope);
  const pausedAt = (position: number): PlayerState => ({
    ...state,
    position: Math.min(Math.max(position, 0), end),
    phase: 'paused',
  });
  const playedTo = (position: number): PlayerState =>
    position < end ? { ...state, position } : { ...state, position: end, phase: 'resting' };
  switch (action.type) {
    case 'play':
      return { ...state, position: state.position >= end ? 0 : state.position, phase: 'playing' };
    case 'pause':
      return state.phase === 'playing' ? { ...state, phase: 'paused' } : state;
    case 'forward':
      return pausedAt(Math.floor(state.position) + 1);
    case 'back':
      return pausedAt(Math.ceil(state.position) - 1);
    case 'home':
      return pausedAt(0);
    case 'end':
      return pausedAt(end);
    case 'scrub':
      return pausedAt(action.position);
    case 'rest':
      return { ...state, position: 0, phase: 'resting' };
    case 'speed':
      return { ...state, speed: action.speed };
    case 'scope':
      return action.scope === state.scope ? state : { ...AT_REST, speed: state.speed, scope: action.scope };
    case 'tick':
      return state.phase === 'playing' ? playedTo(state.position + action.elapsedMs / stopMs(state)) : state;
    case 'next':
      if (state.phase !== 'playing') return state;
      // The last stop is to be seen like the others before the player rests.
      return state.position < end ? { ...state, position: Math.floor(state.position) + 1 } : playedTo(end);
  }
}

/** What there is to see of one chunk at a position; a step counts when the chunk has arrived. */
export function momentAt(flow: Flow, position: number): Moment {
  const step = Math.ceil(position) - 1;
  if (step < 0) return { step: null, travelled: 0, ...countsOfDone(flow, 0) };
  const travelled = Math.min(1, (position - step) / TRAVEL_SHARE);
  return { step, travelled, ...countsOfDone(flow, travelled === 1 ? step + 1 : step) };
}

/** The counts of one chunk when so many of its steps are done. */
export function countsAfter(flow: Flow, steps: number): ChunkCounts {
  return countsOfDone(flow, steps).counts;
}

function countsOfDone(flow: Flow, steps: number): Pick<Moment, 'counts' | 'sides'> {
  const done = { steps: flow.steps.slice(0, steps) };
  return { counts: countsForChunk(done), sides: countsOfSides(done) };
}
