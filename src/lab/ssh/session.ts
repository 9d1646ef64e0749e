/** One ssh under way: what it prints, line by line, and its end, which this process brings about or waits for. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** So much of what it prints on standard error is kept: its last words. */
const MOST_COMPLAINTS = 4000;

/** A byte now and again tells the receiver that somebody is there; it ends when none came for LIFELINE_SECONDS. */
const SIGN_OF_LIFE_MS = 5000;
export const LIFELINE_SECONDS = 30;

/** ssh that does not end with its input is asked to after this time, and killed after as much again. */
const PATIENCE_MS = 5000;

export interface Ended {
  /** Null where it was killed, or did not start. ssh's own failures are 255, everything else is of the command there. */
  readonly code: number | null;
  /** There is no such program. */
  readonly isMissing: boolean;
}

export class Session {
  private complaints = '';
  private signsOfLife: NodeJS.Timeout | undefined;
  private readonly lines: AsyncIterator<string>;
  private readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;

  constructor(words: readonly string[]) {
    // In a session of its own: Ctrl-C in a terminal is for the run, which ends it in its turn.
    this.child = spawn('ssh', words, { stdio: 'pipe', detached: true });
    this.child.stdin.on('error', () => undefined); // it has ended, and `ended` says so
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.complaints = (this.complaints + text).slice(-MOST_COMPLAINTS);
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error: NodeJS.ErrnoException) => {
        resolve({ code: null, isMissing: error.code === 'ENOENT' });
      });
      this.child.once('close', (code) => resolve({ code, isMissing: false }));
    });
    void this.ended.then(() => clearInterval(this.signsOfLife));
  }

  /** What it printed on standard error, and what was printed there through it. */
  get said(): string {
    return this.complaints;
  }

  /** The next line of standard output; null when there will be no more. */
  async line(): Promise<string | null> {
    const { value, done } = await this.lines.next();
    return done === true ? null : value;
  }

  write(data: string | Buffer): void {
    this.child.stdin.write(data);
  }

  /** From now on whoever reads its input hears of this process as long as it lives. */
  showLife(): void {
    this.signsOfLife = setInterval(() => this.write('\n'), SIGN_OF_LIFE_MS);
    this.signsOfLife.unref();
  }

  /** Ends it by the end of its input, so that what runs there ends first; or at once, where nothing does yet. */
  async end(how: 'gently' | 'at once'): Promise<void> {
    clearInterval(this.signsOfLife);
    this.child.stdin.end();
    if (how === 'at once') this.child.kill('SIGTERM');
    const asked = setTimeout(() => this.child.kill('SIGTERM'), PATIENCE_MS);
    const killed = setTimeout(() => this.child.kill('SIGKILL'), 2 * PATIENCE_MS);
    await this.ended;
    clearTimeout(asked);
    clearTimeout(killed);
  }
}
