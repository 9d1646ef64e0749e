/** Sharing blocks instead of copying them: reflink, and copy_file_range where the filesystem can. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../flow.ts';

/** Local filesystems with ->remap_file_range; XFS only when made with reflink=1, the default since xfsprogs 5.1. */
const SHARING: readonly string[] = ['xfs', 'btrfs', 'bcachefs', 'ocfs2'];

export function sharesBlocks(filesystem: string): boolean {
  return SHARING.includes(filesystem);
}

/** generic_remap_file_range_prep writes both files back first. */
export function flushSource(): Step {
  return {
    kind: 'wait',
    at: 'disk',
    per: { each: 'call' },
    text: l10n.t('Dirty pages of the source are written to the disk first; the call waits for them.'),
  };
}

export function shareBlocks(): Step {
  return {
    kind: 'page-reference',
    from: 'disk',
    to: 'destination-disk',
    per: { each: 'call' },
    text: l10n.t('The filesystem enters the same blocks into the copy: blocks shared, no data moved.'),
  };
}
