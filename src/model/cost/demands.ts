/**
 * What each step of a flow asks for, in unit costs. A step the calibration knows no cost of makes the whole transfer
 * unpredictable: half a prediction would be none.
 */
import type { PlaceId, Step, TransferShape } from '../flow.ts';
import { occurrences, PAGE_BYTES, signature } from '../flow.ts';
import { FAULT_AROUND_BYTES, INNER_BATCH_BYTES } from '../modes/steps/common.ts';
import type { Demand } from './price.ts';
import type { UnitId } from './units.ts';

/** What the size of a demand depends on. */
export interface StepContext {
  readonly shape: TransferShape;
  /** Bytes one call of the mode moves at most. */
  readonly callBytes: number;
  /** Bytes one call of the receiver takes; the packets' size where there is none. */
  readonly receiverBytes: number;
  /** The packets refer to pages of the page cache. */
  readonly lent: boolean;
}

/** The demands of a step, or the reason why there is no telling. */
export type Account = { readonly demands: readonly Demand[] } | { readonly unpredictable: Unpredictable };

/**
 * `device`: it waits for one, and devices are not calibrated. `metadata`: the filesystem only changes what it knows of
 * its blocks. `number`: how often it happens depends on who is faster. `workers`: done by threads of the kernel, started
 * for it. `write-back`: it begins write-back itself. `exchange`: nothing between two processes is calibrated.
 * `checksum`, `pinning`: not calibrated.
 */
export type Unpredictable =
  | 'device'
  | 'metadata'
  | 'number'
  | 'workers'
  | 'write-back'
  | 'exchange'
  | 'checksum'
  | 'pinning';

type Rule = (times: number, context: StepContext) => Account;

/** @throws RangeError for a kind of step that nobody has thought about */
export function accountOf(step: Step, context: StepContext): Account {
  if (step.later === true) return NOTHING;
  // The most there can be of a call is no count; of faults it is, for each covers the more the fewer there are.
  if (step.kind === 'system-call' && step.atMost === true) return { unpredictable: 'number' };
  const rule = RULES[signature(step)];
  if (rule === undefined) throw new RangeError(`no unit cost for the step ${signature(step)}`);
  return rule(occurrences(step.per, context.shape), context);
}

const NOTHING: Account = { demands: [] };

const unpredictable = (why: Unpredictable): Rule => {
  const account: Account = { unpredictable: why };
  return () => account;
};
/** Already in the cost of another step. */
const included: Rule = () => NOTHING;

const pages = ({ shape }: StepContext) => Math.ceil(shape.bytes / PAGE_BYTES);

/** A system call and what it does besides. */
const calling =
  (...work: readonly UnitId[]): Rule =>
  (times) => ({ demands: (['system-call', ...work] as const).map((unit) => ({ unit, count: times })) });

/** Something done inside a call, as often as the step. */
const working =
  (unit: UnitId): Rule =>
  (times) => ({ demands: [{ unit, count: times }] });

/** Every byte, by a unit without sizes. */
const bytewise =
  (unit: UnitId): Rule =>
  (_, { shape }) => ({ demands: [{ unit, count: shape.bytes }] });

const pagewise =
  (unit: UnitId): Rule =>
  (_, context) => ({ demands: [{ unit, count: pages(context) }] });

const both =
  (...rules: readonly Rule[]): Rule =>
  (times, context) => {
    const accounts = rules.map((rule) => rule(times, context));
    return (
      accounts.find((account) => 'unpredictable' in account) ?? {
        demands: accounts.flatMap((account) => ('demands' in account ? account.demands : [])),
      }
    );
  };

/** Every byte, by a unit that depends on how many are copied at a time. */
const copying =
  (unit: UnitId, at: (context: StepContext) => number): Rule =>
  (_, context) => ({ demands: [{ unit, count: context.shape.bytes, size: at(context) }] });

/** The destination is a fresh file: every page of it is new. */
const newPages =
  (at: (context: StepContext) => number): Rule =>
  (_, context) => ({ demands: [{ unit: 'new-page', count: pages(context), size: at(context) }] });

/** 64 KiB of a mapping at a time, whatever the number of faults. */
const windows =
  (unit: UnitId, at?: (context: StepContext) => number): Rule =>
  (_, context) => ({
    demands: [
      {
        unit,
        count: Math.ceil(context.shape.bytes / FAULT_AROUND_BYTES),
        ...(at === undefined ? {} : { size: at(context) }),
      },
    ],
  });

const perCall = ({ callBytes }: StepContext) => callBytes;
const perBatch = () => INNER_BATCH_BYTES;
const perReceive = ({ receiverBytes }: StepContext) => receiverBytes;
const uncached = () => Number.MAX_SAFE_INTEGER;

const PROGRAM_BUFFERS: readonly PlaceId[] = ['user-buffer', 'buffer-ring', 'registered-buffers'];

const RULES: Readonly<Record<string, Rule | undefined>> = {
  ...Object.fromEntries(
    PROGRAM_BUFFERS.flatMap((buffer) => [
      [`cpu-copy page-cache to ${buffer}`, copying('kernel-to-user', perCall)],
      [`cpu-copy ${buffer} to destination-cache`, both(copying('user-to-kernel', perCall), newPages(perCall))],
      [`dma-copy disk to ${buffer}`, unpredictable('device')],
      [`dma-copy ${buffer} to destination-disk`, unpredictable('device')],
      [`page-reference ${buffer} to socket-buffer`, unpredictable('pinning')],
    ]),
  ),

  // File to file by calls that copy.
  'read at page-cache': calling('file-read'),
  'write at destination-cache': calling('file-write'),
  'preadv2 at page-cache': calling('file-read'),
  'pwritev2 at destination-cache': unpredictable('write-back'),

  // By a mapping. munmap of the copy is in the cost of its pages.
  'mmap at page-cache': calling('map-call'),
  'mapping page-cache to mapping': included,
  'fault at mapping, kernel': windows('fault-in-write', perCall),
  'cpu-copy page-cache to destination-cache': both(copying('mapping-to-kernel', perCall), newPages(perCall)),
  'munmap at page-cache': (times, context) => both(calling(), pagewise('unmapped-page'))(times, context),

  // By two mappings.
  'ftruncate at destination-cache': calling(),
  'mmap at destination-cache': calling('map-call'),
  'mapping destination-cache to destination-mapping': included,
  'fault at mapping, user': windows('mapped-window'),
  'touch at destination-cache': included,
  'fault at destination-mapping, user': pagewise('mapped-new-page'),
  'cpu-copy mapping to destination-mapping': copying('memory-copy', uncached),
  'munmap at destination-cache': calling(),

  // By references in the kernel's own pipe.
  'sendfile at destination-cache': calling(),
  'copy_file_range at destination-cache': calling(),
  'page-reference page-cache to pipe': both(working('splice-read'), pagewise('page-reference')),
  'cpu-copy pipe to destination-cache': both(working('splice-write'), bytewise('page-copy'), newPages(perBatch)),

  // And in the program's.
  'splice at page-cache': calling('splice-read'),
  'page-reference page-cache to user-pipe': pagewise('page-reference'),
  'splice at destination-cache': calling('splice-write'),
  'cpu-copy user-pipe to destination-cache': both(bytewise('page-copy'), newPages(perCall)),

  // Into a socket.
  'write at socket-buffer': calling('socket-write'),
  'cpu-copy user-buffer to socket-buffer': bytewise('socket-copy'),
  'cpu-copy page-cache to socket-buffer': bytewise('socket-copy'),
  'sendfile at socket-buffer': calling(),
  'page-reference pipe to socket-buffer': pagewise('socket-page'),
  'splice at socket-buffer': calling(),
  'page-reference user-pipe to socket-buffer': pagewise('socket-page'),
  'page-reference socket-buffer to receive-queue': working('loopback-segment'),
  'page-reference packets to receive-queue': working('loopback-segment'),
  'cpu-copy socket-buffer to packets': bytewise('page-copy'),
  'touch at socket-buffer': unpredictable('checksum'),
  'touch at packets': unpredictable('checksum'),
  'send at socket-buffer': unpredictable('pinning'),
  'page-reference mapping to socket-buffer': unpredictable('pinning'),
  'cpu-copy socket-buffer to receive-queue': unpredictable('pinning'),

  // What the receiver does.
  'receiver: recv at receive-queue': calling('socket-read'),
  'receiver: cpu-copy receive-queue to receiver-buffer': (times, context) =>
    (context.lent ? pagewise('receive-page') : bytewise('receive-copy'))(times, context),
  'receiver: splice at receiver-pipe': calling('socket-read'),
  'receiver: page-reference receive-queue to receiver-pipe': pagewise('page-reference'),
  'receiver: splice at null-device': calling(),
  'receiver: page-reference receiver-pipe to null-device': included,
  'receiver: getsockopt at receive-queue': calling(),
  'receiver: dma-copy receiver-nic to receive-queue': unpredictable('device'),
  'receiver: mapping receive-queue to receiver-mapping': unpredictable('pinning'),
  'receiver: write at receiver-cache': calling('file-write'),
  'receiver: cpu-copy receiver-buffer to receiver-cache': both(
    copying('user-to-kernel', perReceive),
    newPages(perReceive),
  ),
  'receiver: splice at receiver-cache': calling('splice-write'),
  'receiver: cpu-copy receiver-pipe to receiver-cache': both(bytewise('page-copy'), newPages(perReceive)),

  // Devices, blocks and workers.
  'dma-copy disk to page-cache': unpredictable('device'),
  'dma-copy destination-cache to destination-disk': unpredictable('device'),
  'fdatasync at destination-disk': unpredictable('device'),
  'read at disk': unpredictable('device'),
  'write at destination-disk': unpredictable('device'),
  'wait at disk': unpredictable('device'),
  'wait at destination-disk': unpredictable('device'),
  'page-reference disk to destination-disk': unpredictable('metadata'),
  'ioctl at destination-cache': unpredictable('metadata'),
  'wait at user-pipe': unpredictable('workers'),

  // Between processes.
  'touch at producer-buffer': unpredictable('exchange'),
  'touch at producer-mapping': unpredictable('exchange'),
  'touch at shared-ring': unpredictable('exchange'),
  'mapping memfd to producer-mapping': unpredictable('exchange'),
  'mapping memfd to shared-ring': unpredictable('exchange'),
  'write at user-pipe': unpredictable('exchange'),
  'write at receive-queue': unpredictable('exchange'),
  'sendfile at receive-queue': unpredictable('exchange'),
  'splice at memfd': unpredictable('exchange'),
  'splice at receive-queue': unpredictable('exchange'),
  'vmsplice at user-pipe': unpredictable('exchange'),
  'cpu-copy producer-buffer to user-pipe': unpredictable('exchange'),
  'cpu-copy producer-buffer to receive-queue': unpredictable('exchange'),
  'page-reference producer-buffer to user-pipe': unpredictable('exchange'),
  'page-reference memfd to pipe': unpredictable('exchange'),
  'page-reference memfd to user-pipe': unpredictable('exchange'),
  'page-reference pipe to receive-queue': unpredictable('exchange'),
  'page-reference user-pipe to receive-queue': unpredictable('exchange'),
  'receiver: read at user-pipe': unpredictable('exchange'),
  'receiver: read at receive-queue': unpredictable('exchange'),
  'receiver: cpu-copy user-pipe to consumer-buffer': unpredictable('exchange'),
  'receiver: cpu-copy receive-queue to consumer-buffer': unpredictable('exchange'),
  'receiver: process_vm_readv at consumer-buffer': unpredictable('exchange'),
  'receiver: cpu-copy producer-buffer to consumer-buffer': unpredictable('exchange'),
  'receiver: touch at consumer-buffer': unpredictable('exchange'),
  'receiver: touch at shared-ring': unpredictable('exchange'),
};
