/**
 * The unit costs that `calibrate` measures and predictions are made of. A sized one is measured for several sizes, in
 * bytes, and the size is part of its key in a calibration: `new-page-65536`.
 */
import * as l10n from '@vscode/l10n';
import { formatBytes } from '../units.ts';

export interface Unit {
  readonly id: UnitId;
  /** For a legend. */
  readonly name: string;
  /** What one of it is. */
  readonly sentence: string;
  readonly per: 'occurrence' | 'byte';
  readonly sized: boolean;
}

export type UnitId =
  | 'system-call'
  | 'file-read'
  | 'file-write'
  | 'kernel-to-user'
  | 'user-to-kernel'
  | 'mapping-to-kernel'
  | 'page-copy'
  | 'memory-copy'
  | 'new-page'
  | 'map-call'
  | 'mapped-window'
  | 'fault-in-write'
  | 'unmapped-page'
  | 'mapped-new-page'
  | 'splice-read'
  | 'splice-write'
  | 'page-reference'
  | 'context-switch'
  | 'socket-write'
  | 'loopback-segment'
  | 'socket-copy'
  | 'socket-page'
  | 'socket-read'
  | 'receive-copy'
  | 'receive-page';

/** All units, in the order of legends. Called late, when the language is known. */
export function units(): readonly Unit[] {
  return [
    {
      id: 'system-call',
      name: l10n.t('system call'),
      sentence: l10n.t('Into the kernel and back, with nothing to do there.'),
      ...each,
    },
    {
      id: 'file-read',
      name: l10n.t('read of a file'),
      sentence: l10n.t('What read() of one byte in the page cache does beyond being a system call.'),
      ...each,
    },
    {
      id: 'file-write',
      name: l10n.t('write to a file'),
      sentence: l10n.t('What write() of one byte to a page that is there does beyond being a system call.'),
      ...each,
    },
    {
      id: 'kernel-to-user',
      name: l10n.t('copy to a buffer'),
      sentence: l10n.t('A byte copied from the page cache into a buffer of this size.'),
      ...eachByteSized,
    },
    {
      id: 'user-to-kernel',
      name: l10n.t('copy from a buffer'),
      sentence: l10n.t('A byte copied from a buffer of this size into the page cache.'),
      ...eachByteSized,
    },
    {
      id: 'mapping-to-kernel',
      name: l10n.t('copy from a mapping'),
      sentence: l10n.t('A byte copied from a mapped file into the page cache, so many at a time.'),
      ...eachByteSized,
    },
    {
      id: 'page-copy',
      name: l10n.t('copy from page to page'),
      sentence: l10n.t('A byte copied by the kernel from one page of the page cache to another.'),
      ...eachByte,
    },
    {
      id: 'memory-copy',
      name: l10n.t('memcpy'),
      sentence: l10n.t('A byte copied by the program between two places of this size.'),
      ...eachByteSized,
    },
    {
      id: 'new-page',
      name: l10n.t('new page'),
      sentence: l10n.t(
        'A page of the page cache that a write of this size makes: allocated, entered into the file, its block reserved.',
      ),
      ...eachSized,
    },
    {
      id: 'map-call',
      name: l10n.t('mapping'),
      sentence: l10n.t('What mmap() and munmap() of a file do together, beyond being system calls.'),
      ...each,
    },
    {
      id: 'mapped-window',
      name: l10n.t('page fault'),
      sentence: l10n.t(
        '64 KiB of a mapped file touched for the first time, in however many faults that takes: one maps all around it that is there.',
      ),
      ...each,
    },
    {
      id: 'fault-in-write',
      name: l10n.t('page fault in write()'),
      sentence: l10n.t(
        '64 KiB of a mapped file that a write of this size meets for the first time, with what is copied again because a fault cut it short.',
      ),
      ...eachSized,
    },
    {
      id: 'unmapped-page',
      name: l10n.t('unmapped page'),
      sentence: l10n.t('A page that munmap() takes out of the address space.'),
      ...each,
    },
    {
      id: 'mapped-new-page',
      name: l10n.t('new page by fault'),
      sentence: l10n.t(
        'A page that a store to a mapped hole makes: the fault, the zeros, its block reserved, and unmapping it dirty.',
      ),
      ...each,
    },
    {
      id: 'splice-read',
      name: l10n.t('splice from a file'),
      sentence: l10n.t('What splice() from a file into a pipe does beyond being a system call and for its pages.'),
      ...each,
    },
    {
      id: 'splice-write',
      name: l10n.t('splice to a file'),
      sentence: l10n.t('What splice() from a pipe into a file does beyond being a system call and for its pages.'),
      ...each,
    },
    {
      id: 'page-reference',
      name: l10n.t('page reference'),
      sentence: l10n.t('A reference to a page, put into a pipe and taken out again.'),
      ...each,
    },
    {
      id: 'context-switch',
      name: l10n.t('context switch'),
      sentence: l10n.t('From one thread to another over a pipe, with the two calls that carry the byte.'),
      ...each,
    },
    {
      id: 'socket-write',
      name: l10n.t('write to a socket'),
      sentence: l10n.t(
        'What write() of one byte to a TCP socket does beyond being a system call, while no packet leaves.',
      ),
      ...each,
    },
    {
      id: 'loopback-segment',
      name: l10n.t('packet over loopback'),
      sentence: l10n.t(
        'A packet sent, which on loopback is its way into the queue of the receiver too, and acknowledged.',
      ),
      ...each,
    },
    {
      id: 'socket-copy',
      name: l10n.t('copy into packets'),
      sentence: l10n.t('A byte more in a packet, copied from memory of the program.'),
      ...eachByte,
    },
    {
      id: 'socket-page',
      name: l10n.t('page into a socket'),
      sentence: l10n.t('A page more in a packet, by reference from a pipe.'),
      ...each,
    },
    {
      id: 'socket-read',
      name: l10n.t('read of a socket'),
      sentence: l10n.t('What recv() of one byte that is there does beyond being a system call.'),
      ...each,
    },
    {
      id: 'receive-copy',
      name: l10n.t('copy out of packets'),
      sentence: l10n.t('A byte copied from queued packets into a buffer.'),
      ...eachByte,
    },
    {
      id: 'receive-page',
      name: l10n.t('copy out of lent pages'),
      sentence: l10n.t('A page copied into a buffer that the packets only refer to: nobody has had it in a cache.'),
      ...each,
    },
  ];
}

const each = { per: 'occurrence', sized: false } as const;
const eachSized = { per: 'occurrence', sized: true } as const;
const eachByte = { per: 'byte', sized: false } as const;
const eachByteSized = { per: 'byte', sized: true } as const;

/** The unit of a key, with its size where it has one; null for a key of another version of the lab. */
export function unitOf(key: string): { readonly unit: Unit; readonly size: number | null } | null {
  const sized = /^(.+)-(\d+)$/.exec(key);
  const id = sized?.[1] ?? key;
  const unit = units().find((each) => each.id === id);
  if (unit === undefined || unit.sized !== (sized !== null)) return null;
  return { unit, size: sized === null ? null : Number(sized[2]) };
}

/** `new page, 64 KiB`; the key itself where it is unknown. */
export function nameOfUnit(key: string): string {
  const found = unitOf(key);
  if (found === null) return key;
  return found.size === null ? found.unit.name : `${found.unit.name}, ${formatBytes(found.size)}`;
}

/** What a prediction over a socket leaves out; to be said beside it. */
export function socketsNote(): string {
  return l10n.t(
    'Over a socket only the CPU time of the busier side is predicted, not the waiting of either side for the other: the least that it can take.',
  );
}
