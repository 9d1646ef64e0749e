/** Messages over a connection: a line of JSON each. */
import type { Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { PassThrough } from 'node:stream';

/** No string of theirs holds a newline as it is. */
export function lineOf(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

/**
 * The lines that come, until the connection ends or is reset, as when the other end leaves with something unread. readline
 * throws what its input reports where nobody listens to readline itself, so it reads behind a stream that reports nothing.
 */
export function linesFrom(socket: Socket): Interface {
  const text = new PassThrough();
  socket.pipe(text);
  // A connection that was reset has no end, which would be all that `pipe` passes on.
  socket.once('close', () => text.end());
  return createInterface({ input: text });
}
