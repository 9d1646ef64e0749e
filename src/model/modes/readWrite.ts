import * as l10n from '@vscode/l10n';
import { FILE_PATHS } from '../paths.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, diskToPageCache, leave, readCopy, systemCall, writeCall, writeCopy } from './steps/common.ts';

/** The baseline: two calls and two CPU copies per buffer (kernel-side: _copy_to_iter, then copy_folio_from_iter_atomic or tcp_sendmsg). */
export function readWrite(): ModeDescriptor {
  return {
    id: 'read-write',
    name: 'read + write',
    summary: l10n.t('Reads each chunk into a buffer of the program and writes it out again: the baseline.'),
    paths: FILE_PATHS,
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '1.0',
    classic: FILE_PATHS.map((path) => ({
      path,
      title: 'read + write',
      flow: {
        steps: [
          systemCall('read', 'page-cache', { each: 'call' }),
          diskToPageCache(),
          readCopy('user-buffer'),
          writeCall(path),
          writeCopy(path, 'user-buffer'),
          leave(path),
        ],
      },
    })),
    here: (facts) => ({
      steps: [
        systemCall('read', 'page-cache', { each: 'call' }),
        ...coldRead(facts),
        readCopy('user-buffer'),
        writeCall(facts.path),
        writeCopy(facts.path, 'user-buffer'),
        ...arriveHere(facts, 'copied'),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t('Each call moves at most 2 GiB less one page and may move less than asked for; both must be looped over.'),
    ],
  };
}
