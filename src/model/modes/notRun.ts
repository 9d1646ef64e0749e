/** Ways of moving bytes that the lab knows and does not run, each with the reason. */
import * as l10n from '@vscode/l10n';
import type { PathId } from '../result/path.ts';

export interface NotRun {
  readonly id: string;
  readonly name: string;
  readonly path: PathId;
  /** What it is, and why it is not run: one or two sentences. */
  readonly why: string;
}

/** In the order of the documents. Called late, when the language is known. */
export function modesNotRun(): readonly NotRun[] {
  return [
    {
      id: 'transmit-file',
      name: 'TransmitFile',
      path: 'file-to-socket',
      why: l10n.t('The counterpart of sendfile on Windows. This lab measures Linux kernels.'),
    },
    {
      id: 'ktls-sendfile',
      name: l10n.t('sendfile over kernel TLS'),
      path: 'file-to-socket',
      why: l10n.t(
        'Needs a TLS session handed to the kernel. Without a NIC that encrypts, the CPU reads and writes every byte to do so, which is a copy in all but name: it would measure the cipher.',
      ),
    },
    {
      id: 'io-uring-recv-zc',
      name: l10n.t('io_uring, zero-copy receive'),
      path: 'file-to-socket',
      why: l10n.t(
        'Since 6.15, and only with a NIC that splits headers from data and steers flows to queues of their own. Neither loopback nor the usual virtual NIC can.',
      ),
    },
    {
      id: 'devmem-tcp',
      name: 'devmem TCP',
      path: 'file-to-socket',
      why: l10n.t(
        'Moves TCP payload between a NIC and the memory of a device such as a GPU, since 6.12 to receive and 6.16 to send. It needs both devices and drivers that can.',
      ),
    },
    {
      id: 'io-uring-sendfile',
      name: l10n.t('io_uring, sendfile or copy_file_range'),
      path: 'file-to-file',
      why: l10n.t('io_uring has no such requests. What comes nearest, two linked splices over a pipe, is run.'),
    },
  ];
}
