import { describe, expect, test } from 'vitest';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import type { SystemError } from '../../src/model/problems.ts';
import { describeSystemError } from '../../src/model/problems.ts';
import { explainFailure } from '../../src/model/refusals.ts';
import type { Host } from '../../src/model/result/host.ts';
import type { PathId } from '../../src/model/result/path.ts';
import { aHost } from './fixtures.ts';

interface Row {
  readonly what: string;
  readonly mode: string;
  readonly path?: PathId;
  readonly code: string;
  readonly call: string;
  readonly host?: Partial<Host>;
  readonly says: RegExp;
  readonly advises: RegExp;
  readonly unsupported?: boolean;
}

const FILTERED = { seccomp: 'filter' } as const;
const IN_DOCKER = { ...FILTERED, container: 'docker' };

function on(type: string): Partial<Host> {
  return { filesystem: { type, mountPoint: '/data', device: '/dev/sdb1', options: 'rw' } };
}

function limits(changes: Host['limits']): Partial<Host> {
  return { limits: changes };
}

function explain({ mode, path, code, call, host }: Omit<Row, 'what' | 'says' | 'advises'>) {
  const error: SystemError = { code, call, message: 'As strerror says.', path: '/data/folder' };
  return explainFailure(mode, path ?? 'file-to-file', error, aHost(host));
}

const rows: readonly Row[] = [
  {
    what: 'io_uring switched off for all',
    mode: 'io-uring',
    code: 'EPERM',
    call: 'io_uring_setup',
    host: limits({ ioUringDisabled: 2 }),
    says: /kernel\.io_uring_disabled is 2/,
    advises: /sysctl kernel\.io_uring_disabled=0/,
  },
  {
    what: 'io_uring for administrators, in a container with a filter as well',
    mode: 'io-uring-send-zc',
    path: 'file-to-socket',
    code: 'EPERM',
    call: 'io_uring_setup',
    host: { ...IN_DOCKER, ...limits({ ioUringDisabled: 1, ioUringGroup: -1 }) },
    says: /kernel\.io_uring_disabled is 1 and kernel\.io_uring_group is -1/,
    advises: /kernel\.io_uring_group to the number of a group of yours/,
  },
  {
    what: 'io_uring filtered by Docker',
    mode: 'io-uring-direct',
    code: 'EPERM',
    call: 'io_uring_setup',
    host: { ...IN_DOCKER, ...limits({ ioUringDisabled: 0 }) },
    says: /seccomp filter forbids io_uring_setup in this container \(docker\).*default profile of Docker/,
    advises: /--security-opt seccomp=PROFILE.*io_uring_setup, io_uring_enter, io_uring_register/,
  },
  {
    what: 'io_uring filtered by a sandbox',
    mode: 'io-uring',
    code: 'EPERM',
    call: 'io_uring_setup',
    host: { ...FILTERED, ...limits({ ioUringDisabled: null }) },
    says: /A seccomp filter of this process forbids io_uring_setup/,
    advises: /SystemCallFilter=/,
  },
  {
    what: 'io_uring forbidden by nobody we know',
    mode: 'io-uring',
    code: 'EPERM',
    call: 'io_uring_setup',
    host: limits({ ioUringDisabled: 0 }),
    says: /io_uring_setup is not permitted, and neither/,
    advises: /SELinux/,
  },
  {
    what: 'a kernel without io_uring',
    mode: 'io-uring',
    code: 'ENOSYS',
    call: 'io_uring_setup',
    says: /older than 5\.1, or built without CONFIG_IO_URING/,
    advises: /another mode/,
  },
  {
    what: 'a filter that plays an old kernel',
    mode: 'io-uring',
    code: 'ENOSYS',
    call: 'io_uring_setup',
    host: { ...FILTERED, container: 'podman' },
    says: /no io_uring, or the seccomp filter in force says so/,
    advises: /--security-opt/,
  },
  {
    what: 'registered buffers beyond memlock',
    mode: 'io-uring-fixed',
    code: 'ENOMEM',
    call: 'io_uring_register',
    host: limits({ memlock: 65536 }),
    says: /io_uring_register needs more locked memory.*\(memlock\) is 64 KiB/,
    advises: /ulimit -l.*smaller buffer or queue depth/,
  },
  {
    what: 'no locked memory at all',
    mode: 'io-uring-direct',
    code: 'ENOMEM',
    call: 'io_uring_setup',
    host: limits({ memlock: 0 }),
    says: /\(memlock\) is 0 B/,
    advises: /ulimit -l/,
  },
  {
    what: 'an io_uring that is too old',
    mode: 'io-uring-splice',
    code: 'EINVAL',
    call: 'io_uring_enter',
    says: /does not know what this mode asks of io_uring_enter/,
    advises: /came with Linux/,
  },
  {
    what: 'a request an older io_uring does not know',
    mode: 'io-uring',
    code: 'EINVAL',
    call: 'read',
    says: /does not know what this mode asks of read/,
    advises: /came with Linux/,
  },
  {
    what: 'zero-copy sends beyond optmem_max',
    mode: 'msg-zerocopy',
    path: 'file-to-socket',
    code: 'ENOBUFS',
    call: 'send',
    host: limits({ optmemMax: 20480, memlock: 'unlimited' }),
    says: /net\.core\.optmem_max is 20 KiB/,
    advises: /sysctl net\.core\.optmem_max/,
  },
  {
    what: 'zero-copy sends with a tiny optmem_max',
    mode: 'read-msg-zerocopy',
    path: 'file-to-socket',
    code: 'ENOBUFS',
    call: 'send',
    host: limits({ optmemMax: 512, memlock: 8388608 }),
    says: /net\.core\.optmem_max is 512 B/,
    advises: /sysctl net\.core\.optmem_max/,
  },
  {
    what: 'zero-copy sends beyond memlock',
    mode: 'msg-zerocopy',
    path: 'file-to-socket',
    code: 'ENOBUFS',
    call: 'send',
    host: limits({ optmemMax: 131072, memlock: 65536 }),
    says: /send may not lock the pages it sends: .*\(memlock\) is 64 KiB/,
    advises: /ulimit -l/,
  },
  {
    what: 'limits that cannot be read',
    mode: 'direct-msg-zerocopy',
    path: 'file-to-socket',
    code: 'ENOBUFS',
    call: 'sendmsg',
    host: limits({}),
    says: /\(memlock\) is unknown/,
    advises: /ulimit -l/,
  },
  {
    what: 'sockets without SO_ZEROCOPY',
    mode: 'read-msg-zerocopy',
    path: 'file-to-socket',
    code: 'EOPNOTSUPP',
    call: 'setsockopt',
    says: /take no zero-copy sends/,
    advises: /Linux 4\.14/,
  },
  {
    what: 'SEND_ZC on a socket that cannot',
    mode: 'io-uring-send-zc',
    path: 'file-to-socket',
    code: 'EOPNOTSUPP',
    call: 'io_uring_enter',
    says: /take no zero-copy sends/,
    advises: /SEND_ZC with 6\.0/,
  },
  {
    what: 'reflink on ext4',
    mode: 'reflink',
    code: 'EOPNOTSUPP',
    call: 'ioctl',
    host: on('ext4'),
    says: /The ext4 at \/data shares no blocks/,
    advises: /XFS \(reflink=1\), Btrfs, bcachefs/,
  },
  {
    what: 'reflink on an old XFS',
    mode: 'reflink',
    code: 'EOPNOTSUPP',
    call: 'ioctl',
    host: on('xfs'),
    says: /xfs at \/data was made without reflink=1/,
    advises: /mkfs\.xfs -m reflink=1/,
  },
  {
    what: 'reflink to another filesystem',
    mode: 'reflink',
    code: 'EXDEV',
    call: 'ioctl',
    says: /only within one filesystem/,
    advises: /--dir/,
  },
  {
    what: 'reflink of a file without copy-on-write',
    mode: 'reflink',
    code: 'EINVAL',
    call: 'ioctl',
    host: on('btrfs'),
    says: /btrfs at \/data refuses to share the blocks/,
    advises: /copy-on-write/,
  },
  {
    what: 'copy_file_range to another filesystem',
    mode: 'copy-file-range',
    code: 'EXDEV',
    call: 'copy_file_range',
    says: /does not go from one filesystem to another/,
    advises: /--dir/,
  },
  {
    what: 'copy_file_range a filesystem refuses',
    mode: 'copy-file-range',
    code: 'EINVAL',
    call: 'copy_file_range',
    says: /The ext4 at \/ refuses copy_file_range/,
    advises: /another mode/,
  },
  {
    what: 'copy_file_range on an old kernel',
    mode: 'copy-file-range',
    code: 'ENOSYS',
    call: 'copy_file_range',
    says: /This kernel has no copy_file_range/,
    advises: /newer kernel/,
  },
  {
    what: 'copy_file_range that is not permitted',
    mode: 'copy-file-range',
    code: 'EPERM',
    call: 'copy_file_range',
    says: /copy_file_range is not permitted/,
    advises: /security module/,
  },
  {
    what: 'copy_file_range in a sandbox',
    mode: 'copy-file-range',
    code: 'EPERM',
    call: 'copy_file_range',
    host: IN_DOCKER,
    says: /copy_file_range is refused with EPERM; a seccomp filter is in force/,
    advises: /allows copy_file_range/,
  },
  {
    what: 'O_DIRECT on tmpfs, refused by the kernel',
    mode: 'direct',
    code: 'EINVAL',
    call: 'open',
    host: on('tmpfs'),
    says: /tmpfs at \/data is memory/,
    advises: /--dir/,
  },
  {
    what: 'O_DIRECT on tmpfs, refused by the lab',
    mode: 'io-uring-direct',
    code: 'EOPNOTSUPP',
    call: 'O_DIRECT',
    host: on('tmpfs'),
    says: /is memory/,
    advises: /a disk/,
  },
  {
    what: 'O_DIRECT a filesystem does not take',
    mode: 'direct-msg-zerocopy',
    path: 'file-to-socket',
    code: 'EINVAL',
    call: 'open',
    host: on('fuse.sshfs'),
    says: /fuse\.sshfs at \/data takes no O_DIRECT/,
    advises: /ext4, XFS or Btrfs/,
  },
  {
    what: 'a direct read out of step with the device',
    mode: 'direct',
    code: 'EINVAL',
    call: 'read',
    host: {
      blockDevices: [
        {
          name: 'sdb',
          alias: null,
          model: null,
          rotational: null,
          scheduler: null,
          logicalBlockBytes: 4096,
          virtio: false,
        },
      ],
    },
    says: /refuses a direct read.*blocks of 4096 bytes/,
    advises: /multiple of 4 KiB/,
  },
  {
    what: 'RWF_DONTCACHE on an older kernel',
    mode: 'read-write-dontcache',
    code: 'EOPNOTSUPP',
    call: 'preadv2',
    host: { kernel: '6.8.0-31-generic' },
    says: /came with Linux 6\.14, and this is 6\.8\.0-31-generic/,
    advises: /newer kernel/,
  },
  {
    what: 'RWF_DONTCACHE on a filesystem without it',
    mode: 'read-write-dontcache',
    code: 'EOPNOTSUPP',
    call: 'preadv2',
    host: { kernel: '6.18.1', ...on('f2fs') },
    says: /f2fs at \/data has no RWF_DONTCACHE/,
    advises: /ext4, XFS or Btrfs/,
  },
  {
    what: 'a pipe beyond the limits',
    mode: 'splice',
    code: 'EPERM',
    call: 'fcntl',
    host: limits({ pipeMaxSize: 1048576, pipeUserPagesSoft: 16384 }),
    says: /fs\.pipe-max-size is 1 MiB, .* 16384 pages \(fs\.pipe-user-pages-soft\)/,
    advises: /--pipe-size/,
  },
  {
    what: 'no more pipes for a user',
    mode: 'splice',
    code: 'ENFILE',
    call: 'pipe2',
    host: limits({ pipeUserPagesHard: 64 }),
    says: /fs\.pipe-user-pages-hard is 64 pages/,
    advises: /sysctl/,
  },
  {
    what: 'a filesystem that cannot splice',
    mode: 'splice',
    code: 'EINVAL',
    call: 'splice',
    host: on('9p'),
    says: /9p at \/data takes no part in splice/,
    advises: /another filesystem/,
  },
  {
    what: 'a filesystem without mappings',
    mode: 'mmap-mmap',
    code: 'ENODEV',
    call: 'mmap',
    says: /cannot be mapped/,
    advises: /another filesystem/,
  },
  {
    what: 'a folder that takes no files',
    mode: 'sendfile',
    code: 'EPERM',
    call: 'open',
    says: /\/data\/folder takes no new files: it is immutable, append-only/,
    advises: /lsattr -d \/data\/folder .*chattr -i -a/,
  },
  {
    what: 'a folder that keeps its files',
    mode: 'read-write',
    code: 'EPERM',
    call: 'unlink',
    says: /append-only/,
    advises: /chattr -i -a/,
  },
  {
    what: 'process_vm_readv under Yama',
    mode: 'process-vm-readv',
    path: 'process-to-process',
    code: 'EPERM',
    call: 'process_vm_readv',
    host: { ...IN_DOCKER, ...limits({ yamaPtraceScope: 2 }) },
    says: /kernel\.yama\.ptrace_scope is 2/,
    advises: /sysctl kernel\.yama\.ptrace_scope=0/,
  },
  {
    what: 'process_vm_readv in a container',
    mode: 'process-vm-readv',
    path: 'process-to-process',
    code: 'EPERM',
    call: 'process_vm_readv',
    host: { ...IN_DOCKER, ...limits({ yamaPtraceScope: 0 }) },
    says: /seccomp filter forbids process_vm_readv/,
    advises: /allows process_vm_readv/,
  },
  {
    what: 'process_vm_readv not built',
    mode: 'process-vm-readv',
    path: 'process-to-process',
    code: 'ENOSYS',
    call: 'process_vm_readv',
    says: /CONFIG_CROSS_MEMORY_ATTACH/,
    advises: /another mode/,
  },
  {
    what: 'a consumer on a noexec filesystem',
    mode: 'pipe',
    path: 'process-to-process',
    code: 'EACCES',
    call: 'execve',
    says: /The consumer \/data\/folder may not be started: .*noexec/,
    advises: /--peer thread/,
  },
  {
    what: 'a consumer that is missing',
    mode: 'pipe',
    path: 'process-to-process',
    code: 'ENOENT',
    call: 'execve',
    says: /The consumer \/data\/folder is not there/,
    advises: /again/,
    unsupported: false,
  },
  {
    what: 'a consumer that dies',
    mode: 'pipe',
    path: 'process-to-process',
    code: 'CONSUMER_DIED',
    call: 'zcl-consumer',
    says: /As strerror says\./,
    advises: /--peer thread/,
    unsupported: false,
  },
  {
    what: 'a mode only one half knows',
    mode: 'teleport',
    code: 'UNKNOWN_MODE',
    call: 'arguments',
    says: /does not know this mode/,
    advises: /again/,
  },
  {
    what: 'a source that shrinks below a mapping',
    mode: 'mmap-mmap',
    code: 'SIGBUS',
    call: 'memcpy',
    says: /A page of \/data\/folder was gone .* truncated .*SIGBUS/,
    advises: /nobody is changing/,
    unsupported: false,
  },
  {
    what: 'bytes that are not those produced',
    mode: 'shared-memory',
    path: 'process-to-process',
    code: 'CORRUPT',
    call: 'checksum',
    says: /did not read the bytes the producer wrote/,
    advises: /Do not trust/,
    unsupported: false,
  },
];

describe('says what said no, and what to do', () => {
  test.each(rows)('$what', ({ says, advises, unsupported = true, ...row }) => {
    const failure = explain(row);
    expect(failure.problem.code).toBe(row.code);
    expect(failure.problem.message).toMatch(says);
    expect(failure.problem.hint).toMatch(advises);
    for (const text of [failure.problem.message, failure.problem.hint]) expect(text).toMatch(/^[A-Za-z/][^\n]+\.$/);
    expect(failure.unsupported).toBe(unsupported);
  });
});

describe('the rest is what the system says', () => {
  test.each([
    'ENOSPC',
    'EIO',
    'EACCES',
    'ECONNRESET',
    'SHORT',
    'CHANGED',
    'CANCELLED',
    'EINVAL',
    'ENOMEM',
    'EWHATEVER',
  ])('%s of a write went wrong here, whatever the mode', (code) => {
    for (const { id } of modeDescriptors()) {
      const { problem, unsupported } = explain({ mode: id, code, call: 'write' });
      if (id.startsWith('io-uring') || id.includes('direct')) continue;
      const error = { code, call: 'write', message: 'As strerror says.', path: '/data/folder' };
      expect({ problem, unsupported }).toEqual({ problem: describeSystemError(error), unsupported: false });
    }
  });

  test.each(['ENOSYS', 'EOPNOTSUPP', 'EXDEV', 'UNKNOWN_MODE'])('%s is never a fault', (code) => {
    for (const { id } of modeDescriptors()) {
      expect(explain({ mode: id, code, call: 'write' }).unsupported).toBe(true);
    }
  });

  test('EPERM is a refusal only where it is known whose', () => {
    expect(explain({ mode: 'read-write', code: 'EPERM', call: 'write' }).unsupported).toBe(false);
    expect(explain({ mode: 'read-write', code: 'EPERM', call: 'write', host: FILTERED }).unsupported).toBe(true);
  });
});
