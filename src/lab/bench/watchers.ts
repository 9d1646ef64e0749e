/** Whoever finds a run while it is under way: told how it stands, then what happens, and may cancel it. */
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { applyEvent, FIRST_PROGRESS } from '../../model/events.ts';
import type { FromBench, ToBench } from '../../model/messages.ts';
import { lineOf, linesFrom } from '../messageLines.ts';
import { thisProcess } from '../processIdentity.ts';
import { runSocket } from '../runSocket.ts';

/** Last words that somebody does not listen to in this time are not waited for. */
const PATIENCE_MS = 2000;

export class Watchers {
  private readonly present = new Set<Socket>();
  private standing: Extract<FromBench, { type: 'standing' }>;

  private constructor(
    private readonly server: Server,
    resultFile: string,
    private readonly cancel: () => void,
  ) {
    this.standing = {
      type: 'standing',
      resultFile,
      process: thisProcess(),
      result: null,
      progress: FIRST_PROGRESS,
    };
    server.on('connection', (socket) => this.welcome(socket));
    // What may go wrong with a single connection is no reason to end a run.
    server.on('error', () => undefined);
  }

  /** Null where nobody can find a run, because the place for its socket is not this user's alone, or takes none. */
  static async listen(resultFile: string, cancel: () => void): Promise<Watchers | null> {
    const socket = runSocket();
    if (!socket.ok) return null;
    const server = createServer();
    // Whose run was killed could not take it away.
    rmSync(socket.value, { force: true });
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(socket.value, () => resolve(true));
    });
    return listens ? new Watchers(server, resultFile, cancel) : null;
  }

  tell(message: FromBench): void {
    if (message.type === 'event') {
      this.standing = { ...this.standing, result: applyEvent(this.standing.result, message.event) };
    } else if (message.type === 'progress') this.standing = { ...this.standing, progress: message.progress };
    for (const socket of this.present) {
      // Somebody who does not keep up does without the progress; of events and words there are only so many.
      if (message.type !== 'progress' || !socket.writableNeedDrain) socket.write(lineOf(message));
    }
  }

  /** Nobody finds the run from here on; who is there already still hears its last words. */
  hide(): void {
    this.server.close();
  }

  /** Resolves when everybody has heard all. */
  async farewell(): Promise<void> {
    const heard = [...this.present].map((socket) => new Promise((resolve) => socket.once('close', resolve).end()));
    await Promise.race([Promise.all(heard), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }

  private welcome(socket: Socket): void {
    this.present.add(socket);
    socket.on('error', () => undefined); // 'close' follows
    socket.once('close', () => this.present.delete(socket));
    linesFrom(socket).on('line', (line) => {
      if (asksToCancel(line)) this.cancel();
    });
    socket.write(lineOf(this.standing));
  }
}

function asksToCancel(line: string): boolean {
  return line === lineOf({ type: 'cancel' } satisfies ToBench).trimEnd();
}
