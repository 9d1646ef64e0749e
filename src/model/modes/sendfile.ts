import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { FILE_PATHS } from '../paths.ts';
import type { PathId } from '../result/path.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, diskToPageCache, gather, move, socketToNic, systemCall, writeBack } from './steps/common.ts';
import { intoPipe, pipeToCache, pipeToSocket } from './steps/innerPipe.ts';

/** One call moves everything, in 64 KiB batches over a pipe inside the kernel. */
export function sendfile(): ModeDescriptor {
  return {
    id: 'sendfile',
    name: 'sendfile',
    summary: l10n.t('One call moves the file inside the kernel; the data never enters the program.'),
    paths: FILE_PATHS,
    chunk: 'whole',
    options: [],
    moves: 'data',
    since: '2.6.33',
    classic: [
      {
        path: 'file-to-file',
        title: 'sendfile',
        flow: { steps: [sendfileCall('file-to-file'), diskToPageCache(), ordinaryCopy('file-to-file'), writeBack()] },
      },
      {
        path: 'file-to-socket',
        title: l10n.t('sendfile, ordinary DMA'),
        flow: {
          steps: [sendfileCall('file-to-socket'), diskToPageCache(), ordinaryCopy('file-to-socket'), socketToNic()],
        },
      },
      {
        path: 'file-to-socket',
        title: l10n.t('sendfile, scatter-gather DMA'),
        flow: { steps: [sendfileCall('file-to-socket'), diskToPageCache(), describePages(), gather()] },
      },
    ],
    here: (facts) => ({
      steps: [
        sendfileCall(facts.path),
        ...coldRead(facts),
        intoPipe(),
        facts.path === 'file-to-file' ? pipeToCache('sendfile') : pipeToSocket(),
        ...arriveHere(facts, 'file-pages'),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'The socket holds references to page-cache pages, not a snapshot: a change of the file before the peer has read is sent too.',
      ),
      l10n.t('File to file it is not zero-copy: one copy from page cache to page cache remains.'),
      l10n.t(
        'It has no buffer, but it has sizes: 2 GiB less a page per call, and 64 KiB at a time inside, whatever is asked for.',
      ),
      l10n.t(
        'Scatter-gather is what puts headers and separate pages into one packet. Without it the kernel used to copy inside sendfile; since 4.17 it copies while segmenting, and write() pays for that too.',
      ),
      l10n.t(
        'Fewer copies need not be faster: over loopback the receiver reads cold pages in small packets, and read + write may win.',
      ),
      l10n.t('A destination opened with O_APPEND is refused with EINVAL.'),
    ],
  };
}

function sendfileCall(path: PathId): Step {
  return systemCall('sendfile', path === 'file-to-socket' ? 'socket-buffer' : 'destination-cache', { each: 'call' });
}

function ordinaryCopy(path: PathId): Step {
  return path === 'file-to-socket'
    ? move(
        'cpu-copy',
        'page-cache',
        'socket-buffer',
        l10n.t('The CPU copies the data from the page cache into socket buffers.'),
      )
    : move(
        'cpu-copy',
        'page-cache',
        'destination-cache',
        l10n.t('The CPU copies the data from page cache to page cache.'),
      );
}

function describePages(): Step {
  return move(
    'page-reference',
    'page-cache',
    'socket-buffer',
    l10n.t('Only the addresses and lengths of the pages are put into the socket buffer.'),
  );
}
