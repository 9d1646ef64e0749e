/** What a page knows: the host's last answer to `ready`. Open, hide, reload and restore are one way: the page asks. */
import type { PageState } from '../../model/messages.ts';
import type { Problem } from '../../model/result/problem.ts';
import { type AnswerTo, type Asked, Host, problemOf, type Unasked } from './host.ts';

/** Keeps a page's state in step with the host, and asks again whenever the host says that it is stale. */
export class Session {
  /** null until the first answer. */
  state: PageState | null = null;
  /** The last request that failed, until another one succeeds. */
  problem: Problem | null = null;
  readonly host = new Host((message) => this.hear(message));
  protected asking = false;

  constructor(protected readonly changed: () => void) {}

  /** Asks for the whole state. What arrives before the reply is part of it. */
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

  protected adopt(state: PageState): void {
    this.state = state;
  }

  protected hear(message: Unasked): void {
    if (message.type === 'stale') void this.refresh();
  }
}
