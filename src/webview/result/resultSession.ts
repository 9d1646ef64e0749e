/** The session of a result page: its state moves on with the events of a run under way. */
import type { RunEvent } from '../../model/events.ts';
import { applyEvent } from '../../model/events.ts';
import type { PageState } from '../../model/messages.ts';
import type { Result } from '../../model/result.ts';
import { countedSamples, summarise } from '../../model/summary.ts';
import { Session, type Unasked } from '../shell/session.ts';

/** A running page works its numbers out at most this often. */
const LIVE_INTERVAL_MS = 200;

/** Its `state` has summaries for everything that has samples. */
export class ResultSession extends Session {
  /** As the host has it, without the summaries worked out here. */
  private document: Result | null = null;
  private lastSequence = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected override adopt(state: PageState): void {
    this.document = state.kind === 'result' ? state.result : null;
    if (state.kind === 'result') this.lastSequence = state.sequence;
    this.state = state.kind === 'result' ? { ...state, result: withSummaries(state.result) } : state;
  }

  /** Asks again where a message may be missing. */
  protected override hear(message: Unasked): void {
    if (message.type === 'stale') {
      void this.refresh();
    } else if (message.type === 'progress') {
      if (this.state?.kind !== 'result') return;
      this.state = { ...this.state, progress: message.progress };
      this.changed();
    } else {
      this.hearEvent(message.sequence, message.event);
    }
  }

  private hearEvent(sequence: number, event: RunEvent): void {
    if (this.asking || this.state?.kind !== 'result') return;
    const expected = sequence === this.lastSequence + 1;
    this.lastSequence = sequence;
    if (!expected) {
      void this.refresh();
      return;
    }
    this.document = applyEvent(this.document, event);
    if (event.type === 'finished') {
      this.state = { ...this.state, progress: null };
      this.work();
    } else {
      this.timer ??= setTimeout(() => this.work(), LIVE_INTERVAL_MS);
    }
  }

  /** Works the numbers out and shows them. */
  private work(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.document === null || this.state?.kind !== 'result') return;
    this.state = { ...this.state, result: withSummaries(this.document) };
    this.changed();
  }
}

/** Finished documents carry their summaries; a running one, or one cut off, gets them here. */
function withSummaries(result: Result): Result {
  const missing = result.cases.some((one) => one.summary === null && countedSamples(one).length > 0);
  return result.status === 'running' || missing ? summarise(result) : result;
}
