import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { FILE_PATHS } from '../paths.ts';
import type { PathId } from '../result/path.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, diskToPageCache, gather, move, writeBack } from './steps/common.ts';
import { pagesToCopy, pagesToSocket, spliceIn, spliceOut } from './steps/userPipe.ts';

/** What sendfile does inside, done by the program: a pipe of its own, one call into it and one out of it. */
export function splice(): ModeDescriptor {
  return {
    id: 'splice',
    name: 'splice',
    summary: l10n.t('Two calls move page references through a pipe; the data never enters the program.'),
    paths: FILE_PATHS,
    chunk: 'buffer',
    fit: 'pipe',
    options: ['pipeBytes'],
    moves: 'data',
    since: '2.6.17',
    classic: FILE_PATHS.map((path) => ({
      path,
      title: 'splice',
      flow: {
        steps: [...spliceIn('page-cache', [diskToPageCache()]), ...spliceOut(target(path), handOver(path)), end(path)],
      },
    })),
    here: (facts) => ({
      steps: [
        ...spliceIn('page-cache', coldRead(facts)),
        ...spliceOut(target(facts.path), facts.path === 'file-to-socket' ? pagesToSocket() : pagesToCopy()),
        ...arriveHere(facts, 'file-pages'),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'It does not save a copy that sendfile keeps: sendfile is splice with a pipe inside the kernel. Between files one copy from page cache to page cache remains.',
      ),
      l10n.t(
        'The pipe and the socket hold references to page-cache pages, not a snapshot: a later change of the file leaks into data in flight.',
      ),
      l10n.t('SPLICE_F_MOVE does nothing since 2.6.21, but for FUSE; pages are not moved.'),
      l10n.t('A destination opened with O_APPEND is refused with EINVAL.'),
      l10n.t(
        'An unprivileged pipe grows to fs.pipe-max-size (1 MiB) at most; past fs.pipe-user-pages-soft new pipes have two slots and cannot grow.',
      ),
    ],
  };
}

function target(path: PathId): 'socket-buffer' | 'destination-cache' {
  return path === 'file-to-socket' ? 'socket-buffer' : 'destination-cache';
}

/** The textbook's second half: pointers change hands, whatever is behind the pipe. */
function handOver(path: PathId): Step {
  return path === 'file-to-socket'
    ? pagesToSocket()
    : move(
        'page-reference',
        'user-pipe',
        'destination-cache',
        l10n.t('By the textbook the pages change hands: only pointers are assigned.'),
      );
}

function end(path: PathId): Step {
  return path === 'file-to-socket' ? gather() : writeBack();
}
