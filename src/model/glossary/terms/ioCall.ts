import * as l10n from '@vscode/l10n';
import { classicFlowOf } from '../classicFlow.ts';
import type { Term } from '../term.ts';
import { ioCall } from '../words.ts';

export function ioCallTerm(): Term {
  return {
    ...ioCall(),
    topic: 'calls',
    long: [
      l10n.t(
        'read() takes the CPU into the kernel. If the pages are not in the page cache, the disk puts them there by DMA and the program sleeps meanwhile; then the CPU copies them into the buffer of the program, and the call returns. write() goes into the kernel again, where the CPU copies the buffer into the socket buffer, and returns. Some time after that the NIC fetches the packets by DMA.',
      ),
      l10n.t(
        'This is the textbook’s count for one chunk: four crossings, two CPU copies, two DMA copies. Two things in it are often told wrongly: the crossings are no context switches, and with a warm page cache the disk takes no part. What this host does instead is drawn on the page of every result.',
      ),
    ],
    picture: { kind: 'flow', classic: classicFlowOf('read-write', 'file-to-socket') },
    seeAlso: ['system-call', 'crossing', 'cpu-copy', 'dma-copy', 'call-return'],
    sources: ['read(2)', 'write(2)'],
  };
}
