/** Ready-made experiments. */
import * as l10n from '@vscode/l10n';
import { modesOfPath } from './modes/catalogue.ts';
import type { Experiment } from './result/experiment.ts';
import type { PathId } from './result/path.ts';
import { KIB, MIB } from './units.ts';

export interface Preset {
  readonly id: string;
  readonly summary: string;
  readonly kind: Experiment['kind'];
  readonly modes: (path: PathId) => readonly string[];
  readonly bytes: number;
  readonly buffers: readonly number[];
  readonly rounds: number;
  /** Sizes of the files of `objects`. */
  readonly objectSizes?: readonly number[];
  /** Where the bytes of a socket go, as `--to` says it; such a preset is about sockets alone. */
  readonly to?: readonly string[];
  /** Passes beside the timed one. */
  readonly evidence: Experiment['evidence'];
  readonly latency: boolean;
}

const ONLY_TIMED = { evidence: 'off', latency: false } as const;

/** Modes of the `quick` preset, path by path. */
const QUICK_MODES: Readonly<Record<PathId, readonly string[]>> = {
  'file-to-file': ['read-write', 'mmap-write', 'sendfile', 'splice'],
  'file-to-socket': ['read-write', 'mmap-write', 'sendfile', 'splice'],
  'process-to-process': ['pipe', 'socketpair', 'vmsplice', 'shared-memory'],
};
/** The three modes of the experiment this lab started from; between processes, copying against sharing. */
const SEED_MODES: Readonly<Record<PathId, readonly string[]>> = {
  'file-to-file': ['read-write', 'mmap-write', 'sendfile'],
  'file-to-socket': ['read-write', 'mmap-write', 'sendfile'],
  'process-to-process': ['pipe', 'shared-memory'],
};

/** Modes that programs choose between for files of any size. */
const OBJECT_MODES: Readonly<Record<PathId, readonly string[]>> = {
  'file-to-file': ['read-write', 'mmap-write', 'sendfile', 'splice', 'copy-file-range'],
  'file-to-socket': ['read-write', 'mmap-write', 'sendfile', 'splice', 'msg-zerocopy'],
  'process-to-process': [],
};
const everyMode = (path: PathId) => modesOfPath(path).map((mode) => mode.id);

/** All presets, in menu order. Called late, when the language is known. */
export function presets(): readonly Preset[] {
  return [
    {
      id: 'quick',
      summary: l10n.t('64 MiB, buffer 64 KiB, 6 rounds: a first look in seconds.'),
      kind: 'measurement',
      modes: (path) => QUICK_MODES[path],
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 6,
      ...ONLY_TIMED,
    },
    {
      id: 'seed',
      summary: l10n.t('16 MiB, buffers from 32 to 512 bytes, 10 rounds: time against buffer size.'),
      kind: 'measurement',
      modes: (path) => SEED_MODES[path],
      bytes: 16 * MIB,
      buffers: [32, 64, 128, 256, 512],
      rounds: 10,
      ...ONLY_TIMED,
    },
    {
      id: 'full',
      summary: l10n.t(
        '256 MiB, buffers from 4 KiB to 4 MiB, 10 rounds, every mode of the path, with evidence and latency.',
      ),
      kind: 'measurement',
      modes: everyMode,
      bytes: 256 * MIB,
      buffers: [4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB],
      rounds: 10,
      evidence: 'auto',
      latency: true,
    },
    {
      id: 'evidence',
      summary: l10n.t('Which copies happened: every mode of the path, 64 MiB, buffer 64 KiB, sampled in the kernel.'),
      kind: 'measurement',
      modes: everyMode,
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 6,
      evidence: 'auto',
      latency: true,
    },
    {
      id: 'objects',
      summary: l10n.t('Many small files or few large ones: sizes from 4 KiB to 64 MiB, with open, close and set-up.'),
      kind: 'objects',
      modes: (path) => OBJECT_MODES[path],
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 6,
      objectSizes: [4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB, 16 * MIB, 64 * MIB],
      ...ONLY_TIMED,
    },
    {
      id: 'equal-rate',
      summary: l10n.t(
        'Every mode of the path paced to one rate: what CPU time and latency each takes for the same work.',
      ),
      kind: 'equal-rate',
      modes: everyMode,
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 6,
      evidence: 'off',
      latency: true,
    },
    {
      id: 'scatter-gather',
      summary: l10n.t(
        'What scatter-gather is worth: sendfile, read + write and MSG_ZEROCOPY through a laboratory with it and without, with evidence.',
      ),
      kind: 'measurement',
      modes: () => ['read-write', 'sendfile', 'msg-zerocopy'],
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 10,
      to: ['lab:sg=on', 'lab:sg=off'],
      evidence: 'auto',
      latency: false,
    },
    {
      id: 'hazards',
      summary: l10n.t('What each mode does when source, receiver or disk change under it; nothing is timed.'),
      kind: 'hazards',
      modes: everyMode,
      // More than the buffers of a socket hold, so that a sender notices a receiver that has stopped.
      bytes: 32 * MIB,
      buffers: [64 * KIB],
      rounds: 1,
      ...ONLY_TIMED,
    },
  ];
}

/**
 * Those that can be chosen: hazards damage a source and objects are generated, so they take none of the user's, and
 * producers have none; a laboratory is a network.
 */
export function presetsFor(path: PathId, ownSource: boolean): readonly Preset[] {
  const generatesFiles = path !== 'process-to-process' && !ownSource;
  return presets()
    .filter(({ kind }) => generatesFiles || (kind !== 'hazards' && kind !== 'objects'))
    .filter(({ to }) => to === undefined || path === 'file-to-socket');
}

/** Those that can be sent to another host: hazards need this one, and a laboratory is its own network. */
export function presetsForHost(): readonly Preset[] {
  return presetsFor('file-to-socket', false).filter(({ kind, to }) => kind !== 'hazards' && to === undefined);
}

/** Those that can be sent through a laboratory. */
export function presetsForLaboratory(): readonly Preset[] {
  return presetsFor('file-to-socket', false).filter(({ kind }) => kind !== 'hazards');
}
