/** Filesystems that cannot do what a mode is about, and folders that take no files. */
import * as l10n from '@vscode/l10n';
import { kernelAtLeast } from '../kernelVersion.ts';
import type { Host } from '../result/host.ts';
import { isFiltered, type Refusal } from './refusal.ts';

const REFLINK = /^reflink$/;
const COPY_FILE_RANGE = /^copy_file_range$/;
const DIRECT = /direct/;
const DONTCACHE = /dontcache/;

const isOn =
  (...types: readonly string[]) =>
  (host: Host) =>
    types.includes(host.filesystem.type);

/** `tmpfs at /tmp`. */
function filesystem({ filesystem: { type, mountPoint } }: Host): string {
  return l10n.t('{0} at {1}', type, mountPoint);
}

function sameFilesystem(): string {
  return l10n.t('Put source and destination on one filesystem: choose the folder of the source with --dir.');
}

const FOLDER_REFUSALS: readonly Refusal[] = [
  {
    // open(2): EPERM where the folder has the immutable flag; unlink(2): also where it has the append-only flag.
    codes: ['EPERM'],
    calls: /^(open|openat|unlink|linkat)$/,
    words: ({ error }) => ({
      message: l10n.t('{0} takes no new files: it is immutable, append-only, or guarded.', error.path ?? ''),
      hint: l10n.t(
        'lsattr -d {0} shows an i or an a, which an administrator takes away with chattr -i -a. Or choose another folder.',
        error.path ?? '',
      ),
    }),
  },
];

const REFLINK_REFUSALS: readonly Refusal[] = [
  {
    // fs/xfs/xfs_reflink.c: xfs_reflink_remap_prep
    codes: ['EOPNOTSUPP', 'ENOTSUP'],
    modes: REFLINK,
    when: isOn('xfs'),
    words: ({ host }) => ({
      message: l10n.t('The {0} was made without reflink=1, so its files share no blocks.', filesystem(host)),
      hint: l10n.t('Choose a folder on an XFS made with mkfs.xfs -m reflink=1, on Btrfs or on bcachefs.'),
    }),
  },
  {
    // ioctl_ficlone(2); ENOTTY before 4.5
    codes: ['EOPNOTSUPP', 'ENOTSUP', 'ENOTTY', 'ENOSYS'],
    modes: REFLINK,
    words: ({ host }) => ({
      message: l10n.t('The {0} shares no blocks between files.', filesystem(host)),
      hint: l10n.t('Choose a folder on XFS (reflink=1), Btrfs, bcachefs or OCFS2.'),
    }),
  },
  {
    codes: ['EXDEV'],
    modes: REFLINK,
    words: () => ({
      message: l10n.t('Blocks can be shared only within one filesystem, and the source is on another.'),
      hint: sameFilesystem(),
    }),
  },
  {
    codes: ['EINVAL'],
    calls: /^(ioctl|FICLONE)$/,
    modes: REFLINK,
    words: ({ host }) => ({
      message: l10n.t('The {0} refuses to share the blocks of this source.', filesystem(host)),
      hint: l10n.t('On Btrfs both files must be copy-on-write (lsattr shows no C); else use another mode.'),
    }),
  },
];

const COPY_FILE_RANGE_REFUSALS: readonly Refusal[] = [
  {
    codes: ['EXDEV'],
    calls: COPY_FILE_RANGE,
    words: () => ({
      message: l10n.t('copy_file_range does not go from one filesystem to another on this kernel.'),
      hint: sameFilesystem(),
    }),
  },
  {
    codes: ['EINVAL', 'EOPNOTSUPP', 'ENOTSUP'],
    calls: COPY_FILE_RANGE,
    words: ({ host }) => ({
      message: l10n.t('The {0} refuses copy_file_range for these files.', filesystem(host)),
      hint: l10n.t('Choose a folder on another filesystem, or another mode.'),
    }),
  },
  {
    codes: ['EPERM', 'EACCES'],
    calls: COPY_FILE_RANGE,
    when: (host) => !isFiltered(host),
    words: () => ({
      message: l10n.t('copy_file_range is not permitted between these files.'),
      hint: l10n.t('A security module may forbid it, and its audit log says so; else choose another folder or mode.'),
    }),
  },
];

const DIRECT_REFUSALS: readonly Refusal[] = [
  {
    // Before 6.6 open fails there; since then it is taken and does nothing (mm/shmem.c), which the lab refuses.
    codes: ['EINVAL', 'EOPNOTSUPP', 'ENOTSUP'],
    modes: DIRECT,
    when: isOn('tmpfs', 'ramfs'),
    words: ({ host }) => ({
      message: l10n.t('The {0} is memory: there is no device that O_DIRECT could go to.', filesystem(host)),
      hint: l10n.t('Choose a folder on a disk with --dir.'),
    }),
  },
  {
    codes: ['EINVAL', 'EOPNOTSUPP', 'ENOTSUP'],
    calls: /^(open|openat|fcntl)$/,
    modes: DIRECT,
    words: ({ host }) => ({
      message: l10n.t('The {0} takes no O_DIRECT.', filesystem(host)),
      hint: l10n.t('Choose a folder on another filesystem with --dir, such as ext4, XFS or Btrfs.'),
    }),
  },
  {
    // open(2), NOTES on O_DIRECT: addresses, lengths and offsets must be multiples of the logical block.
    codes: ['EINVAL'],
    calls: /read|write/i,
    modes: DIRECT,
    words: ({ error, host }) => ({
      message: l10n.t(
        'The {0} refuses a direct {1} of this size or place; its device has blocks of {2} bytes.',
        filesystem(host),
        error.call,
        host.blockDevices[0]?.logicalBlockBytes ?? l10n.t('unknown'),
      ),
      hint: l10n.t('Choose a buffer that is a multiple of 4 KiB, or another folder.'),
    }),
  },
];

const DONTCACHE_REFUSALS: readonly Refusal[] = [
  {
    // An unknown flag is EOPNOTSUPP (include/linux/fs.h: kiocb_set_rw_flags).
    codes: ['EOPNOTSUPP', 'ENOTSUP', 'EINVAL'],
    calls: /^p(read|write)v2$/,
    modes: DONTCACHE,
    when: (host) => !kernelAtLeast(host.kernel, 6, 14),
    words: ({ host }) => ({
      message: l10n.t('RWF_DONTCACHE came with Linux 6.14, and this is {0}.', host.kernel),
      hint: l10n.t('Use a newer kernel, or another mode.'),
    }),
  },
  {
    // FOP_DONTCACHE of struct file_operations
    codes: ['EOPNOTSUPP', 'ENOTSUP', 'EINVAL'],
    calls: /^p(read|write)v2$/,
    modes: DONTCACHE,
    words: ({ host }) => ({
      message: l10n.t('The {0} has no RWF_DONTCACHE.', filesystem(host)),
      hint: l10n.t('Choose a folder on ext4, XFS or Btrfs, or another mode.'),
    }),
  },
];

const ANY_FILE_REFUSALS: readonly Refusal[] = [
  {
    codes: ['EINVAL'],
    calls: /^(sendfile|splice|tee|vmsplice)$/,
    words: ({ error, host }) => ({
      message: l10n.t('The {0} takes no part in {1}.', filesystem(host), error.call),
      hint: l10n.t('Choose a folder on another filesystem, or another mode.'),
    }),
  },
  {
    // mmap(2)
    codes: ['ENODEV'],
    calls: /^mmap$/,
    words: ({ host }) => ({
      message: l10n.t('Files of the {0} cannot be mapped.', filesystem(host)),
      hint: l10n.t('Choose a folder on another filesystem, or another mode.'),
    }),
  },
];

export const FILE_REFUSALS: readonly Refusal[] = [
  ...FOLDER_REFUSALS,
  ...REFLINK_REFUSALS,
  ...COPY_FILE_RANGE_REFUSALS,
  ...DIRECT_REFUSALS,
  ...DONTCACHE_REFUSALS,
  ...ANY_FILE_REFUSALS,
];
