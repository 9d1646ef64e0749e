/** The places bytes can be in, in the three bands of the diagram. */
import * as l10n from '@vscode/l10n';
import type { Place } from './flow.ts';

/** All places in diagram order: source on the left, destination on the right. Called late, when the language is known. */
export function places(): readonly Place[] {
  return [
    { id: 'disk', band: 'hardware', column: 0, name: l10n.t('disk') },
    { id: 'page-cache', band: 'kernel', column: 0, name: l10n.t('page cache') },
    { id: 'user-buffer', band: 'user', column: 1, name: l10n.t('user buffer') },
    { id: 'mapping', band: 'user', column: 1, name: l10n.t('mapped file') },
    { id: 'pipe', band: 'kernel', column: 1, name: l10n.t('pipe inside sendfile') },
    { id: 'socket-buffer', band: 'kernel', column: 2, name: l10n.t('socket buffer') },
    { id: 'destination-cache', band: 'kernel', column: 2, name: l10n.t('page cache of the copy') },
    { id: 'destination-disk', band: 'hardware', column: 2, name: l10n.t('destination disk') },
    { id: 'nic', band: 'hardware', column: 2, name: l10n.t('NIC') },
    { id: 'receive-queue', band: 'kernel', column: 3, name: l10n.t('receive queue') },
    { id: 'receiver-buffer', band: 'user', column: 3, name: l10n.t("receiver's buffer") },
  ];
}
