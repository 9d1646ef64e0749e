/** What the page knows: the state of the last `ready` reply, and the events since. */
import type { Progress, RunEvent } from '../model/events.ts';
import { applyEvent } from '../model/events.ts';
import type { PageMessage, PageState } from '../model/messages.ts';
import type { Problem, Result } from '../model/result.ts';
import { countedSamples, summarise } from '../model/summary.ts';
import { type AnswerTo, type Asked, Host, problemOf } from './host.ts';

/** A running page works its numbers out at most this often. */
const LIVE_INTERVAL_MS = 200;

export type Known =
  | { readonly kind: 'nothing' }
  | Extract<PageState, { readonly kind: 'unreadable' | 'probe' }>
  | {
      readonly kind: 'result';
      readonly fileName: string;
      /** With summaries for everything that has samples. */
      readonly result: Result;
      readonly progress: Progress | null;
    };

/** Keeps the page's state in step with the host, and asks again wherever a message may be missing. */
export class Session {
  known: Known = { kind: 'nothing' };
  /** The last request that failed, until another one succeeds. */
  problem: Problem | null = null;
  readonly host = new Host((message) => this.hear(message));

  /** As the host has it, without the summaries worked out here. */
  private document: Result | null = null;
  private lastSequence = 0;
  private asking = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  /** Asks for the whole state. Events that arrive before the reply are part of it. */
  async refresh(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const state = await this.host.request({ type: 'ready' });
      this.problem = null;
      this.adopt(state);
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.asking = false;
    }
    this.changed();
  }

  /** Any other request; `done` gets the answer. */
  async ask<One extends Asked>(asked: One, done?: (answer: AnswerTo<One>) => void): Promise<void> {
    try {
      const answer = await this.host.request(asked);
      this.problem = null;
      done?.(answer);
    } catch (error) {
      this.problem = problemOf(error);
    }
    this.changed();
  }

  private adopt(state: PageState): void {
    this.document = state.kind === 'result' ? state.result : null;
    if (state.kind === 'result') this.lastSequence = state.sequence;
    this.known = state.kind === 'result' ? { ...state, result: withSummaries(state.result) } : state;
  }

  private hear(message: Exclude<PageMessage, { readonly type: 'reply' }>): void {
    if (message.type === 'stale') {
      void this.refresh();
    } else if (message.type === 'progress') {
      if (this.known.kind !== 'result') return;
      this.known = { ...this.known, progress: message.progress };
      this.changed();
    } else {
      this.hearEvent(message.sequence, message.event);
    }
  }

  private hearEvent(sequence: number, event: RunEvent): void {
    if (this.asking || this.known.kind !== 'result') return;
    const expected = sequence === this.lastSequence + 1;
    this.lastSequence = sequence;
    if (!expected) {
      void this.refresh();
      return;
    }
    this.document = applyEvent(this.document, event);
    if (event.type === 'finished') {
      this.known = { ...this.known, progress: null };
      this.work();
    } else {
      this.timer ??= setTimeout(() => this.work(), LIVE_INTERVAL_MS);
    }
  }

  /** Works the numbers out and shows them. */
  private work(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.document === null || this.known.kind !== 'result') return;
    this.known = { ...this.known, result: withSummaries(this.document) };
    this.changed();
  }
}

/** Finished documents carry their summaries; a running one, or one cut off, gets them here. */
function withSummaries(result: Result): Result {
  const missing = result.cases.some((one) => one.summary === null && countedSamples(one).length > 0);
  return result.status === 'running' || missing ? summarise(result) : result;
}
