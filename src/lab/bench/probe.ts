/** Finds out what works on a folder and on loopback, by moving a little. */
import type { NativeAddon } from '../../../native/addon.d.ts';
import { modesOfPath } from '../../model/modes/catalogue.ts';
import { PATHS } from '../../model/paths.ts';
import type { ModeProbe, ProbeReport } from '../../model/probe.ts';
import type { Outcome } from '../../model/problems.ts';
import { describeSystemError, ok } from '../../model/problems.ts';
import type { PathId, Problem } from '../../model/result.ts';
import { KIB } from '../../model/units.ts';
import { describeDifference } from '../../model/verification.ts';
import { hostFacts } from '../host.ts';

/** Not a whole number of buffers or pages, so that the last chunk is tried too. */
const PROBE_BYTES = 256 * KIB + 1;
const PROBE_BUFFER_BYTES = 64 * KIB;

export async function probeHost(addon: NativeAddon, directory: string): Promise<Outcome<ProbeReport>> {
  const source = await addon.openSource({ kind: 'generated', directory, bytes: PROBE_BYTES, seed: 1 });
  if (!source.ok) return { ok: false, problem: describeSystemError(source.error) };
  const modes: ModeProbe[] = [];
  for (const path of PATHS) {
    for (const mode of modesOfPath(path)) {
      const transfer = addon.startTransfer(source.value, {
        mode: mode.id,
        destination: destinationOf(path, directory),
        bufferBytes: PROBE_BUFFER_BYTES,
        verify: true,
      });
      modes.push({ mode: mode.id, path, problem: problemOf(await transfer.done) });
    }
  }
  source.value.close();
  return ok({ host: await hostFacts(directory, 'file-to-socket'), directory, modes });
}

function destinationOf(path: PathId, directory: string) {
  return path === 'file-to-file'
    ? ({ kind: 'file', directory } as const)
    : ({ kind: 'socket', receiverBufferBytes: PROBE_BUFFER_BYTES } as const);
}

function problemOf(outcome: Awaited<ReturnType<NativeAddon['startTransfer']>['done']>): Problem | null {
  if (!outcome.ok) return describeSystemError(outcome.error);
  const { verification } = outcome.value;
  if (verification === null || verification.ok) return null;
  return { code: 'not-verified', message: describeDifference(verification), hint: '' };
}
