import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { move, systemCall } from './steps/common.ts';
import { consumerRead, produce } from './steps/exchange.ts';

/** The baseline between processes: one copy into the pipe, one out of it. */
export function pipe(): ModeDescriptor {
  return {
    id: 'pipe',
    name: 'pipe',
    summary: l10n.t('Writes each buffer into a pipe that the consumer reads: the baseline.'),
    paths: ['process-to-process'],
    chunk: 'buffer',
    options: ['pipeBytes'],
    moves: 'data',
    since: '1.0',
    classic: [],
    here: () => ({
      steps: [
        produce('producer-buffer'),
        systemCall('write', 'user-pipe', { each: 'call' }),
        move(
          'cpu-copy',
          'producer-buffer',
          'user-pipe',
          l10n.t('The CPU copies the data from the buffer of the producer into pages of the pipe.'),
        ),
        ...consumerRead('user-pipe'),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t('A pipe holds 64 KiB unless it is made larger: whoever is faster sleeps until the other has caught up.'),
    ],
  };
}
