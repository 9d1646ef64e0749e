/** How many bytes one call of a mode moves. */
import { MAX_CALL_BYTES, PAGE_BYTES } from '../flow.ts';
import type { Case } from '../result.ts';
import type { ModeDescriptor } from './descriptor.ts';

/** Least and most of a pipe that is made as large as the buffer: the default of 16 pages, and what any user may have. */
const SMALLEST_PIPE_BYTES = 65536;
const LARGEST_PIPE_BYTES = 1048576;

/** What a call of a case depends on. */
export interface CallSettings {
  /** null for modes whose chunk is the whole transfer. */
  readonly bufferBytes: number | null;
  /** Wanted or measured size of the mode's own pipe; absent: as large as the buffer, from 64 KiB to 1 MiB. */
  readonly pipeBytes?: number;
  /** The buffer as it was rounded up to whole blocks; absent: to whole pages. */
  readonly directBufferBytes?: number;
}

/** The settings of a case: what its transfers observed, where they did, before what was asked for. */
export function callSettingsOf(one: Pick<Case, 'bufferBytes' | 'options' | 'samples'>): CallSettings {
  const observed = one.samples.at(-1)?.observed ?? {};
  const pipeBytes = observed['pipeBytes'] ?? one.options['pipeBytes'];
  const directBufferBytes = observed['directBufferBytes'];
  return {
    bufferBytes: one.bufferBytes,
    ...(typeof pipeBytes === 'number' ? { pipeBytes } : {}),
    ...(directBufferBytes === undefined ? {} : { directBufferBytes }),
  };
}

/** The most one call of the mode moves, in bytes. */
export function callBytes(mode: Pick<ModeDescriptor, 'chunk' | 'fit'>, settings: CallSettings): number {
  if (mode.chunk === 'whole' || settings.bufferBytes === null) return MAX_CALL_BYTES;
  return Math.min(fitted(mode.fit, settings, settings.bufferBytes), MAX_CALL_BYTES);
}

function fitted(fit: ModeDescriptor['fit'], settings: CallSettings, bufferBytes: number): number {
  switch (fit) {
    case 'pipe':
      return Math.min(bufferBytes, pipeCapacity(settings.pipeBytes ?? defaultPipe(bufferBytes)));
    case 'blocks':
      return settings.directBufferBytes ?? Math.ceil(bufferBytes / PAGE_BYTES) * PAGE_BYTES;
    case undefined:
      return bufferBytes;
  }
}

function defaultPipe(bufferBytes: number): number {
  return Math.min(Math.max(bufferBytes, SMALLEST_PIPE_BYTES), LARGEST_PIPE_BYTES);
}

/** The kernel gives a pipe a power of two of pages (fs/pipe.c: round_pipe_size). */
function pipeCapacity(wanted: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(wanted, PAGE_BYTES)));
}
