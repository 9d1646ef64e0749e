import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import type { FlowFacts, ModeDescriptor } from './descriptor.ts';
import { syncHere } from './steps/arrival.ts';
import { atMost, marked, systemCall } from './steps/common.ts';
import { directRead, directWrite, directWriteCaveats } from './steps/direct.ts';

/** read and write on files opened with O_DIRECT: no page cache, no CPU copy, and a wait for the device in every call. */
export function direct(): ModeDescriptor {
  return {
    id: 'direct',
    name: 'read + write, O_DIRECT',
    summary: l10n.t('Reads and writes past the page cache: the devices move the data, and every call waits for them.'),
    paths: ['file-to-file'],
    chunk: 'buffer',
    fit: 'blocks',
    options: [],
    moves: 'data',
    since: '2.4.10',
    classic: [],
    here: (facts) => ({
      steps: [
        systemCall('read', 'disk', { each: 'call' }),
        ...directRead('user-buffer'),
        writeBlocks(facts),
        ...directWrite(facts, 'user-buffer'),
        ...tail(facts),
        ...syncHere(facts),
      ],
    }),
    faults: 'kernel',
    caveats: directWriteCaveats(),
  };
}

/** Not made for a last chunk that is nothing but tail. */
function writeBlocks(facts: FlowFacts): Step {
  const call = systemCall('write', 'destination-disk', { each: 'call' });
  return facts.wholeBlocks ? call : atMost(call);
}

function tail(facts: FlowFacts): readonly Step[] {
  if (facts.wholeBlocks) return [];
  const write = systemCall(
    'pwrite',
    'destination-disk',
    { each: 'transfer' },
    l10n.t('The bytes behind the last whole block are written with pwrite(), through the page cache.'),
  );
  return marked('write-tail', [atMost(write)]);
}
