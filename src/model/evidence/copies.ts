/** Which labels would prove a step of a flow that copies, and which copies a flow explains. */
import type { Flow, PlaceId, Step } from '../flow.ts';
import type { CopyLabelId } from './labels.ts';
import type { Side } from './pass.ts';

export interface CopyProof {
  /** Any of them proves it. */
  readonly labels: readonly CopyLabelId[];
  readonly side: Side;
}

/** Memory of the programs, reached by user addresses. */
const USER_MEMORY: readonly PlaceId[] = [
  'user-buffer',
  'buffer-ring',
  'registered-buffers',
  'mapping',
  'destination-mapping',
  'producer-buffer',
  'producer-mapping',
  'shared-ring',
  'consumer-buffer',
  'receiver-buffer',
  'receiver-mapping',
];

/** A step that takes the payload from one place to another. */
export type Move = Extract<Step, { readonly from: PlaceId }>;
type Copy = Pick<Move, 'from' | 'to' | 'receiver'>;

/** What a copy from there to there looks like in samples. */
export function proofOf(copy: Copy, flow: Flow): CopyProof {
  // Packets are made and delivered in softirqs, on top of whoever is running.
  if (copy.from === 'socket-buffer' && copy.to === 'packets') return { labels: ['copy-segmentation'], side: 'anyone' };
  if (copy.from === 'socket-buffer') return { labels: ['copy-undone'], side: 'anyone' };
  return { labels: labelsBetween(copy, flow), side: copy.receiver ? 'receiver' : 'sender' };
}

function labelsBetween({ from, to }: Copy, flow: Flow): readonly CopyLabelId[] {
  const out = isUser(from) || (from === 'page-cache' && isMapped(flow));
  // process_vm_readv: the kernel pins the pages of the one and copies into the memory of the other.
  if (from === 'producer-buffer' && to === 'consumer-buffer') return ['copy-to-user'];
  if (out && isUser(to)) return ['copy-user'];
  if (isUser(to)) return withRegistered(to, 'copy-to-user');
  return out ? withRegistered(from, 'copy-from-user') : ['copy-page-cache'];
}

/** A registered buffer has kernel addresses too, which buffered reads and writes use. */
function withRegistered(buffer: PlaceId, label: CopyLabelId): readonly CopyLabelId[] {
  return buffer === 'registered-buffers' ? ['copy-fixed-buffer', label] : [label];
}

function isUser(place: PlaceId): boolean {
  return USER_MEMORY.includes(place);
}

/** Whether the source is mapped, so that a write from its page cache has a user address. */
function isMapped(flow: Flow): boolean {
  return flow.steps.some((step) => step.kind === 'mapping' && step.from === 'page-cache');
}

/** Whether some copying step of the flow looks like this label on this side. */
export function explains(flow: Flow, label: CopyLabelId, side: Side): boolean {
  return explanationOf(flow, label, side) !== undefined;
}

/** The first copying step of the flow that looks like this label on this side. */
export function explanationOf(flow: Flow, label: CopyLabelId, side: Side): Step | undefined {
  return flow.steps.find((step) => {
    if (step.kind !== 'cpu-copy') return false;
    const proof = proofOf(step, flow);
    return proof.labels.includes(label) && (proof.side === side || proof.side === 'anyone');
  });
}
