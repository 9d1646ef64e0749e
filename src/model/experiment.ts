/**
 * From what somebody asked for (command line, palette, `*.zcexp.json`) to a complete experiment, or to the one sentence
 * that says what is wrong with it. Pure: whether files exist and disks have room is the lab's business.
 */
import * as l10n from '@vscode/l10n';
import { findMode, modesOfPath } from './modes/catalogue.ts';
import { PATHS } from './paths.ts';
import { presets } from './presets.ts';
import { ok } from './problems.ts';
import { chooseBuffers, chooseDurable, choosePin } from './request/conditions.ts';
import type { ExperimentRequest } from './request/file.ts';
import { chooseKind, presetIdOf } from './request/kind.ts';
import type { Checked } from './request/place.ts';
import { chooseSockets } from './request/sockets.ts';
import { chooseTarget, pathOfTarget } from './request/target.ts';
import { bad, bufferBytes, oneOf, size, unknown, wholeNumber } from './request/values.ts';
import type { Experiment, ReceiverKind, RemoteWay } from './result/experiment.ts';
import type { PathId } from './result/path.ts';
import { KIB } from './units.ts';

export const DEFAULT_RECEIVER_BUFFER_BYTES = 256 * KIB;
/** What an io_uring program usually starts with; deep enough to overlap, small enough for every memlock limit. */
const DEFAULT_QUEUE_DEPTH = 8;
const DEEPEST_QUEUE = 1024;
/** Where a receiver that ssh starts saves, if nothing else is said: on a disk, as far as hier(7) goes. */
const SAVE_THERE = '/var/tmp';
export const RECEIVERS: readonly ReceiverKind[] = [
  'read',
  'discard',
  'splice-null',
  'zerocopy-receive',
  'save',
  'save-splice',
];
const EVIDENCE = ['off', 'auto', 'require'] as const;
/** An `auto` run without a limit of its own ends here. */
const DEFAULT_TIME_LIMIT_SECONDS = 60;
const MOST_ROUNDS = 1000;

/** What the caller found out about the world: the size of the source it stat'ed, and the folder for unnamed files. */
export interface Surroundings {
  readonly directory: string;
  /** Present when the request names a source file. */
  readonly sourceBytes?: number;
  /** Present when the request names a receiver's host: the address that name stands for. */
  readonly receiverAddress?: string;
}

/** The complete experiment, checked against what this version of the lab can do. */
export function resolveExperiment(request: ExperimentRequest, surroundings: Surroundings): Checked<Experiment> {
  const presetId = presetIdOf(request);
  const preset = presets().find((each) => each.id === presetId);
  const path = oneOf(request.path ?? pathOfTarget(request, preset) ?? PATHS[0], PATHS, ['path']);
  if (!path.ok) return path;
  if (preset === undefined)
    return unknown(
      ['preset'],
      presetId,
      presets().map((each) => each.id),
    );
  const kind = chooseKind(request, preset, path.value);
  if (!kind.ok) return kind;
  const modes = chooseModes(request.modes, path.value, preset.modes(path.value));
  if (!modes.ok) return modes;
  const bytes = chooseBytes(request, surroundings, preset.bytes);
  if (!bytes.ok) return bytes;
  const buffers = chooseBuffers(request, preset, kind.value.kind);
  if (!buffers.ok) return buffers;
  const rounds = chooseRounds(request.rounds ?? preset.rounds);
  if (!rounds.ok) return rounds;
  const cache = oneOf(request.cache ?? 'warm', ['warm', 'cold'] as const, ['cache']);
  if (!cache.ok) return cache;
  const target = chooseTarget(request, preset, path.value, surroundings.receiverAddress);
  if (!target.ok) return target;
  const receiver = chooseReceiver(request, path.value, target.value.remote?.way ?? null, surroundings);
  if (!receiver.ok) return receiver;
  const sockets = chooseSockets(request, path.value, kind.value.kind);
  if (!sockets.ok) return sockets;
  const peer = oneOf(request.peer ?? 'process', ['thread', 'process'] as const, ['peer']);
  if (!peer.ok) return peer;
  const pipeBytes = request.pipeSize === undefined ? ok(null) : bufferBytes(request.pipeSize, ['pipeSize']);
  if (!pipeBytes.ok) return pipeBytes;
  const queueDepth = wholeNumber(request.queueDepth ?? DEFAULT_QUEUE_DEPTH, ['queueDepth'], 1, DEEPEST_QUEUE);
  if (!queueDepth.ok) return queueDepth;
  const durable = chooseDurable(request, path.value);
  if (!durable.ok) return durable;
  const pin = choosePin(request, path.value);
  if (!pin.ok) return pin;
  const evidence = oneOf(request.evidence ?? preset.evidence, EVIDENCE, ['evidence']);
  if (!evidence.ok) return evidence;
  const seed = wholeNumber(request.seed ?? 1, ['seed'], 0, 0xffffffff);
  if (!seed.ok) return seed;
  const limit = request.timeLimitSeconds ?? (rounds.value === 'auto' ? DEFAULT_TIME_LIMIT_SECONDS : null);
  if (limit !== null && !(limit > 0 && Number.isFinite(limit))) {
    return bad(
      ['timeLimitSeconds'],
      l10n.t('--time-limit {0} is not a time.', limit),
      l10n.t('Give seconds above 0, such as 60s.'),
    );
  }
  return ok({
    ...kind.value,
    path: path.value,
    preset: request.modes === undefined || request.preset !== undefined ? presetId : null,
    modes: [...modes.value],
    modesChosen: request.modes === undefined ? 'preset' : request.modes === 'all' ? 'all' : 'named',
    bytes: bytes.value,
    buffers: [...buffers.value],
    rounds: rounds.value,
    timeLimitSeconds: limit,
    cache: cache.value,
    source: request.source === undefined ? { kind: 'generated' } : { kind: 'file', path: request.source },
    directory: surroundings.directory,
    ...target.value,
    receiver: receiver.value,
    ...sockets.value,
    peer: path.value === 'process-to-process' ? peer.value : null,
    pipeBytes: pipeBytes.value,
    queueDepth: queueDepth.value,
    durable: durable.value,
    pin: pin.value,
    evidence: evidence.value,
    latency: request.latency ?? preset.latency,
    seed: seed.value,
  });
}

function chooseReceiver(
  request: ExperimentRequest,
  path: PathId,
  way: RemoteWay | null,
  { directory }: Surroundings,
): Checked<Experiment['receiver']> {
  const kind = oneOf(request.receiver ?? 'read', RECEIVERS, ['receiver']);
  if (!kind.ok) return kind;
  const buffer = bufferBytes(request.receiverBuffer ?? DEFAULT_RECEIVER_BUFFER_BYTES, ['receiverBuffer']);
  if (!buffer.ok) return buffer;
  if (path !== 'file-to-socket') return ok(null);
  const saves = kind.value === 'save' || kind.value === 'save-splice';
  return ok({
    kind: kind.value,
    bufferBytes: buffer.value,
    directory: saves ? folderToSaveIn(request.receiverDirectory, way, directory) : null,
  });
}

/** One that somebody started on another host was told by its own command line where it may save. */
function folderToSaveIn(asked: string | undefined, way: RemoteWay | null, here: string): string | null {
  if (way === 'direct') return null;
  return asked ?? (way === null ? here : SAVE_THERE);
}

function chooseModes(
  asked: ExperimentRequest['modes'],
  path: PathId,
  presetModes: readonly string[],
): Checked<readonly string[]> {
  const here = modesOfPath(path).map((mode) => mode.id);
  if (asked === undefined) return ok(presetModes);
  if (asked === 'all') return ok(here);
  const stranger = asked.findIndex((id) => !here.includes(id));
  if (stranger !== -1) return strangeMode(asked, stranger, path, here);
  if (asked.length === 0)
    return bad(['modes'], l10n.t('--modes is empty.'), l10n.t('Choose from: {0}.', here.join(', ')));
  return ok([...new Set(asked)]);
}

/** A mode that this path does not have: of another path, or of none. */
function strangeMode(
  asked: readonly string[],
  index: number,
  path: PathId,
  here: readonly string[],
): Checked<readonly string[]> {
  const id = asked[index] ?? '';
  const mode = findMode(id);
  const choices = [...here, 'all'];
  if (mode === undefined) return unknown(['modes', index], id, choices);
  return bad(
    ['modes', index],
    l10n.t('--modes "{0}" is not of {1}, but of {2}.', id, path, mode.paths.join(', ')),
    l10n.t('Choose from: {0}.', choices.join(', ')),
  );
}

function chooseBytes(request: ExperimentRequest, { sourceBytes }: Surroundings, preset: number): Checked<number> {
  if (request.source !== undefined) {
    if (request.path === 'process-to-process') {
      return bad(
        ['source'],
        l10n.t('--source has no place in process-to-process: the producer makes the bytes.'),
        l10n.t('Leave it out and give --size.'),
      );
    }
    if (request.size !== undefined) {
      return bad(
        ['size'],
        l10n.t('--size and --source exclude each other.'),
        l10n.t('A source file is moved whole; leave one of them out.'),
      );
    }
    if (sourceBytes === 0) {
      return bad(
        ['source'],
        l10n.t('The source {0} is empty: there is nothing to move.', request.source),
        l10n.t('Choose a file with contents.'),
      );
    }
    return ok(sourceBytes ?? 0);
  }
  return size(request.size ?? preset, ['size']);
}

function chooseRounds(rounds: number | 'auto'): Checked<number | 'auto'> {
  return rounds === 'auto' ? ok(rounds) : wholeNumber(rounds, ['rounds'], 1, MOST_ROUNDS);
}
