/** A memfd that the producer, or both sides, have mapped. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../flow.ts';

export function memfdMapping(): Step {
  return {
    kind: 'mapping',
    from: 'memfd',
    to: 'producer-mapping',
    per: { each: 'transfer' },
    mark: 'mmap',
    text: l10n.t('The producer has the pages of a memfd in its address space, mapped before the clock starts.'),
  };
}

export function sharedMapping(): Step {
  return {
    kind: 'mapping',
    from: 'memfd',
    to: 'shared-ring',
    per: { each: 'transfer' },
    mark: 'mmap',
    text: l10n.t('Both sides have the same pages of a memfd in their address spaces, mapped before the clock starts.'),
  };
}
