import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { consumerRead, produce } from './steps/exchange.ts';
import { lendToPipe, vmspliceCaveats } from './steps/lending.ts';
import { awaitRelease } from './steps/signalling.ts';

/** The producer's pages are lent to the pipe; read() of the consumer makes the one copy. */
export function vmsplice(): ModeDescriptor {
  return {
    id: 'vmsplice',
    name: 'vmsplice',
    summary: l10n.t("Lends the producer's pages to a pipe; the consumer reads them: one copy instead of two."),
    paths: ['process-to-process'],
    chunk: 'buffer',
    fit: 'slots',
    options: ['pipeBytes'],
    moves: 'data',
    since: '2.6.17',
    classic: [],
    here: () => ({
      steps: [
        produce('producer-buffer'),
        ...lendToPipe(),
        ...consumerRead('user-pipe'),
        awaitRelease('producer-buffer'),
      ],
    }),
    faults: 'user',
    caveats: vmspliceCaveats(),
  };
}
