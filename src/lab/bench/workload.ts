/** What the cases of an experiment move: a source file that all share, or bytes a producer makes anew each time. */
import type {
  DestinationRequest,
  ModeOptions,
  NativeAddon,
  NativeSource,
  NativeTransfer,
  Outcome,
  TransferRequest,
} from '../../../native/addon.d.ts';
import type { Case, Experiment } from '../../model/result.ts';

export interface Workload {
  /** @param verify hash what arrived; the times of such a transfer mean nothing */
  start(one: Case, verify: boolean): NativeTransfer;
  /** Share of the source in the page cache, null where unknown or where there is no source. */
  residency(): number | null;
  /** Brings the source into the cache state the experiment asks for, or null where it is in that state. */
  prepareCache(): Promise<Outcome<null>> | null;
  close(): void;
}

/** Opens or makes what the experiment moves. */
export async function openWorkload(addon: NativeAddon, experiment: Experiment): Promise<Outcome<Workload>> {
  if (experiment.path === 'process-to-process') return { ok: true, value: exchanges(addon, experiment) };
  const source = await addon.openSource(
    experiment.source.kind === 'file'
      ? experiment.source
      : { kind: 'generated', directory: experiment.directory, bytes: experiment.bytes, seed: experiment.seed },
  );
  return source.ok ? { ok: true, value: transfers(addon, experiment, source.value) } : source;
}

function transfers(addon: NativeAddon, experiment: Experiment, source: NativeSource): Workload {
  const residency = (): number | null => {
    const share = source.residency();
    return share.ok ? share.value : null;
  };
  return {
    start: (one, verify) => addon.startTransfer(source, requestOf(experiment, one, verify)),
    residency,
    prepareCache: () => {
      if (experiment.cache === 'cold') return source.drop();
      return residency() === 1 ? null : source.warm();
    },
    close: () => source.close(),
  };
}

function exchanges(addon: NativeAddon, experiment: Experiment): Workload {
  return {
    start: (one, verify) =>
      addon.startExchange({
        mode: one.mode,
        bytes: one.bytes,
        seed: experiment.seed,
        bufferBytes: bufferBytesOf(one),
        peer: experiment.peer ?? 'process',
        options: optionsOf(experiment),
        verify,
      }),
    residency: () => null,
    prepareCache: () => null,
    close: () => undefined,
  };
}

/** One case as the addon takes it. */
export function requestOf(experiment: Experiment, one: Case, verify: boolean): TransferRequest {
  return {
    mode: one.mode,
    destination: destinationOf(experiment),
    bufferBytes: bufferBytesOf(one),
    options: optionsOf(experiment),
    verify,
  };
}

function destinationOf({ directory, receiver }: Experiment): DestinationRequest {
  if (receiver === null) return { kind: 'file', directory };
  return {
    kind: 'socket',
    receiver: receiver.kind,
    receiverBufferBytes: receiver.bufferBytes,
    ...(receiver.directory === null ? {} : { directory: receiver.directory }),
  };
}

function optionsOf({ pipeBytes, queueDepth }: Experiment): ModeOptions {
  return { ...(pipeBytes === null ? {} : { pipeBytes }), queueDepth };
}

/** Whole-transfer modes have no buffer and ignore it. */
function bufferBytesOf(one: Case): number {
  return one.bufferBytes ?? 1;
}
