import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, createWriteStream, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** A file of incompressible bytes. */
export async function randomFile(file: string, bytes: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let written = 0; written < bytes; written += CHUNK_BYTES) {
    if (!stream.write(randomBytes(Math.min(CHUNK_BYTES, bytes - written)))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

/** A file of many extents: every other piece of it is a hole. */
export async function fragmentedFile(file: string, bytes: number): Promise<void> {
  const fd = openSync(file, 'w');
  for (let at = 0; at < bytes; at += 2 * PIECE_BYTES) writeSync(fd, randomBytes(PIECE_BYTES), 0, PIECE_BYTES, at);
  ftruncateSync(fd, bytes);
  fsyncSync(fd);
  closeSync(fd);
}
