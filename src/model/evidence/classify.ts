/**
 * Which label a sampled stack has. The leaf alone would not do: memcpy serves everybody, and the loops that copy across
 * the border have no direction. So the callers decide, from the leaf outwards.
 */
import type { CopyLabelId, LabelId } from './labels.ts';
import type { NameSet } from './nameSet.ts';
import type { NamedStack } from './stacks.ts';
import {
  ARGUMENTS,
  FAULT,
  FROM_ITER_TO_CACHE,
  FROM_USER,
  IDLE,
  INTERRUPTION,
  JOBS,
  MEMCPY,
  MEMSET,
  PACKET_COPY,
  RING_REQUEST,
  SEGMENTATION,
  SKID,
  SPLICE_READ_BY_ITERATOR,
  SPLICING,
  TO_USER,
  UNDONE,
  ZEROING,
  ZEROING_PARENTS,
} from './tables.ts';

type Frames = NamedStack['frames'];

export function labelOf(stack: NamedStack): LabelId {
  if (stack.user !== null) return stack.user === 'memcpy' ? 'copy-user' : 'user-code';
  if (stack.frames.every((names) => names.length === 0)) return 'unlabelled';
  if (isIdle(stack)) return 'idle';
  const frames = uninterrupted(stack.frames);
  if (isIn(SKID, frames[0])) return 'irq-off';
  return decisive(frames) ?? job(frames);
}

/** The idle task itself: what interrupts it has frames on top. */
function isIdle({ thread, frames }: NamedStack): boolean {
  return thread === 'kernel' && frames.slice(0, 2).some((names) => IDLE.has(names));
}

/**
 * The frames of what was really running: those above the innermost interrupt or softirq, which only happened on top of
 * somebody's stack. Loopback delivers so on top of its sender.
 */
function uninterrupted(frames: Frames): Frames {
  const entry = frames.findIndex((names) => INTERRUPTION.has(names));
  return entry === -1 ? frames : frames.slice(0, entry + 1);
}

/** The first frame, from the leaf outwards, that settles the matter: a fault, zeroing, or a copy and its direction. */
function decisive(frames: Frames): LabelId | undefined {
  for (const [index, names] of frames.entries()) {
    const callers = frames.slice(index + 1);
    if (ZEROING.has(names)) return 'zeroing';
    if (MEMSET.has(names) && anyIn(ZEROING_PARENTS, callers.slice(0, 4))) return 'zeroing';
    if (FAULT.has(names)) return 'page-fault';
    if (ARGUMENTS.has(names)) return 'system-call';
    if (UNDONE.has(names)) return 'copy-undone';
    if (PACKET_COPY.has(names) && anyIn(SEGMENTATION, callers)) return 'copy-segmentation';
    if (FROM_ITER_TO_CACHE.has(names)) return intoCache(frames.slice(0, index), callers);
    if (TO_USER.has(names)) return outOfKernel(frames.slice(0, index), callers);
    if (FROM_USER.has(names)) return intoKernel(frames.slice(0, index), callers);
  }
  return undefined;
}

/**
 * What fills the page cache: with memcpy beneath, the iterator holds pages of the kernel. These are a pipe's, or
 * registered by a ring. Beneath a splice there never is a user's memory in it.
 */
function intoCache(beneath: Frames, callers: Frames): CopyLabelId {
  if (anyIn(SPLICING, callers)) return 'copy-page-cache';
  if (!anyIn(MEMCPY, beneath)) return 'copy-from-user';
  return anyIn(RING_REQUEST, callers) ? 'copy-fixed-buffer' : 'copy-page-cache';
}

function outOfKernel(beneath: Frames, callers: Frames): LabelId {
  const byAddress = anyIn(MEMCPY, beneath);
  if (anyIn(SPLICE_READ_BY_ITERATOR, callers)) return byAddress ? 'copy-page-cache' : 'splice';
  if (anyIn(SPLICING, callers)) return 'copy-page-cache';
  return byAddress ? 'copy-fixed-buffer' : 'copy-to-user';
}

function intoKernel(beneath: Frames, callers: Frames): CopyLabelId {
  if (anyIn(SPLICING, callers)) return 'copy-page-cache';
  return anyIn(MEMCPY, beneath) ? 'copy-fixed-buffer' : 'copy-from-user';
}

/** The job of the frame nearest to the leaf that any table knows. */
function job(frames: Frames): LabelId {
  for (const names of frames) {
    const known = JOBS.find(([, set]) => set.has(names));
    if (known !== undefined) return known[0];
  }
  return 'other';
}

function isIn(set: NameSet, names: readonly string[] | undefined): boolean {
  return names !== undefined && set.has(names);
}

function anyIn(set: NameSet, frames: Frames): boolean {
  return frames.some((names) => set.has(names));
}
