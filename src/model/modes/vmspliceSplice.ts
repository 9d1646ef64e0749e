import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { consumerRead, produce, unixReferenceCaveat } from './steps/exchange.ts';
import { lendToPipe, vmspliceCaveats } from './steps/lending.ts';
import { awaitRelease } from './steps/signalling.ts';
import { pagesToSocket, spliceOut } from './steps/userPipe.ts';

/** The producer's pages go through a pipe into an AF_UNIX stream, by reference all the way. */
export function vmspliceSplice(): ModeDescriptor {
  return {
    id: 'vmsplice-splice',
    name: 'vmsplice + splice to AF_UNIX',
    summary: l10n.t("Lends the producer's pages to a pipe and splices them into an AF_UNIX stream the consumer reads."),
    paths: ['process-to-process'],
    chunk: 'buffer',
    fit: 'pipe-per-buffer',
    options: ['pipeBytes'],
    moves: 'data',
    since: '2.6.17',
    classic: [],
    here: () => ({
      steps: [
        produce('producer-buffer'),
        ...lendToPipe(),
        ...spliceOut('receive-queue', pagesToSocket('receive-queue')),
        ...consumerRead('receive-queue'),
        awaitRelease('producer-buffer'),
      ],
    }),
    faults: 'user',
    caveats: [...vmspliceCaveats(), unixReferenceCaveat()],
  };
}
