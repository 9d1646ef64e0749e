/** How two sides that share memory tell each other: futex calls, made only when somebody sleeps. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import { atMost, systemCall } from './common.ts';

export function announce(at: PlaceId): Step {
  return {
    ...atMost(
      systemCall('futex', at, { each: 'call' }, l10n.t('If the consumer sleeps, the producer wakes it with futex().')),
    ),
    mark: 'futex-wake',
  };
}

/** Before a buffer is written again that was handed over as it is. */
export function awaitRelease(at: PlaceId): Step {
  return {
    ...atMost(
      systemCall(
        'futex',
        at,
        { each: 'call' },
        l10n.t(
          'If every buffer is still lent, the producer sleeps in futex() until the consumer has read the next one.',
        ),
      ),
    ),
    mark: 'futex-wait',
  };
}
