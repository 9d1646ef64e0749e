import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;

/** A file of incompressible bytes. */
export async function randomFile(file: string, bytes: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let written = 0; written < bytes; written += CHUNK_BYTES) {
    if (!stream.write(randomBytes(Math.min(CHUNK_BYTES, bytes - written)))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
