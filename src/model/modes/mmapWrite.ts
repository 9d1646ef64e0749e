import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { FILE_PATHS } from '../paths.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere, coldRead, diskToPageCache, leave, systemCall, writeCall, writeCopy } from './steps.ts';

/**
 * A page fault maps at least 16 pages (fault-around, mm/memory.c: fault_around_bytes = 65536), and a huge page at once
 * where the page cache holds one (mm/filemap.c: filemap_map_pmd). So this is the most faults there can be on a warm file.
 * They are taken inside write(), in fault_in_readable: they cost time, but cross nothing.
 */
const FAULT_AROUND_BYTES = 65536;

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
          mapping(),
          writeCall(path),
          writeCopy(path, 'page-cache'),
          leave(path),
        ],
      },
    })),
    here: (facts) => ({
      steps: [
        systemCall('mmap', 'page-cache', { each: 'transfer' }),
        mapping(),
        writeCall(facts.path),
        ...coldRead(facts),
        faultIn(),
        writeCopy(facts.path, 'page-cache'),
        munmapCall(),
        ...arriveHere(facts.path),
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

function mapping(): Step {
  return {
    kind: 'mapping',
    from: 'page-cache',
    to: 'mapping',
    per: { each: 'transfer' },
    text: l10n.t('The page-cache pages appear in the address space of the program; no byte is copied.'),
  };
}

function faultIn(): Step {
  return {
    kind: 'fault',
    at: 'mapping',
    taken: 'kernel',
    per: { each: 'batch', bytes: FAULT_AROUND_BYTES },
    text: l10n.t(
      'write() touches pages that are not mapped yet; each page fault, taken inside the kernel, maps 64 KiB or more.',
    ),
  };
}

function munmapCall(): Step {
  return {
    ...systemCall('munmap', 'page-cache', { each: 'transfer' }),
    text: l10n.t('The program calls munmap(); every mapped page is taken out of its address space again.'),
  };
}
