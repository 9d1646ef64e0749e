import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { FILE_PATHS } from '../paths.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import {
  coldRead,
  diskToPageCache,
  FAULT_AROUND_BYTES,
  leave,
  mapSource,
  marked,
  munmapSource,
  systemCall,
  writeCall,
  writeCopy,
} from './steps/common.ts';

/** One mapping of the whole file, then buffer-sized writes from it. */
export function mmapWrite(): ModeDescriptor {
  return {
    id: 'mmap-write',
    name: 'mmap + write',
    summary: l10n.t('Maps the file and writes from the mapping: the copy into a user buffer goes, page faults come.'),
    paths: FILE_PATHS,
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '1.0',
    classic: FILE_PATHS.map((path) => ({
      path,
      title: 'mmap + write',
      flow: {
        steps: [
          systemCall('mmap', 'page-cache', { each: 'transfer' }),
          diskToPageCache(),
          mapSource(),
          writeCall(path),
          writeCopy(path, 'page-cache'),
          leave(path),
        ],
      },
    })),
    here: (facts) => ({
      steps: [
        systemCall('mmap', 'page-cache', { each: 'transfer' }),
        mapSource(),
        writeCall(facts.path),
        ...coldRead(facts),
        faultIn(),
        writeCopy(facts.path, 'page-cache'),
        munmapSource(),
        ...marked('write', arriveHere(facts, 'copied')),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'If another process truncates the file, touching the mapping past the new end raises SIGBUS; inside write() it is EFAULT or a short write.',
      ),
      l10n.t(
        'It maps page-cache pages; the write still copies every byte once. Small or cold files pay more for faults than they save.',
      ),
    ],
  };
}

/** Taken inside write(), in fault_in_readable: it costs time, but crosses nothing. */
function faultIn(): Step {
  return {
    kind: 'fault',
    at: 'mapping',
    taken: 'kernel',
    per: { each: 'batch', bytes: FAULT_AROUND_BYTES },
    atMost: true,
    text: l10n.t(
      'write() touches pages that are not mapped yet; each page fault, taken inside the kernel, maps 64 KiB or more.',
    ),
  };
}
