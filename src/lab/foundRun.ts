/** A run that somebody else ordered, such as this window before it was reloaded: found, watched and cancelled. */
import { connect, type Socket } from 'node:net';
import { type FromBench, LAST_WORDS, type ToBench } from '../model/messages.ts';
import { endedUnseen, keepWhatWasMeasured } from './benchDeath.ts';
import { PATIENCE_MS, passOn, type RunHandlers, type RunningBench, type RunOutcome, runOutcomeOf } from './client.ts';
import { lineOf, linesFrom } from './messageLines.ts';
import { isAlive } from './processIdentity.ts';
import { readResult } from './resultFile.ts';
import { mayFindRun, runSocket } from './runSocket.ts';

/** How a run stood when it was found. */
export type Standing = Extract<FromBench, { type: 'standing' }>;

export class FoundRun {
  private constructor(
    readonly standing: Standing,
    private readonly socket: Socket,
    private readonly messages: AsyncGenerator<FromBench>,
  ) {}

  /** The run of this user that is under way on this host and can be found, or null. */
  static async find(): Promise<FoundRun | null> {
    const place = mayFindRun() ? runSocket() : null;
    const socket = place?.ok ? await connected(place.value) : null;
    if (socket === null) return null;
    const messages = messagesFrom(socket);
    const { value: first } = await messages.next();
    if (first?.type === 'standing') return new FoundRun(first, socket, messages);
    socket.destroy();
    return null;
  }

  /** Hands over what happens from now on, beginning with what happened since it was found. */
  follow(handlers: RunHandlers): RunningBench {
    return { outcome: this.toTheEnd(handlers), cancel: () => this.cancel() };
  }

  /** It goes on, unwatched by this process. */
  leave(): void {
    this.socket.destroy();
  }

  private async toTheEnd(handlers: RunHandlers): Promise<RunOutcome> {
    for await (const message of this.messages) {
      if (LAST_WORDS.includes(message.type)) {
        this.socket.end();
        return runOutcomeOf(message);
      }
      passOn(message, handlers);
    }
    return this.withoutLastWords(handlers);
  }

  /** Its process is gone, or had no patience with this one: then its result tells. */
  private withoutLastWords(handlers: RunHandlers): RunOutcome {
    const { resultFile, process } = this.standing;
    const left = readResult(resultFile);
    if (left.ok && left.value.status !== 'running') {
      handlers.event({ type: 'finished', result: left.value });
      return { kind: 'done', end: { how: 'ended', fileKept: true } };
    }
    return { kind: 'died', problem: keepWhatWasMeasured(resultFile, process.pid, endedUnseen(), handlers) };
  }

  private cancel(): void {
    const { process: bench } = this.standing;
    this.socket.write(lineOf({ type: 'cancel' } satisfies ToBench));
    const impatience = setTimeout(() => {
      if (isAlive(bench)) process.kill(bench.pid, 'SIGKILL');
    }, PATIENCE_MS);
    this.socket.once('close', () => clearTimeout(impatience));
  }
}

/** Null where nobody listens. */
function connected(file: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(file, () => resolve(socket));
    socket.on('error', () => resolve(null)); // later ones are followed by 'close'
  });
}

/** Ends with the connection, or where a line was cut off by the death of the other end. */
async function* messagesFrom(socket: Socket): AsyncGenerator<FromBench> {
  for await (const line of linesFrom(socket)) {
    const message = parsed(line);
    if (message === null) return;
    yield message;
  }
}

function parsed(line: string): FromBench | null {
  try {
    return JSON.parse(line) as FromBench;
  } catch {
    return null;
  }
}
