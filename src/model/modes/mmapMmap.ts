import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, FAULT_AROUND_BYTES, mapSource, marked, move, systemCall } from './steps/common.ts';

/** Both files mapped, and memcpy between them: no call per chunk, but a fault per page of the copy, in user mode. */
export function mmapMmap(): ModeDescriptor {
  return {
    id: 'mmap-mmap',
    name: 'mmap + mmap + memcpy',
    summary: l10n.t('Maps both files and copies from one mapping to the other: no calls per chunk, but page faults.'),
    paths: ['file-to-file'],
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '1.0',
    classic: [],
    here: (facts) => ({
      steps: [
        once('ftruncate', l10n.t('The program calls ftruncate() to give the copy its size: a hole, no blocks yet.')),
        ...marked('mmap-source', [
          systemCall('mmap', 'page-cache', { each: 'transfer' }, l10n.t('The program calls mmap() on the source.')),
          mapSource(),
        ]),
        ...marked('mmap-destination', [
          once('mmap', l10n.t('The program calls mmap() on the copy, shared and writable.')),
          mapDestination(),
        ]),
        ...marked('memcpy', [...coldRead(facts), readFault(), zeroFill(), writeFault(), copy()]),
        ...marked('munmap', [
          once(
            'munmap',
            l10n.t('The program calls munmap() on the copy; dirty marks move from its page tables to the pages.'),
          ),
          systemCall('munmap', 'page-cache', { each: 'transfer' }, l10n.t('The program calls munmap() on the source.')),
        ]),
        ...marked('memcpy', arriveHere(facts, 'copied')),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t(
        'If another process truncates either file, touching the mapping past the new end raises SIGBUS in the middle of memcpy(); so does a full disk.',
      ),
      l10n.t(
        'It trades calls for page faults: one per 64 KiB read, up to one per page written, each two crossings, and every new page is zero-filled before it is overwritten.',
      ),
    ],
  };
}

function once(call: string, text: string): Step {
  return systemCall(call, 'destination-cache', { each: 'transfer' }, text);
}

function mapDestination(): Step {
  return {
    kind: 'mapping',
    from: 'destination-cache',
    to: 'destination-mapping',
    per: { each: 'transfer' },
    text: l10n.t('The copy gets addresses in the program; its pages come into being when they are touched.'),
  };
}

function readFault(): Step {
  return {
    kind: 'fault',
    at: 'mapping',
    taken: 'user',
    per: { each: 'batch', bytes: FAULT_AROUND_BYTES },
    atMost: true,
    text: l10n.t('memcpy() reads a page that is not mapped yet: a page fault, in and back, maps 64 KiB or more.'),
  };
}

/** The page of a hole is made up to date before it is mapped, then page_mkwrite reserves its block. */
function zeroFill(): Step {
  return {
    kind: 'touch',
    at: 'destination-cache',
    per: { each: 'page' },
    text: l10n.t('The kernel fills each new page of the copy with zeros: a pass over memory that copies nothing.'),
  };
}

function writeFault(): Step {
  return {
    kind: 'fault',
    at: 'destination-mapping',
    taken: 'user',
    per: { each: 'page' },
    atMost: true,
    text: l10n.t(
      'memcpy() writes to a page of the copy for the first time: a page fault, in which the filesystem reserves a block (page_mkwrite) and the page is marked dirty.',
    ),
  };
}

function copy(): Step {
  return move(
    'cpu-copy',
    'mapping',
    'destination-mapping',
    l10n.t('memcpy() copies from mapping to mapping: the same page-cache to page-cache copy, made in user mode.'),
  );
}
