/** One untimed transfer per case, hashed end to end; what does not work here is found out by trying. */
import * as l10n from '@vscode/l10n';
import { describeDifference } from '../../../model/verification.ts';
import { stopIfCancelled } from '../stopped.ts';
import type { Pass } from './pass.ts';
import { move } from './transfer.ts';

/** @throws Stopped when the run is cancelled */
export async function verifyCases(pass: Pass): Promise<void> {
  const { document } = pass;
  const planned = document.result.cases.length;
  for (const index of document.result.cases.keys()) {
    if (!document.isActive(index)) continue;
    stopIfCancelled(pass.cancelled);
    const moved = await move(pass, index, { verify: true }, { phase: 'verifying', round: null, done: index, planned });
    if (moved.kind === 'failed') {
      document.endCase(index, moved);
      continue;
    }
    const { verification } = moved.measurement;
    if (verification === null) throw new Error('a verifying transfer came back without a verification');
    const difference = verification.ok ? null : describeDifference(verification);
    document.record({
      type: 'verified',
      case: index,
      verified: { how: verification.how, ok: verification.ok, difference },
    });
    if (difference !== null) {
      const problem = {
        code: 'not-verified',
        message: difference,
        hint: l10n.t('Do not trust this mode here; its speed was not measured.'),
      };
      document.endCase(index, { problem, unsupported: false });
    }
  }
  document.sync();
}
