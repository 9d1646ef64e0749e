/** From an experiment to its cases and to the order of each round. */
import { hazardsOf } from './hazards.ts';
import { findMode } from './modes/catalogue.ts';
import type { ModeDescriptor } from './modes/descriptor.ts';
import { pathDescriptor } from './paths.ts';
import { seededRandom, shuffled } from './random.ts';
import type { Case, Experiment } from './result.ts';

/** A whole-transfer mode is compared with the baseline at this buffer. */
export const REFERENCE_BUFFER_BYTES = 65536;

/** The cases of an experiment, in the order of tables. @throws RangeError for a mode the catalogue does not have */
export function planCases(experiment: Experiment): readonly Case[] {
  return experiment.kind === 'hazards' ? hazardCases(experiment) : measuredCases(experiment);
}

/** Every mode meets every hazard of its path, half way. Those that cannot be shown are cases too, and say so. */
function hazardCases(experiment: Experiment): readonly Case[] {
  const atByte = Math.floor(experiment.bytes / 2);
  return experiment.modes.map(requireMode).flatMap((mode) =>
    hazardsOf(experiment.path).map(({ id }) => ({
      ...pending(experiment, mode.id, mode.chunk === 'whole' ? null : Math.min(...experiment.buffers), {
        implied: false,
        control: false,
      }),
      hazard: { kind: id, atByte, report: null },
    })),
  );
}

/**
 * The cases of a measurement: the baseline first (asked for or implied), its control copy, then the modes asked for.
 * Buffer modes give one case per buffer, whole-transfer modes one case in all.
 */
function measuredCases(experiment: Experiment): readonly Case[] {
  const baselineId = pathDescriptor(experiment.path).baseline;
  const asked = experiment.modes.map(requireMode);
  const buffers = [...new Set(experiment.buffers)].sort((a, b) => a - b);
  const reference = asked.some((mode) => mode.chunk === 'whole') ? REFERENCE_BUFFER_BYTES : undefined;
  const baselineBuffers = [...new Set([...buffers, ...(reference === undefined ? [] : [reference])])].sort(
    (a, b) => a - b,
  );
  const baselineAsked = experiment.modes.includes(baselineId);
  const controlBuffer = baselineBuffers.includes(REFERENCE_BUFFER_BYTES)
    ? REFERENCE_BUFFER_BYTES
    : (baselineBuffers.at(-1) as number);
  return [
    ...baselineBuffers.map((bytes) =>
      pending(experiment, baselineId, bytes, { implied: !(baselineAsked && buffers.includes(bytes)), control: false }),
    ),
    pending(experiment, baselineId, controlBuffer, { implied: true, control: true }),
    ...asked
      .filter((mode) => mode.id !== baselineId)
      .flatMap((mode) =>
        (mode.chunk === 'whole' ? [null] : buffers).map((bytes) =>
          pending(experiment, mode.id, bytes, { implied: false, control: false }),
        ),
      ),
  ];
}

/**
 * Index of the case a case is compared with, or null for the baseline itself: the baseline at the same buffer, moving
 * files of the same size. The control is compared with it too.
 */
export function baselineOf(cases: readonly Case[], one: Case): number | null {
  const baselineId = pathDescriptor(one.path).baseline;
  if (one.mode === baselineId && !one.control) return null;
  const buffer = one.bufferBytes ?? REFERENCE_BUFFER_BYTES;
  const index = cases.findIndex(
    (other) =>
      other.mode === baselineId &&
      !other.control &&
      other.bufferBytes === buffer &&
      other.options['objectBytes'] === one.options['objectBytes'],
  );
  return index === -1 ? null : index;
}

/** The order of a round: indexes of the cases, shuffled by the experiment's seed and the round. */
export function roundOrder(experiment: Experiment, caseCount: number, round: number): readonly number[] {
  const random = seededRandom(experiment.seed * 1_000_003 + round);
  return shuffled(
    Array.from({ length: caseCount }, (_, index) => index),
    random,
  );
}

function pending(
  experiment: Experiment,
  mode: string,
  bufferBytes: number | null,
  role: { readonly implied: boolean; readonly control: boolean },
): Case {
  return {
    mode,
    path: experiment.path,
    bufferBytes,
    bytes: experiment.bytes,
    options: optionsOf(experiment, requireMode(mode)),
    ...role,
    status: 'pending',
    reason: null,
    verified: null,
    samples: [],
    summary: null,
    settled: null,
    zerocopy: null,
    latency: null,
    evidence: null,
    predicted: null,
    hazard: null,
  };
}

/** What tells this case from another of the same mode and buffer: only what the path and the mode heed. */
function optionsOf(experiment: Experiment, mode: ModeDescriptor): Case['options'] {
  const { receiver, peer, pipeBytes, queueDepth } = experiment;
  return {
    ...(receiver === null ? {} : { receiver: receiver.kind, receiverBufferBytes: receiver.bufferBytes }),
    ...(peer === null ? {} : { peer }),
    ...(mode.options.includes('pipeBytes') && pipeBytes !== null ? { pipeBytes } : {}),
    ...(mode.options.includes('queueDepth') ? { queueDepth } : {}),
  };
}

function requireMode(id: string): ModeDescriptor {
  const mode = findMode(id);
  if (mode === undefined) throw new RangeError(`unknown mode ${id}`);
  return mode;
}
