/** The program that moves a file by a MSG_ZEROCOPY mode over a wire: test/native/core/over_wire.cc. */
import { CoreProgram } from './coreTest.ts';

/** What over_wire.cc prints. */
export interface Moved {
  readonly code: string;
  readonly call: string;
  readonly message: string;
  readonly sent: number;
  readonly completed: number;
  readonly copied: number;
  readonly arrived: number;
  readonly exact: boolean;
  readonly calls: Readonly<Record<string, number>>;
}

const own = ['over_wire.cc', 'wire.cc', 'reuses_early.cc'];

const sources = [
  'core/file_facts.cc',
  'core/interrupt.cc',
  'core/libstdcxx_floor.cc',
  'core/mapping.cc',
  'core/result.cc',
  'core/shared_extents.cc',
  'core/signal_mask.cc',
  'measure/calls.cc',
  'measure/latency.cc',
  'modes/direct_msg_zerocopy.cc',
  'modes/msg_zerocopy.cc',
  'modes/read_msg_zerocopy.cc',
  'paths/direct_io.cc',
  'paths/reopen.cc',
  'paths/view_fault.cc',
  'transfer.cc',
  'zerocopy/completions.cc',
  'zerocopy/error_queue.cc',
  'zerocopy/limits.cc',
  'zerocopy/ring_mode.cc',
  'zerocopy/sender.cc',
];

/** @param checks see CoreProgram */
export function overWire(checks?: readonly string[]): CoreProgram {
  return new CoreProgram(own, sources, checks);
}
