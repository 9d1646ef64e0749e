/**
 * Claims about zero-copy that are wrong, or were right once; for each what is true, and an experiment that shows it on
 * this host. Where one host cannot show it, it says why instead.
 */
import * as l10n from '@vscode/l10n';
import { labelName } from './evidence/labels.ts';
import type { WordId } from './glossary/word.ts';
import type { ExperimentRequest } from './request/file.ts';

export interface Myth {
  readonly id: string;
  /** As one reads it. */
  readonly claim: string;
  /** Paragraphs. */
  readonly truth: readonly string[];
  /** First kernel of which this is true, where it was otherwise before; else null. */
  readonly since: string | null;
  readonly shown: Shown;
  readonly words: readonly WordId[];
}

export type Shown =
  | { readonly how: 'run'; readonly request: ExperimentRequest; readonly look: readonly Look[] }
  | { readonly how: 'not-here'; readonly why: string };

/** What to look at in the result. */
export interface Look {
  readonly part: ResultPart;
  readonly text: string;
}

export type ResultPart = 'ranking' | 'flow' | 'evidence' | 'transfer' | 'latency' | 'hazards';

/** What the page of a result calls a part of itself. */
export function partName(part: ResultPart): string {
  switch (part) {
    case 'ranking':
      return l10n.t('Ranking');
    case 'flow':
      return l10n.t('How the bytes go');
    case 'evidence':
      return l10n.t('Evidence');
    case 'transfer':
      return l10n.t('The whole transfer');
    case 'latency':
      return l10n.t('Single calls');
    case 'hazards':
      return l10n.t('Hazards');
  }
}

/** What most of these experiments have in common: enough for intervals and for samples, over in seconds. */
const SMALL = { size: '64MiB', buffers: ['64KiB'], rounds: 6 } satisfies ExperimentRequest;

/** All myths, in the order in which one meets them. Called late, when the language is known. */
export function myths(): readonly Myth[] {
  return [
    {
      id: 'four-context-switches',
      claim: l10n.t('“read and write cost four context switches for each chunk.”'),
      truth: [
        l10n.t(
          'They cost four crossings between user and kernel mode: two calls, each in and out. The task stays on its CPU. A context switch is the scheduler giving the CPU to another task; that comes from waiting, and is measured apart.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-file', modes: ['read-write'], size: '16MiB', buffers: ['4KiB'], rounds: 6 },
        look: [
          {
            part: 'ranking',
            text: l10n.t(
              'Crossings: about 1,024 for each MiB, four for each 4 KiB. Context switches: some for each GiB, and a GiB is 1,024 MiB. How many depends on what else runs on this host.',
            ),
          },
        ],
      },
      words: ['crossing', 'context-switch', 'system-call'],
    },
    {
      id: 'file-to-file',
      claim: l10n.t('“sendfile and splice copy files without a copy.”'),
      truth: [
        l10n.t(
          'Between files one copy remains: from the pages of the source to the pages of the copy, by memcpy() inside the kernel. What goes away are the copies into the program and out of it, which become one.',
        ),
        l10n.t(
          'No copy by the CPU is reached by sharing blocks (reflink), by a server that copies itself, and by O_DIRECT, where the disk moves the data to and from the program.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-file', modes: ['sendfile', 'splice', 'direct'], ...SMALL, evidence: 'auto' },
        look: [
          {
            part: 'flow',
            text: l10n.t(
              'sendfile and splice: one CPU copy, marked as seen where the kernel may be sampled. O_DIRECT: none.',
            ),
          },
          {
            part: 'evidence',
            text: l10n.t(
              'sendfile and splice spend much of their CPU time on “{0}”. O_DIRECT has no label of a copy.',
              labelName('copy-page-cache'),
            ),
          },
        ],
      },
      words: ['cpu-copy', 'page-cache', 'direct-io', 'reflink'],
    },
    {
      id: 'splice-removes-more',
      claim: l10n.t('“splice removes the last CPU copy that sendfile keeps.”'),
      truth: [
        l10n.t(
          'They do the same: sendfile is splice with a pipe of 64 KiB that the kernel makes for it. To a socket both pass on references to pages and copy nothing; between files both copy once. splice takes two calls for each filling of its pipe, and in exchange any two descriptors of which one is a pipe.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-socket', modes: ['sendfile', 'splice'], ...SMALL, evidence: 'auto' },
        look: [
          {
            part: 'flow',
            text: l10n.t(
              'Choose sendfile, then splice: none of the copies is on the sending side, in either. The one there is belongs to the receiver, which reads what arrives.',
            ),
          },
          { part: 'transfer', text: l10n.t('sendfile needs one call where splice needs two for every 64 KiB.') },
        ],
      },
      words: ['pipe', 'page-reference', 'zero-copy'],
    },
    {
      id: 'without-sg-sendfile-copies',
      claim: l10n.t('“Without scatter-gather sendfile copies from the page cache into the socket buffer.”'),
      truth: [
        l10n.t(
          'It did until 4.17. Since then every TCP socket queues page references, and where the interface cannot gather the copy is made while the data is cut into segments, after sendfile() has returned. write() goes through the same and pays for that copy as well. And a completion of MSG_ZEROCOPY does not report it.',
        ),
      ],
      since: '4.17',
      shown: {
        how: 'run',
        request: {
          path: 'file-to-socket',
          modes: ['sendfile', 'msg-zerocopy'],
          to: ['lab:sg=on', 'lab:sg=off'],
          ...SMALL,
          evidence: 'auto',
        },
        look: [
          {
            part: 'flow',
            text: l10n.t(
              'sendfile through two laboratories: without scatter-gather there is one CPU copy more, behind the socket buffer and not in front of it. read + write has it too.',
            ),
          },
          {
            part: 'evidence',
            text: l10n.t(
              '“{0}” is there without scatter-gather and gone with it, where the kernel may be sampled.',
              labelName('copy-segmentation'),
            ),
          },
        ],
      },
      words: ['scatter-gather', 'socket-buffer', 'zerocopy-completion'],
    },
    {
      id: 'contiguous-addresses',
      claim: l10n.t('“Zero-copy needs scatter-gather DMA because ordinary DMA wants contiguous addresses.”'),
      truth: [
        l10n.t(
          'The source being in pieces is only half of it: one page of a file is contiguous, and still cannot be sent by itself, because the headers in front of it lie elsewhere. Scatter-gather lets the NIC put headers and pages together in one packet; without it somebody has to put them side by side in memory first.',
        ),
      ],
      since: null,
      shown: {
        how: 'not-here',
        why: l10n.t(
          'What a NIC fetches, and from where, cannot be seen from the host. With a real NIC one can switch scatter-gather off (ethtool) and see the copy at segmentation appear in a profile; over loopback there is no DMA at all.',
        ),
      },
      words: ['scatter-gather', 'dma', 'page-reference'],
    },
    {
      id: 'mmap-is-faster',
      claim: l10n.t('“mmap avoids a copy, so it is faster than read.”'),
      truth: [
        l10n.t(
          'It trades the copy into a buffer for page faults, entries in page tables and their removal by munmap(). A copy of data that stays in the caches of the CPU is cheap; small files do not pay back what a mapping costs, and cold ones wait for the disk either way.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: {
          path: 'file-to-file',
          modes: ['mmap-write'],
          objects: ['4KiB', '64KiB', '1MiB', '16MiB'],
          size: '16MiB',
          buffers: ['64KiB'],
          rounds: 6,
        },
        look: [
          {
            part: 'ranking',
            text: l10n.t(
              'The ratio at each size of file, from 4 KiB to 16 MiB, with opening, mapping and unmapping inside. From which size on mapping pays, if it does, is a matter of this host; where the run cannot tell, it says unsettled.',
            ),
          },
        ],
      },
      words: ['mapping', 'page-fault', 'cpu-copy'],
    },
    {
      id: 'mmap-shares-buffers',
      claim: l10n.t('“With mmap, user buffer and kernel buffer are one, so nothing is copied.”'),
      truth: [
        l10n.t(
          'What the program sees are pages of the page cache. The copy it writes, or the socket it writes to, is another place: write() copies every byte there once, from the mapping instead of from a buffer.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-file', modes: ['mmap-write'], ...SMALL, evidence: 'auto' },
        look: [
          { part: 'flow', text: l10n.t('mmap + write: one CPU copy, where read + write has two.') },
          {
            part: 'evidence',
            text: l10n.t(
              '“{0}” and “{1}”; “{2}”, which read + write has besides, is missing.',
              labelName('copy-from-user'),
              labelName('page-fault'),
              labelName('copy-to-user'),
            ),
          },
        ],
      },
      words: ['mapping', 'page-cache', 'cpu-copy'],
    },
    {
      id: 'splice-flags',
      claim: l10n.t('“SPLICE_F_MOVE and SPLICE_F_GIFT make the kernel move pages instead of copying them.”'),
      truth: [
        l10n.t(
          'SPLICE_F_MOVE has done nothing since 2.6.21, but for FUSE. SPLICE_F_GIFT allows a consumer to take a page over, wants whole pages for it, and hardly any consumer does: in practice FUSE again. splice passes references on with and without them.',
        ),
      ],
      since: '2.6.21',
      shown: {
        how: 'not-here',
        why: l10n.t(
          'A flag that does nothing cannot be seen doing it: the lab’s modes do not set them, and what they show is what the kernel does without. To watch pages being taken over, it would take a FUSE filesystem as the destination.',
        ),
      },
      words: ['page-reference', 'pipe'],
    },
    {
      id: 'localhost',
      claim: l10n.t('“MSG_ZEROCOPY avoids the copy; try it on localhost.”'),
      truth: [
        l10n.t(
          'What is delivered on the same host is always copied: over loopback and veth, and for a capture that is running. The copy is made at delivery instead of in send(), and pinning and completions come on top. Localhost shows the cost of MSG_ZEROCOPY and never its gain.',
        ),
        l10n.t(
          'The flag COPIED of a completion is honest when it is set. When it is not, a copy may still have been made at segmentation, on an interface without scatter-gather.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-socket', modes: ['msg-zerocopy'], ...SMALL, evidence: 'auto' },
        look: [
          { part: 'ranking', text: l10n.t('The mode carries the mark “kernel copied after all”.') },
          {
            part: 'evidence',
            text: l10n.t('“{0}”: the copy that was to be avoided.', labelName('copy-undone')),
          },
        ],
      },
      words: ['zerocopy-completion', 'loopback', 'page-reference'],
    },
    {
      id: 'fixed-buffers',
      claim: l10n.t('“io_uring with registered buffers is zero-copy.”'),
      truth: [
        l10n.t(
          'Registered buffers save looking up and pinning pages for every request, which pays with O_DIRECT. A buffered read or write copies between page cache and buffer as before, only that the kernel uses its own addresses for it.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-file', modes: ['io-uring', 'io-uring-fixed'], ...SMALL, evidence: 'auto' },
        look: [
          { part: 'flow', text: l10n.t('Two CPU copies in both modes.') },
          {
            part: 'evidence',
            text: l10n.t('With registered buffers they bear the label “{0}”.', labelName('copy-fixed-buffer')),
          },
        ],
      },
      words: ['io-uring', 'cpu-copy', 'direct-io'],
    },
    {
      id: 'copy-file-range-is-reflink',
      claim: l10n.t('“copy_file_range makes a reflink, so it costs nothing.”'),
      truth: [
        l10n.t(
          'Only where the filesystem shares blocks (XFS made with reflink=1, Btrfs, OCFS2, bcachefs) or its server copies. Elsewhere, on ext4 for one, it does what sendfile does and one copy by the CPU remains. Between two filesystems it fails with EXDEV from 5.19 on, unless both are of one type that can.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-file', modes: ['copy-file-range', 'reflink'], ...SMALL, evidence: 'auto' },
        look: [
          {
            part: 'ranking',
            text: l10n.t(
              'reflink is either not supported here, and says so, or has a time and no speed. copy_file_range has the mark “blocks shared” where it did share them.',
            ),
          },
          {
            part: 'flow',
            text: l10n.t('copy_file_range: a copy by the CPU, or blocks shared, as it is on this filesystem.'),
          },
        ],
      },
      words: ['reflink', 'zero-copy'],
    },
    {
      id: 'no-buffer-size',
      claim: l10n.t('“sendfile has no buffer size.”'),
      truth: [
        l10n.t(
          'It has two sizes. One is the count of the call: at most 2 GiB less a page, and a program may ask for less. The other is inside: whatever was asked for moves through a pipe of 16 pages, so in batches of 64 KiB.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: { path: 'file-to-file', modes: ['sendfile'], ...SMALL, preset: 'equal-rate' },
        look: [
          {
            part: 'latency',
            text: l10n.t(
              'All are slowed down to one rate here, and for that sendfile is asked for less at a time: shown as a table, this chart counts several calls of it where one would do.',
            ),
          },
          { part: 'flow', text: l10n.t('The steps inside: references to 16 pages at a time.') },
        ],
      },
      words: ['pipe', 'system-call'],
    },
    {
      id: 'dma-is-free',
      claim: l10n.t('“A DMA copy costs nothing.”'),
      truth: [
        l10n.t(
          'It costs no instructions, but bandwidth of the memory, which the CPUs then do not have. And in a virtual machine with virtio devices it is usually the CPU of the host that does the moving, on nobody’s clock in the guest.',
        ),
      ],
      since: null,
      shown: {
        how: 'not-here',
        why: l10n.t(
          'It takes counters of the memory controller, or a look at the host below a virtual machine; the lab reads neither.',
        ),
      },
      words: ['dma', 'dma-copy', 'steal'],
    },
    {
      id: 'drop-in',
      claim: l10n.t('“sendfile and splice are drop-in replacements for read and write.”'),
      truth: [
        l10n.t(
          'What was written is a copy; what was spliced is a reference. If the file changes while data is under way, bytes that had been sent before the change can arrive changed, and no call reports an error. A program that builds on it needs files that nobody changes, or a filesystem snapshot.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        // A receiver with a small buffer lets data wait on its way, where a change can still reach it.
        request: {
          preset: 'hazards',
          path: 'file-to-socket',
          modes: ['read-write', 'splice', 'sendfile'],
          receiverBuffer: '4KiB',
        },
        look: [
          {
            part: 'hazards',
            text: l10n.t(
              'Source overwritten: with read + write what arrives is new from the moment of the change on. With splice bytes that had been sent before that moment arrive changed as well, if they were still waiting on their way. sendfile is one call for it all, so nobody knows what it had sent by then: part of what arrives is old, part new.',
            ),
          },
        ],
      },
      words: ['page-reference', 'socket-buffer'],
    },
    {
      id: 'always-wins',
      claim: l10n.t('“Zero-copy always wins.”'),
      truth: [
        l10n.t(
          'What replaces the copy costs as well: pinning pages, completions, page faults, smaller packets. For MSG_ZEROCOPY the kernel’s documentation gives about 10 KB for each send as the size from which it pays. And over loopback the order can be the other way round, because the receiver then reads pages that are not in its caches.',
        ),
      ],
      since: null,
      shown: {
        how: 'run',
        request: {
          path: 'file-to-socket',
          modes: ['sendfile', 'msg-zerocopy'],
          size: '32MiB',
          buffers: ['4KiB', '64KiB'],
          rounds: 6,
        },
        look: [
          {
            part: 'ranking',
            text: l10n.t(
              'Ratio to the baseline and CPU of both sides, at 4 KiB and at 64 KiB. Whether a mode wins here is said by its verdict; that it would elsewhere is not.',
            ),
          },
        ],
      },
      words: ['zero-copy', 'zerocopy-completion', 'loopback', 'cpu-per-gib'],
    },
  ];
}

/** The myth, or undefined for an id that is none. */
export function findMyth(id: string): Myth | undefined {
  return myths().find((myth) => myth.id === id);
}
