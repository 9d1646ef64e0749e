/** The session of a result page: what it shows moves on with the events of a run under way. */
import { applyEvent, type Progress, type RunEvent } from '../../model/events.ts';
import type { PageState } from '../../model/messages.ts';
import { pageResultOf } from '../../model/pageResult.ts';
import type { Result } from '../../model/result/result.ts';
import { withSummaries } from '../../model/summary.ts';
import type { Arrangement, Unasked } from '../shell/host.ts';
import { Session } from '../shell/session.ts';

/** A running page works its numbers out at most this often. */
const LIVE_INTERVAL_MS = 200;

/** Its `state` is a result even while a run is under way, brought up to date by the events. */
export class ResultSession extends Session {
  /** Of the run behind this page; null without one. */
  progress: Progress | null = null;
  /** As the run has it; null where the host answered with a result. */
  private document: Result | null = null;
  private lastSequence = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** How this result was arranged when it was last open: before its first picture, as it would move otherwise. */
  private readonly arranged = this.host.request({ type: 'arrangement' }).then(
    (kept) => this.host.adopt(kept ?? {}),
    () => undefined,
  );

  override async refresh(): Promise<void> {
    await this.arranged;
    return super.refresh();
  }

  /** Keeps what the user arranged, for a reload and for another time. */
  keep(change: Partial<Arrangement>): void {
    this.host.keep(change);
    void this.ask({ type: 'arrange', kept: { ...this.host.arrangement } });
  }

  protected override adopt(state: PageState): void {
    this.document = null;
    this.progress = null;
    if (state.kind !== 'run') {
      this.state = state;
      return;
    }
    this.document = state.document;
    this.progress = state.progress;
    this.lastSequence = state.sequence;
    this.state = { kind: 'result', fileName: state.fileName, result: pageResultOf(withSummaries(state.document)) };
  }

  /** Asks again where a message may be missing. */
  protected override hear(message: Unasked): void {
    if (message.type === 'stale') {
      void this.refresh();
    } else if (message.type === 'progress') {
      if (this.state?.kind !== 'result') return;
      this.progress = message.progress;
      this.changed();
    } else {
      this.hearEvent(message.sequence, message.event);
    }
  }

  private hearEvent(sequence: number, event: RunEvent): void {
    if (this.asking || this.state?.kind !== 'result') return;
    const expected = this.document !== null && sequence === this.lastSequence + 1;
    this.lastSequence = sequence;
    if (!expected) {
      void this.refresh();
      return;
    }
    this.document = applyEvent(this.document, event);
    if (event.type === 'finished') {
      this.progress = null;
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
    this.state = { ...this.state, result: pageResultOf(withSummaries(this.document)) };
    this.changed();
  }
}
