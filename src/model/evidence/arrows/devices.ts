/** What devices move: by the byte counters of /proc/self/io and of the interface. */
import * as l10n from '@vscode/l10n';
import { interfaceOf } from '../../flowFacts.ts';
import { formatBytes, formatPercent } from '../../units.ts';
import type { Move } from '../copies.ts';
import type { Judgement, Pass } from '../pass.ts';
import { notObservable, plainly } from '../pass.ts';

/** Counted in whole pages and blocks, and a source may be resident in small part. */
const MOST_OF_IT = 0.9;
/** Metadata and a cold page or two. */
const NEXT_TO_NOTHING = 0.01;

export function judgeDma(pass: Pass, step: Move): Judgement {
  if (step.to === 'nic') return byInterface(pass);
  if (step.from === 'disk') return diskRead(pass);
  return diskWrite(pass, step);
}

/** read_bytes: what this process made the block layer fetch (proc_pid_io(5)). */
function diskRead(pass: Pass): Judgement {
  const { measured } = pass;
  if (measured.disk === null) return notObservable(l10n.t('/proc/self/io cannot be read.'));
  const share = measured.bytes === 0 ? 0 : measured.disk.readBytes / measured.bytes;
  if (share < NEXT_TO_NOTHING) {
    return plainly(
      'not-seen',
      l10n.t('The source was in memory: the disk was asked for {0}.', formatBytes(measured.disk.readBytes)),
    );
  }
  const read = l10n.t(
    'The disk was asked for {0} in all, {1} of the payload.',
    formatBytes(measured.disk.readBytes),
    formatPercent(share),
  );
  if (share < MOST_OF_IT) return notObservable(read);
  return byDevice(read, virtualDisk(pass));
}

/** write_bytes of a buffered write counts pages as they become dirty, not as they are written. */
function diskWrite(pass: Pass, step: Move): Judgement {
  const { measured, experiment } = pass;
  if (measured.disk === null) return notObservable(l10n.t('/proc/self/io cannot be read.'));
  const { writtenBytes } = measured.disk;
  if (step.later && (step.receiver || !experiment.durable)) {
    return notObservable(l10n.t('Write-back comes after the transfer, and nobody waited for it.'));
  }
  const share = measured.bytes === 0 ? 0 : writtenBytes / measured.bytes;
  const written = l10n.t(
    'The disk was given {0} in all, {1} of the payload.',
    formatBytes(writtenBytes),
    formatPercent(share),
  );
  if (share < NEXT_TO_NOTHING) return plainly('not-seen', written);
  if (share < MOST_OF_IT) return notObservable(written);
  return byDevice(written, virtualDisk(pass));
}

/** That the bytes left by the interface says nothing of the other end; that they arrived, the receiver counted. */
export function judgeWire({ measured, host, one }: Pass): Judgement {
  const link = interfaceOf(host, one);
  if (link === null || measured.interface === null) {
    return notObservable(l10n.t('The bytes of the interface were not counted.'));
  }
  const share = measured.bytes === 0 ? 0 : measured.interface.sentBytes / measured.bytes;
  const sent = l10n.t('{0} sent {1} in all.', link.name, formatBytes(measured.interface.sentBytes));
  return plainly(share < MOST_OF_IT ? 'not-seen' : 'seen', sent);
}

function byInterface({ measured, host, one }: Pass): Judgement {
  const link = interfaceOf(host, one);
  if (link === null || measured.interface === null) {
    return notObservable(l10n.t('The bytes of the interface were not counted.'));
  }
  if (link.name === 'lo') {
    return plainly('not-seen', l10n.t('The packets went over loopback, which has no NIC.'));
  }
  const share = measured.bytes === 0 ? 0 : measured.interface.sentBytes / measured.bytes;
  const sent = l10n.t('{0} sent {1} in all.', link.name, formatBytes(measured.interface.sentBytes));
  if (share < MOST_OF_IT) return plainly('not-seen', sent);
  const virtual = link.virtio || host.virtualised !== null;
  return byDevice(sent, virtual ? l10n.t('a virtual interface') : null);
}

function virtualDisk({ host }: Pass): string | null {
  if (host.blockDevices.some((device) => device.virtio)) return l10n.t('a virtio disk');
  return host.virtualised === null ? null : l10n.t('the disk of a virtual machine');
}

/** Of a virtual device the counters tell that bytes came, not that no CPU moved them. */
function byDevice(counted: string, virtual: string | null): Judgement {
  if (virtual === null) return plainly('seen', counted);
  return notObservable(
    l10n.t('{0} But it is {1}: what looks like DMA is usually a copy by the host around.', counted, virtual),
  );
}
