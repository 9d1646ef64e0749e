import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { FILE_PATHS } from '../paths.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { arriveHere } from './steps/arrival.ts';
import { coldRead, marked } from './steps/common.ts';
import { submit, uringCaveats } from './steps/uring.ts';
import { pagesToCopy, pagesToSocket, referencesIn } from './steps/userPipe.ts';

/** The two splices as linked requests: fewer crossings, but every one is done by a worker thread. */
export function ioUringSplice(): ModeDescriptor {
  return {
    id: 'io-uring-splice',
    name: 'io_uring, splice',
    summary: l10n.t('The two splices over a pipe as linked requests of a ring, carried out by worker threads.'),
    paths: FILE_PATHS,
    chunk: 'buffer',
    fit: 'pipe',
    options: ['pipeBytes', 'queueDepth'],
    moves: 'data',
    since: '5.7',
    classic: [],
    here: (facts) => ({
      steps: [
        submit('page-cache', facts.queueDepth),
        workers(),
        ...marked('splice-in', [...coldRead(facts), referencesIn('page-cache')]),
        ...marked('splice-out', [
          facts.path === 'file-to-socket' ? pagesToSocket() : pagesToCopy(),
          ...arriveHere(facts, 'file-pages'),
        ]),
      ],
    }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'A splice request always goes to a worker thread of the kernel: expect more threads and context switches than with plain splice.',
      ),
      l10n.t(
        'References, not snapshots, as with splice: a later change of the file leaks into data in flight. Between files one copy remains.',
      ),
      ...uringCaveats(),
    ],
  };
}

/** io_uring/splice.c sets REQ_F_FORCE_ASYNC. */
function workers(): Step {
  return {
    kind: 'wait',
    at: 'user-pipe',
    per: { each: 'call' },
    text: l10n.t('A worker thread of the kernel takes the request over: io_uring never splices in the call itself.'),
  };
}
