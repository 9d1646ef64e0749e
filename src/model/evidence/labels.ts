/** What a sample can be labelled as, in words; the names of kernel functions behind the labels are in tables.ts. */
import * as l10n from '@vscode/l10n';

export type LabelId =
  | CopyLabelId
  | 'user-code'
  | 'page-fault'
  | 'zeroing'
  | 'checksum'
  | 'page-cache'
  | 'filesystem'
  | 'block'
  | 'pinning'
  | 'network'
  | 'splice'
  | 'pipe'
  | 'reflink'
  | 'io-uring'
  | 'system-call'
  | 'lock-wait'
  | 'irq-off'
  | 'idle'
  | 'other'
  | 'unlabelled';

/** Copies of the payload, made by a CPU. */
export type CopyLabelId =
  | 'copy-to-user'
  | 'copy-from-user'
  | 'copy-page-cache'
  | 'copy-undone'
  | 'copy-segmentation'
  | 'copy-fixed-buffer'
  | 'copy-user';

export const COPY_LABELS: readonly CopyLabelId[] = [
  'copy-to-user',
  'copy-from-user',
  'copy-page-cache',
  'copy-undone',
  'copy-segmentation',
  'copy-fixed-buffer',
  'copy-user',
];

export interface Label {
  readonly id: LabelId;
  readonly name: string;
  /** One sentence: what the CPU does there. */
  readonly text: string;
}

/** All labels, copies first. Called late, when the language is known. */
export function labels(): readonly Label[] {
  return [
    {
      id: 'copy-to-user',
      name: l10n.t('kernel-to-user copy'),
      text: l10n.t('The kernel copies the payload into memory of the program (_copy_to_iter).'),
    },
    {
      id: 'copy-from-user',
      name: l10n.t('user-to-kernel copy'),
      text: l10n.t('The kernel copies the payload out of memory of the program (_copy_from_iter and its kin).'),
    },
    {
      id: 'copy-page-cache',
      name: l10n.t('page-cache copy'),
      text: l10n.t('The kernel copies the payload from page to page: memcpy() inside a splice, between page caches.'),
    },
    {
      id: 'copy-undone',
      name: l10n.t('zero-copy undone'),
      text: l10n.t(
        'The kernel copies pages that were lent to it after all, because of where they are going (skb_copy_ubufs).',
      ),
    },
    {
      id: 'copy-segmentation',
      name: l10n.t('copy at segmentation'),
      text: l10n.t(
        'The kernel copies the payload into linear packets, for an interface that cannot gather or cannot sum up (skb_copy_bits).',
      ),
    },
    {
      id: 'copy-fixed-buffer',
      name: l10n.t('fixed-buffer copy'),
      text: l10n.t('The kernel copies the payload to or from a registered buffer, with memcpy() by kernel addresses.'),
    },
    {
      id: 'copy-user',
      name: l10n.t('user-space copy'),
      text: l10n.t('The program copies with memcpy() of the C library.'),
    },
    { id: 'user-code', name: l10n.t('user code'), text: l10n.t('Code of the program other than memcpy().') },
    {
      id: 'page-fault',
      name: l10n.t('page faults'),
      text: l10n.t('Page tables are filled on a fault, looked through for a copy, or emptied again at munmap().'),
    },
    { id: 'zeroing', name: l10n.t('zeroing'), text: l10n.t('New pages are filled with zeros.') },
    { id: 'checksum', name: l10n.t('checksums'), text: l10n.t('The CPU reads the payload to sum it up.') },
    {
      id: 'page-cache',
      name: l10n.t('page cache'),
      text: l10n.t('Pages of files are looked up, added, marked and read ahead.'),
    },
    {
      id: 'filesystem',
      name: l10n.t('filesystem'),
      text: l10n.t('The filesystem reserves blocks, and keeps its journal.'),
    },
    {
      id: 'block',
      name: l10n.t('block layer, direct I/O'),
      text: l10n.t('Requests to the disk are built, submitted and completed.'),
    },
    { id: 'pinning', name: l10n.t('page pinning'), text: l10n.t('Pages of the program are looked up and held on to.') },
    {
      id: 'network',
      name: l10n.t('TCP/IP and sockets'),
      text: l10n.t('Packets are built, sent, received and acknowledged.'),
    },
    {
      id: 'splice',
      name: l10n.t('splice'),
      text: l10n.t('References to pages go from file to pipe to file or socket.'),
    },
    { id: 'pipe', name: l10n.t('pipe'), text: l10n.t('Slots of a pipe are filled and emptied.') },
    { id: 'reflink', name: l10n.t('reflink'), text: l10n.t('Blocks are entered into a second file.') },
    { id: 'io-uring', name: l10n.t('io_uring'), text: l10n.t('Requests and completions of a ring are handled.') },
    {
      id: 'system-call',
      name: l10n.t('system-call entry'),
      text: l10n.t('The way into the kernel and back, with the look-up of descriptors and the copying of arguments.'),
    },
    {
      id: 'lock-wait',
      name: l10n.t('locks, scheduler'),
      text: l10n.t('Locks are fought for, tasks put to sleep and woken.'),
    },
    {
      id: 'irq-off',
      name: l10n.t('interrupts were off'),
      text: l10n.t('Where interrupts came on again: work done while they were off is counted here, whatever it was.'),
    },
    { id: 'idle', name: l10n.t('idle'), text: l10n.t('A CPU with nothing to do; part of no share.') },
    { id: 'other', name: l10n.t('other'), text: l10n.t('Kernel code that no table names.') },
    {
      id: 'unlabelled',
      name: l10n.t('unlabelled'),
      text: l10n.t('Kernel code whose names may not be read here (kernel.kptr_restrict).'),
    },
  ];
}

/** The name of a label, or its id where it is of another version of the lab. */
export function labelName(id: string): string {
  return labels().find((label) => label.id === id)?.name ?? id;
}
