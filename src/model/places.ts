/** The places bytes can be in, in the three bands of the diagram. */
import * as l10n from '@vscode/l10n';
import type { Place } from './flow.ts';

/** All places in diagram order: source on the left, destination on the right. Called late, when the language is known. */
export function places(): readonly Place[] {
  return [
    { id: 'disk', band: 'hardware', column: 0, name: l10n.t('disk') },
    { id: 'page-cache', band: 'kernel', column: 0, name: l10n.t('page cache') },
    { id: 'producer-buffer', band: 'user', column: 0, name: l10n.t("producer's buffer") },
    { id: 'producer-mapping', band: 'user', column: 0, name: l10n.t("producer's mapping") },
    { id: 'memfd', band: 'kernel', column: 0, name: l10n.t('pages of the memfd') },
    { id: 'user-buffer', band: 'user', column: 1, name: l10n.t('user buffer') },
    { id: 'buffer-ring', band: 'user', column: 1, name: l10n.t('ring of buffers') },
    { id: 'registered-buffers', band: 'user', column: 1, name: l10n.t('registered buffers') },
    { id: 'mapping', band: 'user', column: 1, name: l10n.t('mapped file') },
    { id: 'shared-ring', band: 'user', column: 1, name: l10n.t('ring in shared memory') },
    { id: 'pipe', band: 'kernel', column: 1, name: l10n.t('pipe inside the kernel') },
    { id: 'user-pipe', band: 'kernel', column: 1, name: l10n.t('pipe') },
    { id: 'socket-buffer', band: 'kernel', column: 2, name: l10n.t('socket buffer') },
    { id: 'destination-mapping', band: 'user', column: 2, name: l10n.t('mapped copy') },
    { id: 'destination-cache', band: 'kernel', column: 2, name: l10n.t('page cache of the copy') },
    { id: 'destination-disk', band: 'hardware', column: 2, name: l10n.t('destination disk') },
    { id: 'nic', band: 'hardware', column: 2, name: l10n.t('NIC') },
    { id: 'packets', band: 'kernel', column: 3, name: l10n.t('linear packets') },
    { id: 'receiver-nic', band: 'hardware', column: 4, name: l10n.t("receiver's NIC") },
    { id: 'receive-queue', band: 'kernel', column: 4, name: l10n.t('receive queue') },
    { id: 'receiver-buffer', band: 'user', column: 4, name: l10n.t("receiver's buffer") },
    { id: 'receiver-mapping', band: 'user', column: 4, name: l10n.t("receiver's mapping") },
    { id: 'consumer-buffer', band: 'user', column: 5, name: l10n.t("consumer's buffer") },
    { id: 'receiver-pipe', band: 'kernel', column: 5, name: l10n.t("receiver's pipe") },
    { id: 'null-device', band: 'kernel', column: 6, name: '/dev/null' },
    { id: 'receiver-cache', band: 'kernel', column: 6, name: l10n.t('page cache of the saved file') },
    { id: 'receiver-disk', band: 'hardware', column: 6, name: l10n.t("receiver's disk") },
  ];
}
