import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { FILE_PATHS } from '../paths.ts';
import type { PathId } from '../result.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere, coldRead, diskToPageCache, socketToNic, systemCall, writeBack } from './steps.ts';

/** The pipe inside sendfile has 16 slots of a page (fs/splice.c: splice_direct_to_actor, PIPE_DEF_BUFFERS). */
const INNER_BATCH_BYTES = 65536;

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
        facts.path === 'file-to-file' ? pipeToCache() : pipeToSocket(),
        ...arriveHere(facts.path),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'The socket holds references to page-cache pages, not a snapshot: a change of the file before the peer has read is sent too.',
      ),
      l10n.t('File to file it is not zero-copy: one copy from page cache to page cache remains.'),
    ],
  };
}

function sendfileCall(path: PathId): Step {
  return systemCall('sendfile', path === 'file-to-socket' ? 'socket-buffer' : 'destination-cache', { each: 'call' });
}

function ordinaryCopy(path: PathId): Step {
  return {
    kind: 'cpu-copy',
    from: 'page-cache',
    to: path === 'file-to-socket' ? 'socket-buffer' : 'destination-cache',
    per: { each: 'call' },
    text:
      path === 'file-to-socket'
        ? l10n.t('The CPU copies the data from the page cache into socket buffers.')
        : l10n.t('The CPU copies the data from page cache to page cache.'),
  };
}

function describePages(): Step {
  return {
    kind: 'page-reference',
    from: 'page-cache',
    to: 'socket-buffer',
    per: { each: 'call' },
    text: l10n.t('Only the addresses and lengths of the pages are put into the socket buffer.'),
  };
}

function gather(): Step {
  return {
    kind: 'dma-copy',
    from: 'page-cache',
    to: 'nic',
    per: { each: 'page' },
    later: true,
    text: l10n.t('The NIC gathers headers and pages from where they are, by scatter-gather DMA.'),
  };
}

function intoPipe(): Step {
  return {
    kind: 'page-reference',
    from: 'page-cache',
    to: 'pipe',
    per: { each: 'batch', bytes: INNER_BATCH_BYTES },
    text: l10n.t('References to 16 pages at a time go into a pipe inside the kernel.'),
  };
}

function pipeToCache(): Step {
  return {
    kind: 'cpu-copy',
    from: 'pipe',
    to: 'destination-cache',
    per: { each: 'batch', bytes: INNER_BATCH_BYTES },
    text: l10n.t(
      'The CPU copies those pages into the page cache of the copy: the one copy sendfile keeps between files.',
    ),
  };
}

function pipeToSocket(): Step {
  return {
    kind: 'page-reference',
    from: 'pipe',
    to: 'socket-buffer',
    per: { each: 'batch', bytes: INNER_BATCH_BYTES },
    text: l10n.t('The page references move on into the socket buffer; still nothing is copied.'),
  };
}
