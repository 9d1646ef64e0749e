/** How many calls a mode makes to move so many bytes. */
import type { Flow, Per, TransferCounts, TransferShape } from '../flow.ts';
import { countsForTransfer, MAX_CALL_BYTES, occurrences, PAGE_BYTES } from '../flow.ts';
import { type CaseOutline, type Digestible, lastObserved } from '../pageResult.ts';
import type { ModeDescriptor } from './descriptor.ts';

/** Least and most of a pipe that is made as large as the buffer: the default of 16 pages, and what any user may have. */
const SMALLEST_PIPE_BYTES = 65536;
const LARGEST_PIPE_BYTES = 1048576;

/** What the calls of a case depend on. */
export interface CallSettings {
  /** null for modes whose chunk is the whole transfer. */
  readonly bufferBytes: number | null;
  /** Wanted or measured size of the mode's own pipe; absent: as large as the buffer, from 64 KiB to 1 MiB. */
  readonly pipeBytes?: number;
  /** The buffer as it was rounded up to whole blocks; absent: to whole pages. */
  readonly directBufferBytes?: number;
  /** What a mode without a buffer asked for per call to be kept to a pace; absent: as much as a call may. */
  readonly callBytes?: number;
}

/** The settings of a case: what its transfers observed, where they did, before what was asked for. */
export function callSettingsOf(one: Digestible & Pick<CaseOutline, 'bufferBytes' | 'options'>): CallSettings {
  const observed = lastObserved(one);
  const pipeBytes = observed?.['pipeBytes'] ?? one.options['pipeBytes'];
  // A transfer that observed no rounding made none.
  const directBufferBytes = observed === null ? undefined : (observed['directBufferBytes'] ?? one.bufferBytes);
  const callBytes = observed?.['callBytes'];
  return {
    bufferBytes: one.bufferBytes,
    ...(typeof pipeBytes === 'number' ? { pipeBytes } : {}),
    ...(typeof directBufferBytes === 'number' ? { directBufferBytes } : {}),
    ...(callBytes === undefined ? {} : { callBytes }),
  };
}

type Transferred = Digestible & Pick<CaseOutline, 'bufferBytes' | 'bytes' | 'options'>;
type Calling = Pick<ModeDescriptor, 'chunk' | 'fit'>;

/** What a transfer of a case consists of: one piece, or so many objects of one shape, each moved by itself. */
export interface Pieces {
  readonly shape: TransferShape;
  readonly times: number;
}

export function piecesOf(mode: Calling, one: Transferred): Pieces {
  const { objectBytes, objectCount } = one.options;
  const many = typeof objectBytes === 'number' && typeof objectCount === 'number';
  const [bytes, times] = many ? [objectBytes, objectCount] : [one.bytes, 1];
  return { shape: transferShape(mode, callSettingsOf(one), bytes), times };
}

/** What the steps of a flow come to in a transfer of the case. What opening and closing its files takes is no step. */
export function countsOfCase(mode: Calling, flow: Flow, one: Transferred): TransferCounts {
  const { shape, times } = piecesOf(mode, one);
  const counts = countsForTransfer(flow, shape);
  return {
    ...counts,
    crossings: counts.crossings * times,
    calls: Object.fromEntries(Object.entries(counts.calls).map(([name, count]) => [name, count * times])),
    cpuCopiedBytes: counts.cpuCopiedBytes * times,
    dmaBytes: counts.dmaBytes * times,
  };
}

/** How often a step with this `per` happens in a transfer of the case. */
export function occurrencesInCase(mode: Calling, per: Per, one: Transferred): number {
  const { shape, times } = piecesOf(mode, one);
  return occurrences(per, shape) * times;
}

/** The pipe a case asks for: the size that was set, or as large as its buffer within limits; null without either. */
export function wantedPipeBytes({ bufferBytes, options }: Pick<CaseOutline, 'bufferBytes' | 'options'>): number | null {
  const { pipeBytes } = options;
  if (typeof pipeBytes === 'number') return pipeBytes;
  return bufferBytes === null ? null : defaultPipe(bufferBytes);
}

/** The shape of a transfer of `bytes` by the mode. */
export function transferShape({ chunk, fit }: Calling, settings: CallSettings, bytes: number): TransferShape {
  const buffer = settings.bufferBytes;
  if (chunk === 'whole' || buffer === null) return exactly(bytes, settings.callBytes ?? MAX_CALL_BYTES);
  const pipe = pipeCapacity(settings.pipeBytes ?? defaultPipe(buffer));
  switch (fit) {
    case 'blocks':
      return exactly(bytes, settings.directBufferBytes ?? roundUp(buffer, PAGE_BYTES));
    case 'pipe':
      return throughPipe(bytes, buffer, pipe);
    case 'pipe-per-buffer':
      return bufferByBuffer(bytes, buffer, pipe);
    case 'slots':
      return slotBySlot(bytes, buffer);
    default:
      return exactly(bytes, Math.min(buffer, MAX_CALL_BYTES));
  }
}

function exactly(bytes: number, callBytes: number): TransferShape {
  return { bytes, calls: Math.ceil(bytes / callBytes), callsAtMost: false };
}

/**
 * A slot of a pipe holds one page or a part of it, so that a chunk which does not begin on a page may need a slot more
 * than it has pages. Where the pipe has none to spare, such a chunk is cut short at a page, and the next one is not.
 */
function throughPipe(bytes: number, buffer: number, pipe: number): TransferShape {
  const roomToSpare = buffer + PAGE_BYTES - 1 <= pipe;
  if (buffer >= pipe || buffer % PAGE_BYTES === 0 || roomToSpare) return exactly(bytes, Math.min(buffer, pipe));
  return { bytes, calls: 2 * Math.ceil(bytes / buffer), callsAtMost: true };
}

/** Every buffer goes through the pipe by itself, in as many pieces as it takes. */
function bufferByBuffer(bytes: number, buffer: number, pipe: number): TransferShape {
  if (buffer % PAGE_BYTES === 0) {
    const pieces = Math.floor(bytes / buffer) * Math.ceil(buffer / pipe) + Math.ceil((bytes % buffer) / pipe);
    return { bytes, calls: pieces, callsAtMost: false };
  }
  const most = Math.ceil(touched(buffer) / pipe);
  return { bytes, calls: Math.ceil(bytes / buffer) * most, callsAtMost: most > 1 };
}

/** Somebody else empties the pipe meanwhile, so that there may be room for everything at once, or for a page only. */
function slotBySlot(bytes: number, buffer: number): TransferShape {
  const slots = touched(buffer) / PAGE_BYTES;
  return { bytes, calls: Math.ceil(bytes / buffer) * slots, callsAtMost: slots > 1 };
}

/** Bytes of the pages that a buffer lies on, wherever it begins; buffers of whole pages begin on one. */
function touched(buffer: number): number {
  return roundUp(buffer % PAGE_BYTES === 0 ? buffer : buffer + PAGE_BYTES - 1, PAGE_BYTES);
}

function roundUp(bytes: number, multiple: number): number {
  return Math.ceil(bytes / multiple) * multiple;
}

function defaultPipe(bufferBytes: number): number {
  return Math.min(Math.max(bufferBytes, SMALLEST_PIPE_BYTES), LARGEST_PIPE_BYTES);
}

/** The kernel gives a pipe a power of two of pages (fs/pipe.c: round_pipe_size). */
function pipeCapacity(wanted: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(wanted, PAGE_BYTES)));
}
