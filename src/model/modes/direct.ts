import * as l10n from '@vscode/l10n';
import type { ModeDescriptor } from './descriptor.ts';
import { atMost, marked, systemCall } from './steps/common.ts';
import { bufferToDisk, directCaveats, diskToBuffer, waitForDisk } from './steps/direct.ts';

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
    here: () => ({
      steps: [
        systemCall('read', 'disk', { each: 'call' }),
        diskToBuffer('user-buffer'),
        waitForDisk('disk'),
        systemCall('write', 'destination-disk', { each: 'call' }),
        bufferToDisk('user-buffer'),
        waitForDisk('destination-disk'),
        ...marked('write-tail', [tail()]),
      ],
    }),
    faults: 'kernel',
    caveats: directCaveats(),
  };
}

function tail() {
  return atMost(
    systemCall(
      'write',
      'destination-disk',
      { each: 'transfer' },
      l10n.t('The bytes behind the last whole block are written through the page cache.'),
    ),
  );
}
