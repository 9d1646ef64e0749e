/** What a run of this kind cannot tell. */
import * as l10n from '@vscode/l10n';
import type { Finding, Result } from '../result.ts';

export function limits(result: Result): readonly Finding[] {
  const found: Finding[] = [];
  if (result.experiment.path === 'file-to-socket' && result.experiment.target === 'loopback') {
    found.push({
      kind: 'loopback',
      text: l10n.t(
        'Over loopback there is no NIC and no wire, and the kernel bills much of the receive work to the sender: this run cannot tell what a real link would show.',
      ),
      cases: [],
    });
  }
  if (result.host.filesystem.type === 'tmpfs' && result.experiment.path !== 'process-to-process') {
    found.push({
      kind: 'tmpfs',
      text: l10n.t('{0} is on tmpfs, which is memory: no disk took part.', result.experiment.directory),
      cases: [],
    });
  }
  if (result.host.virtualised !== null && result.experiment.path !== 'process-to-process') {
    found.push({
      kind: 'virtual-machine',
      text: l10n.t(
        'This host is a virtual machine ({0}): what it takes for DMA is usually a copy by the CPU of its host, and its disk may be cached there.',
        result.host.virtualised,
      ),
      cases: [],
    });
  }
  return found;
}
