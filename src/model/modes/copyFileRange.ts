import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import type { FlowFacts, ModeDescriptor } from './descriptor.ts';
import { arriveHere, syncHere } from './steps/arrival.ts';
import { coldRead, systemCall } from './steps/common.ts';
import { intoPipe, pipeToCache } from './steps/innerPipe.ts';
import { flushSource, shareBlocks, sharesBlocks } from './steps/sharing.ts';

/** Filesystems whose server copies (their ->copy_file_range). */
const SERVER_SIDE: readonly string[] = ['nfs4', 'cifs', 'smb3', 'ceph'];

/** The call that leaves it to the filesystem: blocks shared, a copy by the server, or what sendfile does. */
export function copyFileRange(): ModeDescriptor {
  return {
    id: 'copy-file-range',
    name: 'copy_file_range',
    summary: l10n.t(
      'One call asks the filesystem to copy: it shares blocks where it can, else copies as sendfile does.',
    ),
    paths: ['file-to-file'],
    chunk: 'whole',
    options: [],
    moves: 'data',
    since: '4.5',
    classic: [],
    here: (facts) => ({ steps: [call(), ...copying(facts)] }),
    faults: 'kernel',
    caveats: [
      l10n.t(
        'It is a reflink only where the filesystem shares blocks (XFS with reflink=1, Btrfs, OCFS2, bcachefs); elsewhere one copy from page cache to page cache remains.',
      ),
      l10n.t(
        'Between two filesystems it fails with EXDEV from 5.19 on, unless both are of one type that can; from 5.3 to 5.18 it copied.',
      ),
      l10n.t('It may copy less than asked for, and nothing from files in /proc that say they are empty: loop until 0.'),
      l10n.t('A destination opened with O_APPEND is refused with EBADF.'),
    ],
  };
}

function call(): Step {
  return systemCall('copy_file_range', 'destination-cache', { each: 'call' });
}

function copying(facts: FlowFacts): readonly Step[] {
  if (facts.sharesBlocks ?? sharesBlocks(facts.filesystem)) return [flushSource(), shareBlocks(), ...syncHere(facts)];
  if (SERVER_SIDE.includes(facts.filesystem)) return [serverCopy(), ...syncHere(facts)];
  return [...coldRead(facts), intoPipe(), pipeToCache('copy_file_range'), ...arriveHere(facts, 'file-pages')];
}

function serverCopy(): Step {
  return {
    kind: 'page-reference',
    from: 'disk',
    to: 'destination-disk',
    per: { each: 'call' },
    text: l10n.t('The file server copies on its side; no byte of the file crosses this host.'),
  };
}
