/** Finds out what works in a folder, on loopback and between processes, by moving a little. */
import * as l10n from '@vscode/l10n';
import type { NativeAddon, NativeSource, NativeTransfer, TransferMeasurement } from '../../../native/addon.d.ts';
import { modesOfPath } from '../../model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../model/modes/descriptor.ts';
import { PATHS } from '../../model/paths.ts';
import type { ModeProbe, ProbeReport, RouteProbe } from '../../model/probe.ts';
import type { Outcome, SystemError } from '../../model/problems.ts';
import { describeSystemError, ok, refuse } from '../../model/problems.ts';
import { explainFailure } from '../../model/refusals.ts';
import type { Experiment, Peer } from '../../model/result/experiment.ts';
import type { Host } from '../../model/result/host.ts';
import type { PathId } from '../../model/result/path.ts';
import type { Problem } from '../../model/result/problem.ts';
import { formatBytes, KIB } from '../../model/units.ts';
import { describeDifference } from '../../model/verification.ts';
import { interfaceFacts, LOOPBACK } from '../host/interface.ts';
import { hostFacts } from '../host.ts';
import { systemErrorOf } from '../systemError.ts';

/** Not a whole number of buffers or pages, so that the last chunk is tried too. */
const PROBE_BYTES = 256 * KIB + 1;
const PROBE_BUFFER_BYTES = 64 * KIB;
/** So little takes milliseconds. What takes so long is stuck. */
const PATIENCE_MS = 10_000;

/**
 * @param towards another host, the way to which is looked at
 * @param trying told of each mode before it is tried
 * @param cancelled ends the probe between two modes, and the transfer under way
 */
export async function probeHost(
  addon: NativeAddon,
  directory: string,
  towards: Experiment['remote'],
  trying: (mode: string, path: PathId) => void,
  cancelled: AbortSignal,
): Promise<Outcome<Omit<ProbeReport, 'laboratory'>>> {
  let host: Host;
  try {
    host = await hostFacts(addon, directory, LOOPBACK);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, directory)) };
  }
  const source = await addon.openSource({ kind: 'generated', directory, bytes: PROBE_BYTES, seed: 1 });
  // A folder that is not there is a mistake; one that takes no files is something to know about this host.
  if (!source.ok && !isRefusal(source.error, host)) return { ok: false, problem: describeSystemError(source.error) };
  const probe = new Probe(addon, source.ok ? source.value : source.error, directory, host, cancelled);
  const modes: ModeProbe[] = [];
  for (const path of PATHS) {
    for (const mode of modesOfPath(path)) {
      trying(mode.id, path);
      modes.push(await probe.tryMode(mode, path));
      if (cancelled.aborted) break;
    }
  }
  if (source.ok) source.value.close();
  return cancelled.aborted
    ? refuse('cancelled', l10n.t('The probe was cancelled.'), l10n.t('Probe again.'))
    : ok({ probedAt: new Date().toISOString(), host, directory, modes, route: routeTo(addon, towards) });
}

function routeTo(addon: NativeAddon, towards: Experiment['remote']): RouteProbe | null {
  if (towards === null) return null;
  const to = `${towards.host}:${towards.port}`;
  const name = addon.interfaceTowards(towards.address, towards.port);
  return name.ok
    ? { to, interface: interfaceFacts(addon, name.value), problem: null }
    : { to, interface: null, problem: describeSystemError(name.error) };
}

function isRefusal(error: SystemError, host: Host): boolean {
  return explainFailure('', 'file-to-file', error, host).unsupported;
}

class Probe {
  /** @param source of all transfers, or why there is none */
  constructor(
    private readonly addon: NativeAddon,
    private readonly source: NativeSource | SystemError,
    private readonly directory: string,
    private readonly host: Host,
    private readonly cancelled: AbortSignal,
  ) {}

  async tryMode(mode: ModeDescriptor, path: PathId): Promise<ModeProbe> {
    if (path !== 'process-to-process') return this.tryTransfer(mode, path);
    const between = await this.tryExchange(mode, 'process');
    if (between.problem === null || (await this.tryExchange(mode, 'thread')).problem !== null) return between;
    const hint = `${between.problem.hint} ${l10n.t('Between two threads (--peer thread) it works.')}`.trim();
    return { ...between, problem: { ...between.problem, hint } };
  }

  private async tryTransfer(mode: ModeDescriptor, path: PathId): Promise<ModeProbe> {
    if ('code' in this.source) return this.notWorking(mode, path, this.source);
    const transfer = this.addon.startTransfer(this.source, {
      mode: mode.id,
      destination:
        path === 'file-to-file'
          ? { kind: 'file', directory: this.directory }
          : { kind: 'socket', receiverBufferBytes: PROBE_BUFFER_BYTES },
      bufferBytes: PROBE_BUFFER_BYTES,
      verify: true,
    });
    return this.judge(mode, path, transfer);
  }

  private tryExchange(mode: ModeDescriptor, peer: Peer): Promise<ModeProbe> {
    const exchange = this.addon.startExchange({
      mode: mode.id,
      bytes: PROBE_BYTES,
      seed: 1,
      bufferBytes: PROBE_BUFFER_BYTES,
      peer,
      verify: true,
    });
    return this.judge(mode, 'process-to-process', exchange);
  }

  private async judge(mode: ModeDescriptor, path: PathId, transfer: NativeTransfer): Promise<ModeProbe> {
    let stuck = false;
    const impatience = setTimeout(() => {
      stuck = true;
      transfer.cancel();
    }, PATIENCE_MS);
    const cancel = () => transfer.cancel();
    this.cancelled.addEventListener('abort', cancel, { once: true });
    const outcome = await transfer.done;
    clearTimeout(impatience);
    this.cancelled.removeEventListener('abort', cancel);
    const about = { mode: mode.id, path, notes: [] };
    if (stuck && !outcome.ok) return { ...about, status: 'failed', problem: stuckAt(transfer.bytesSoFar()) };
    if (!outcome.ok) return this.notWorking(mode, path, outcome.error);
    const problem = differenceOf(outcome.value);
    if (problem !== null) return { ...about, status: 'failed', problem };
    return { ...about, status: 'works', problem: null, notes: notesOn(mode, outcome.value) };
  }

  private notWorking({ id }: ModeDescriptor, path: PathId, error: SystemError): ModeProbe {
    const { problem, unsupported } = explainFailure(id, path, error, this.host);
    return { mode: id, path, status: unsupported ? 'unsupported' : 'failed', problem, notes: [] };
  }
}

function stuckAt(bytes: number): Problem {
  return {
    code: 'stuck',
    message: l10n.t(
      'It moved {0} of {1} in {2} s and was stopped.',
      formatBytes(bytes),
      formatBytes(PROBE_BYTES),
      PATIENCE_MS / 1000,
    ),
    hint: l10n.t('Probe again on a host that is less busy; if it stays so, leave this mode out.'),
  };
}

function differenceOf({ verification }: TransferMeasurement): Problem | null {
  if (verification === null || verification.ok) return null;
  return {
    code: 'not-verified',
    message: describeDifference(verification),
    hint: l10n.t('Do not trust this mode here.'),
  };
}

function notesOn(mode: ModeDescriptor, { zerocopy, observed }: TransferMeasurement): readonly string[] {
  const notes: string[] = [];
  if (zerocopy !== null && zerocopy.copied > 0) {
    notes.push(l10n.t('The kernel copied {0} of {1} sends after all.', zerocopy.copied, zerocopy.completed));
  }
  const shared = observed['sharedBytes'] ?? 0;
  if (mode.moves === 'data' && shared > 0) {
    notes.push(l10n.t('The filesystem shared {0} instead of copying them.', formatBytes(shared)));
  }
  return notes;
}
