/**
 * What the kernel says of each case: samples of who did what, its count of system calls, and the byte counters of disk
 * and interface. From transfers of their own, because those that are watched are slower.
 */
import { fullCaseName } from '../../../model/caseName.ts';
import type { CaseStacks } from '../../../model/evidence/stacksFile.ts';
import { judge } from '../../../model/evidence/verdicts.ts';
import { stacksForFile } from '../../stackSums.ts';
import { evidenceSources } from '../evidenceSources.ts';
import type { Pass } from './pass.ts';
import { watchCase } from './watch.ts';

/** @throws Stopped when the run is cancelled; what was found until then stays */
export async function gatherEvidence(pass: Pass): Promise<void> {
  const { document } = pass;
  const sources = evidenceSources(pass.addon, document.result.host);
  document.record({ type: 'tiers', tiers: sources.tiers });
  const found: CaseStacks[] = [];
  try {
    for (const [index, one] of document.result.cases.entries()) {
      if (one.control || !document.isActive(index)) continue;
      const watched = await watchCase(pass, sources, index);
      if (watched.kind === 'failed') {
        document.endCase(index, watched);
        continue;
      }
      const { measured } = watched;
      const evidence = { ...measured, ...judge(document.result, index, measured) };
      document.record({ type: 'evidence', case: index, evidence });
      if (measured.samples === 0) continue;
      const { bytes, periodNs } = measured;
      found.push({ case: index, name: fullCaseName(one), bytes, periodNs, stacks: stacksForFile(watched.stacks) });
    }
  } finally {
    if (found.length > 0) document.keepStacks(found);
    document.sync();
  }
}
