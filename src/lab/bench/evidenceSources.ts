/** What this process may learn from the kernel, found out by trying. */
import type { NativeAddon, NativeError } from '../../../native/addon.d.ts';
import { remedyOf, tiersOf } from '../../model/evidence/tiers.ts';
import type { Tier } from '../../model/result/evidence.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Host } from '../../model/result/host.ts';
import type { Problem } from '../../model/result/problem.ts';
import { limits } from '../host/limits.ts';
import type { KernelSymbols } from '../symbols.ts';
import { readKernelSymbols } from '../symbols.ts';

export interface EvidenceSources {
  readonly tiers: Tier[];
  /** What can be sampled; null where nothing can. */
  readonly scope: 'all-cpus' | 'own-tasks' | null;
  readonly tracesCalls: boolean;
  /** Null where the kernel hides them; then samples have no names. */
  readonly symbols: KernelSymbols | null;
}

export function evidenceSources(addon: NativeAddon, host: Pick<Host, 'limits'>): EvidenceSources {
  const { taskSamples, cpuWide, tracepoint } = addon.evidenceRights();
  const table = readKernelSymbols();
  const symbols = table.kind === 'readable' ? table.symbols : null;
  const rights = {
    taskSamples: codeOf(taskSamples),
    cpuWide: codeOf(cpuWide),
    tracepoint: codeOf(tracepoint),
    symbols: table.kind === 'readable' ? null : table.code,
  };
  return {
    tiers: tiersOf(rights, settingsOf(host)),
    // Without names the idle task could not be told from one that works.
    scope: cpuWide === null && symbols !== null ? 'all-cpus' : taskSamples === null ? 'own-tasks' : null,
    tracesCalls: tracepoint === null,
    symbols,
  };
}

/** Why an experiment that requires evidence cannot have it here; null where it can, or does not ask. */
export function missingEvidence(addon: NativeAddon, experiment: Pick<Experiment, 'evidence'>): Problem | null {
  if (experiment.evidence !== 'require') return null;
  const { tiers } = evidenceSources(addon, { limits: limits() });
  const missing = tiers.find(({ id }) => id === 'task-samples')?.missing ?? null;
  if (missing === null) return null;
  return {
    code: 'no-evidence',
    message: missing.reason,
    hint: remedyOf(missing),
  };
}

function codeOf(error: NativeError | null): string | null {
  return error?.code ?? null;
}

function settingsOf(host: Pick<Host, 'limits'>): { perfEventParanoid: number | null; kptrRestrict: number | null } {
  const setting = (name: string) => {
    const value = host.limits[name];
    return typeof value === 'number' ? value : null;
  };
  return { perfEventParanoid: setting('perfEventParanoid'), kptrRestrict: setting('kptrRestrict') };
}
