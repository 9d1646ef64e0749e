/** From an experiment to its cases and to the order of each round. */

import * as l10n from '@vscode/l10n';
import { caseSettings } from './caseSettings.ts';
import { objectBytesOf } from './caseSize.ts';
import { hazardsOf } from './hazards.ts';
import { settingsText } from './laboratory/settings.ts';
import { findMode } from './modes/catalogue.ts';
import type { ModeDescriptor } from './modes/descriptor.ts';
import type { CaseOutline } from './pageResult.ts';
import { pathDescriptor } from './paths.ts';
import { seededRandom, shuffled } from './random.ts';
import type { Case } from './result/case.ts';
import type { Experiment } from './result/experiment.ts';
import type { Problem } from './result/problem.ts';
import { tcpText } from './tcp/settings.ts';

/** A whole-transfer mode is compared with the baseline at this buffer. */
export const REFERENCE_BUFFER_BYTES = 65536;

/** More files of one size than this say nothing that so many do not. */
const MOST_OBJECTS = 4096;

/** Each keeps a descriptor open for the whole run, and a process may have 1024 in many places (ulimit -n). */
const MOST_DISTINCT_OBJECTS = 128;

/** The cases of an experiment, in the order of tables. @throws RangeError for a mode the catalogue does not have */
export function planCases(experiment: Experiment): readonly Case[] {
  switch (experiment.kind) {
    case 'hazards':
      return hazardCases(experiment);
    case 'objects':
      return throughLaboratories(experiment, objectCases(experiment));
    case 'equal-rate':
      return inEverySetting(experiment, measuredCases(experiment).map(unlessItMovesNothing));
    case 'measurement':
      return inEverySetting(experiment, measuredCases(experiment));
  }
}

/** Every case by every number of streams in every laboratory. */
function inEverySetting(experiment: Experiment, cases: readonly Case[]): readonly Case[] {
  return throughLaboratories(experiment, byStreams(experiment, cases.map(unlessItWaitsForWhatIsHeldBack)));
}

/** Every case by every number of streams; but one control is enough for a run. */
function byStreams({ streams }: Experiment, cases: readonly Case[]): readonly Case[] {
  return streams.flatMap((count, place) =>
    cases
      .filter((one) => place === 0 || !one.control)
      .map((one) => (count === 1 ? one : { ...one, options: { ...one.options, streams: count } })),
  );
}

/** Every case in every laboratory, so that all of them take turns in a round; but one control is enough for a run. */
function throughLaboratories({ laboratories }: Experiment, cases: readonly Case[]): readonly Case[] {
  if (laboratories === null) return cases;
  return laboratories.flatMap((laboratory, place) =>
    cases
      .filter((one) => place === 0 || !one.control)
      .map((one) => ({ ...one, options: { ...one.options, laboratory: settingsText(laboratory) } })),
  );
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

/** The baseline with every size of object, its control copy with one of them, then the other modes with every size. */
function objectCases(experiment: Experiment): readonly Case[] {
  const baselineId = pathDescriptor(experiment.path).baseline;
  const asked = experiment.modes.map(requireMode);
  const sizes = [...new Set(experiment.objectSizes ?? [])].sort((a, b) => a - b);
  const controlSize = sizes.includes(REFERENCE_BUFFER_BYTES) ? REFERENCE_BUFFER_BYTES : (sizes.at(-1) as number);
  const ofSize = (mode: string, bytes: number, role: Role) => objectCase(experiment, mode, bytes, role);
  const implied = !experiment.modes.includes(baselineId);
  return [
    ...sizes.map((bytes) => ofSize(baselineId, bytes, { implied, control: false })),
    ofSize(baselineId, controlSize, { implied: true, control: true }),
    ...asked
      .filter((mode) => mode.id !== baselineId)
      .flatMap((mode) => sizes.map((bytes) => ofSize(mode.id, bytes, { implied: false, control: false }))),
  ];
}

/** As many objects as make up the bytes of the experiment, through a buffer no larger than one of them. */
function objectCase(experiment: Experiment, mode: string, objectBytes: number, role: Role): Case {
  const objectCount = objectsOf(experiment, objectBytes);
  const bufferBytes = Math.min(objectBytes, ...experiment.buffers);
  const one = pending(experiment, mode, requireMode(mode).chunk === 'whole' ? null : bufferBytes, role);
  return { ...one, bytes: objectBytes * objectCount, options: { ...one.options, objectBytes, objectCount } };
}

function objectsOf({ bytes }: Experiment, objectBytes: number): number {
  return Math.min(MOST_OBJECTS, Math.max(1, Math.round(bytes / objectBytes)));
}

/** Files of a size that there are to be moved, over and over where a transfer moves more. */
export function distinctObjects(experiment: Experiment, objectBytes: number): number {
  return Math.min(MOST_DISTINCT_OBJECTS, objectsOf(experiment, objectBytes));
}

/** A rate is of data that moves. */
function unlessItMovesNothing(one: Case): Case {
  const mode = requireMode(one.mode);
  if (mode.moves !== 'sharing') return one;
  const reason: Problem = {
    code: 'moves-no-data',
    message: l10n.t('{0} moves no data, so it has no rate to be paced to.', mode.name),
    hint: l10n.t('Measure it without --rate.'),
  };
  return { ...one, status: 'unsupported', reason };
}

/** A mode that goes on when its bytes have been acknowledged, while TCP waits for more of them, stands still in between. */
function unlessItWaitsForWhatIsHeldBack(one: Case): Case {
  const mode = requireMode(one.mode);
  const held = mode.awaits === 'end' ? ['cork'] : mode.awaits === 'each' ? ['cork', 'msg-more'] : [];
  const setting = String(one.options['tcp'] ?? '')
    .split(', ')
    .find((each) => held.includes(each));
  if (setting === undefined) return one;
  const reason: Problem = {
    code: 'held-back',
    message: l10n.t(
      '{0} waits until its bytes have arrived, and with {1} TCP holds the last of them back for 200 ms.',
      mode.name,
      setting,
    ),
    hint: l10n.t('Measure it without.'),
  };
  return { ...one, status: 'unsupported', reason };
}

/**
 * Index of the case a case is compared with, or null for the baseline itself: the baseline at the same buffer, moving
 * files of the same size, in the same settings. The control is compared with it too.
 */
export function baselineOf(cases: readonly CaseOutline[], one: CaseOutline): number | null {
  const baselineId = pathDescriptor(one.path).baseline;
  if (one.mode === baselineId && !one.control) return null;
  const objectBytes = objectBytesOf(one);
  const buffer = one.bufferBytes ?? REFERENCE_BUFFER_BYTES;
  const isLike = (other: CaseOutline) =>
    (objectBytes === null ? other.bufferBytes === buffer : objectBytesOf(other) === objectBytes) &&
    caseSettings(one) === caseSettings(other);
  const index = cases.findIndex((other) => other.mode === baselineId && !other.control && isLike(other));
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

interface Role {
  readonly implied: boolean;
  readonly control: boolean;
}

function pending(experiment: Experiment, mode: string, bufferBytes: number | null, role: Role): Case {
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
    interface: null,
  };
}

/** What tells this case from another of the same mode and buffer: only what the path and the mode heed. */
function optionsOf(experiment: Experiment, mode: ModeDescriptor): Case['options'] {
  const { receiver, peer, pipeBytes, queueDepth, tcp } = experiment;
  return {
    ...(receiver === null ? {} : { receiver: receiver.kind, receiverBufferBytes: receiver.bufferBytes }),
    ...(peer === null ? {} : { peer }),
    ...(tcp === null ? {} : { tcp: tcpText(tcp) }),
    ...(mode.options.includes('pipeBytes') && pipeBytes !== null ? { pipeBytes } : {}),
    ...(mode.options.includes('queueDepth') ? { queueDepth } : {}),
  };
}

function requireMode(id: string): ModeDescriptor {
  const mode = findMode(id);
  if (mode === undefined) throw new RangeError(`unknown mode ${id}`);
  return mode;
}
