import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, readCopy, systemCall, writeCopy } from './steps/common.ts';

/** Buffered I/O that leaves no pages behind: the copies of read and write, without filling the page cache. */
export function readWriteDontcache(): ModeDescriptor {
  return {
    id: 'read-write-dontcache',
    name: 'read + write, RWF_DONTCACHE',
    summary: l10n.t('Reads and writes through the page cache, but drops the pages when they are done with.'),
    paths: ['file-to-file'],
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '6.14',
    classic: [],
    here: (facts) => ({
      steps: [
        systemCall('preadv2', 'page-cache', { each: 'call' }),
        ...coldRead(facts),
        readCopy('user-buffer'),
        systemCall('pwritev2', 'destination-cache', { each: 'call' }),
        writeCopy(facts.path, 'user-buffer'),
        ...arriveHere(facts, 'copied'),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t('It saves no copy: both of read and write remain. What it saves is the page cache for others.'),
      l10n.t('Pages that this read brought in are dropped after it; pages that were there before stay.'),
      l10n.t(
        'Since 6.14, and only where the filesystem has it, such as ext4 and XFS; Btrfs and tmpfs said EOPNOTSUPP in 6.18.',
      ),
    ],
  };
}
