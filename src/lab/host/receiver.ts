/** The host of a receiver, by what the receiver says of it (docs/protocol.md). */
import type { ReceiverDescription } from '../../../native/addon.d.ts';
import type { ReceiverHost } from '../../model/result/host.ts';
import { MEGABIT_BYTES } from './interface.ts';

/** A fact the receiver does not know, or that is not what it should be, is null. */
export function receiverHost({ facts }: ReceiverDescription): ReceiverHost {
  const text = (name: string) => facts[name] ?? null;
  const number = (name: string) => {
    const value = facts[name];
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
  };
  const flag = (name: string) => {
    const value = facts[name];
    return value === 'on' || value === 'off' ? value === 'on' : null;
  };
  const link = text('interface');
  const megabits = number('linkMegabits');
  return {
    name: text('name') ?? '',
    kernel: text('kernel') ?? '',
    arch: text('arch') ?? '',
    distribution: text('distribution'),
    cpu: { model: text('cpuModel'), logical: number('cpus') },
    memoryBytes: number('memoryBytes'),
    virtualised: text('virtualised'),
    interface:
      link === null
        ? null
        : {
            name: link,
            mtu: number('mtu'),
            scatterGather: flag('scatterGather'),
            tso: flag('tso'),
            gso: flag('gso'),
            txChecksum: flag('txChecksum'),
            virtio: null,
            virtual: flag('virtual'),
            linkBytesPerSecond: megabits === null ? null : megabits * MEGABIT_BYTES,
          },
  };
}
