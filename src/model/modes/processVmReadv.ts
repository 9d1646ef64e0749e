import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { consume, produce } from './steps/exchange.ts';
import { announce, awaitRelease } from './steps/signalling.ts';

/** The consumer copies straight out of the memory of the producer: one copy, nothing in between. */
export function processVmReadv(): ModeDescriptor {
  return {
    id: 'process-vm-readv',
    name: 'process_vm_readv',
    summary: l10n.t("The consumer copies out of the producer's memory itself: one copy, and no kernel buffer between."),
    paths: ['process-to-process'],
    chunk: 'buffer',
    options: [],
    moves: 'data',
    since: '3.2',
    classic: [],
    here: () => ({
      steps: [
        produce('producer-buffer'),
        announce('producer-buffer'),
        ...readv(),
        consume('consumer-buffer'),
        awaitRelease('producer-buffer'),
      ],
    }),
    faults: 'user',
    caveats: [
      l10n.t(
        'The consumer needs the right to trace the producer: same user, and Yama (kernel.yama.ptrace_scope) may forbid it.',
      ),
      l10n.t('Nothing tells the one that the other is ready: signalling is up to the programs, here a futex.'),
    ],
  };
}

function readv(): readonly Step[] {
  return [
    {
      kind: 'system-call',
      call: 'process_vm_readv',
      into: 'consumer-buffer',
      per: { each: 'call' },
      receiver: true,
      text: l10n.t('The consumer calls process_vm_readv() with the address of the buffer in the producer.'),
    },
    {
      kind: 'cpu-copy',
      from: 'producer-buffer',
      to: 'consumer-buffer',
      per: { each: 'call' },
      receiver: true,
      text: l10n.t('The CPU copies from the pinned pages of the producer into the buffer of the consumer.'),
    },
  ];
}
