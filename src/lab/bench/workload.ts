/** What the cases of an experiment move: a source that all share, or bytes a producer makes anew each time. */

import type {
  DestinationRequest,
  ExchangeRequest,
  ModeOptions,
  NativeAddon,
  NativeSource,
  NativeTransfer,
  Outcome,
  SourceRequest,
  TransferRequest,
} from '../../../native/addon.d.ts';
import { streamsOf } from '../../model/caseSettings.ts';
import { objectBytesOf } from '../../model/caseSize.ts';
import { distinctObjects } from '../../model/plan.ts';
import type { Case } from '../../model/result/case.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Problem } from '../../model/result/problem.ts';
import { countedAt, type InterfaceBytes } from '../host/counters.ts';
import { LOOPBACK } from '../host/interface.ts';
import { systemErrorOf } from '../systemError.ts';
import { Destinations } from './elsewhere.ts';
import { bytesOf, type Laboratories } from './laboratories.ts';
import type { Remote } from './remote.ts';

/** What a transfer is made for, beside being timed as a whole. */
export type Purpose = Pick<TransferRequest, 'verify' | 'latency' | 'traceCalls' | 'bytesPerSecond'>;

export interface Workload {
  start(one: Case, purpose: Purpose): NativeTransfer;
  /** Share of what the case moves in the page cache, null where unknown or where there is no source. */
  residency(one: Case): number | null;
  /** Brings what the case moves into the cache state the experiment asks for, or null where it is in that state. */
  prepareCache(one: Case): Promise<Outcome<null>> | null;
  /** What the interface counted so far that the bytes of the case leave by; null where they leave by none. */
  interfaceBytes(one: Case): InterfaceBytes | null;
  /** Why the next transfer would go into another folder than those before; null where it would not. */
  elsewhere(): Problem | null;
  close(): void;
}

/**
 * Opens or makes what the experiment moves.
 * @param laboratories that it moves through, if through any
 * @param remote that it moves to, if to another host
 */
export async function openWorkload(
  addon: NativeAddon,
  experiment: Experiment,
  laboratories: Laboratories,
  remote: Remote | null,
): Promise<Outcome<Workload>> {
  if (experiment.path === 'process-to-process') return { ok: true, value: exchanges(addon, experiment) };
  const destinations = openDestinations(experiment);
  if (!destinations.ok) return destinations;
  const sources = await openSources(addon, experiment);
  if (!sources.ok) {
    destinations.value.close();
    return sources;
  }
  return {
    ok: true,
    value: transfers(
      addon,
      experiment,
      { sources: sources.value, destinations: destinations.value },
      laboratories,
      remote,
    ),
  };
}

function openDestinations(experiment: Experiment): Outcome<Destinations> {
  try {
    return { ok: true, value: Destinations.open(experiment) };
  } catch (error) {
    return { ok: false, error: { ...systemErrorOf(error, experiment.directory), path: experiment.directory } };
  }
}

/** The sources of an experiment, by the size of their objects; the one source of another kind has none. */
type Sources = ReadonlyMap<number | null, NativeSource>;

async function openSources(addon: NativeAddon, experiment: Experiment): Promise<Outcome<Sources>> {
  const opened = new Map<number | null, NativeSource>();
  for (const [objectBytes, request] of sourceRequests(experiment)) {
    const source = await addon.openSource(request);
    if (!source.ok) {
      for (const other of opened.values()) other.close();
      return source;
    }
    opened.set(objectBytes, source.value);
  }
  return { ok: true, value: opened };
}

function sourceRequests(experiment: Experiment): ReadonlyMap<number | null, SourceRequest> {
  const { directory, bytes, seed, source, objectSizes } = experiment;
  if (objectSizes !== null) {
    return new Map(
      objectSizes.map((size) => [
        size,
        { kind: 'objects', directory, bytes: size, count: distinctObjects(experiment, size), seed },
      ]),
    );
  }
  return new Map([[null, source.kind === 'file' ? source : { kind: 'generated', directory, bytes, seed }]]);
}

function transfers(
  addon: NativeAddon,
  experiment: Experiment,
  { sources, destinations }: { readonly sources: Sources; readonly destinations: Destinations },
  laboratories: Laboratories,
  remote: Remote | null,
): Workload {
  const sourceOf = (one: Case): NativeSource => {
    const source = sources.get(objectBytesOf(one));
    if (source === undefined) throw new RangeError(`no source of objects of ${objectBytesOf(one)} bytes`);
    return source;
  };
  const residency = (one: Case): number | null => {
    const share = sourceOf(one).residency();
    return share.ok ? share.value : null;
  };
  return {
    start: (one, purpose) =>
      addon.startTransfer(sourceOf(one), requestOf(experiment, one, purpose, remote), laboratories.of(one)),
    residency,
    prepareCache: (one) => {
      if (experiment.cache === 'cold') return sourceOf(one).drop();
      return residency(one) === 1 ? null : sourceOf(one).warm();
    },
    interfaceBytes: (one) => {
      if (one.path !== 'file-to-socket') return null;
      const laboratory = laboratories.of(one);
      if (laboratory !== undefined) return bytesOf(laboratory);
      const link = remote === null ? LOOPBACK : remote.interface;
      return link === null ? null : countedAt(link);
    },
    elsewhere: () => destinations.elsewhere(),
    close: () => {
      for (const source of sources.values()) source.close();
      destinations.close();
    },
  };
}

function exchanges(addon: NativeAddon, experiment: Experiment): Workload {
  return {
    start: (one, purpose) =>
      addon.startExchange({
        mode: one.mode,
        bytes: one.bytes,
        seed: experiment.seed,
        bufferBytes: bufferBytesOf(one),
        peer: experiment.peer ?? 'process',
        options: optionsOf(experiment),
        ...cpusOf(experiment),
        ...purpose,
      }),
    residency: () => null,
    prepareCache: () => null,
    interfaceBytes: () => null,
    elsewhere: () => null,
    close: () => undefined,
  };
}

/** One case as the addon takes it. */
export function requestOf(
  experiment: Experiment,
  one: Case,
  purpose: Purpose,
  remote: Remote | null = null,
): TransferRequest {
  // Every object is moved by the same mode on the same path: one of them stands for all where bytes are compared.
  const objects = purpose.verify ? undefined : one.options['objectCount'];
  return {
    mode: one.mode,
    destination: destinationOf(experiment, remote),
    bufferBytes: bufferBytesOf(one),
    options: optionsOf(experiment),
    ...cpusOf(experiment),
    ...(experiment.durable ? { durable: true } : {}),
    ...(typeof objects === 'number' ? { objects } : {}),
    ...socketsOf(experiment, one, purpose),
    ...purpose,
  };
}

/** Bytes are compared of one pass over the source. */
function socketsOf({ durationSeconds, tcp }: Experiment, one: Case, { verify }: Purpose) {
  const streams = streamsOf(one);
  return {
    ...(streams === 1 ? {} : { streams }),
    ...(durationSeconds === null || verify ? {} : { durationNs: Math.round(durationSeconds * 1e9) }),
    ...(tcp === null ? {} : { tcp }),
  };
}

function destinationOf({ directory, receiver }: Experiment, remote: Remote | null): DestinationRequest {
  if (receiver === null) return { kind: 'file', directory };
  if (remote !== null) {
    const { kind, bufferBytes } = receiver;
    return { kind: 'remote', remote: remote.receiver, receiver: kind, receiverBufferBytes: bufferBytes };
  }
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

function cpusOf({ pin }: Experiment): Pick<ExchangeRequest, 'senderCpu' | 'receiverCpu'> {
  if (pin === null) return {};
  return { senderCpu: pin.sender, ...(pin.receiver === null ? {} : { receiverCpu: pin.receiver }) };
}

/** Whole-transfer modes have no buffer and ignore it. */
function bufferBytesOf(one: Case): number {
  return one.bufferBytes ?? 1;
}
