/** One transfer per case that times every single call. It is slower for that, so no sample comes of it. */
import { paceOf } from '../../../model/pace.ts';
import { stopIfCancelled } from '../stopped.ts';
import type { Pass } from './pass.ts';
import { move, prepareCache } from './transfer.ts';

/** @throws Stopped when the run is cancelled */
export async function timeCalls(pass: Pass): Promise<void> {
  const { document } = pass;
  const planned = document.result.cases.length;
  for (const index of document.result.cases.keys()) {
    if (!document.isActive(index)) continue;
    stopIfCancelled(pass.cancelled);
    await prepareCache(pass, document.caseAt(index));
    const purpose = { verify: false, latency: true, ...paceOf(document.result) };
    const moved = await move(pass, index, purpose, { phase: 'latency', round: null, done: index, planned });
    if (moved.kind === 'failed') {
      document.endCase(index, moved);
      continue;
    }
    const { latency } = moved.measurement;
    if (latency === null) throw new Error('a transfer that times its calls came back without their times');
    document.record({ type: 'latency', case: index, latency: [...latency] });
  }
  document.sync();
}
