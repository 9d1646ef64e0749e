/** Ready-made experiments. */
import * as l10n from '@vscode/l10n';
import { modesOfPath } from './modes/catalogue.ts';
import type { Experiment, PathId } from './result.ts';
import { KIB, MIB } from './units.ts';

export interface Preset {
  readonly id: string;
  readonly summary: string;
  readonly kind: Experiment['kind'];
  readonly modes: (path: PathId) => readonly string[];
  readonly bytes: number;
  readonly buffers: readonly number[];
  readonly rounds: number;
}

/** Modes of the `quick` preset, as far as the path has them. */
const QUICK_MODES: readonly string[] = ['read-write', 'mmap-write', 'sendfile', 'splice'];
/** The three modes of the experiment this lab started from. */
const SEED_MODES: readonly string[] = ['read-write', 'mmap-write', 'sendfile'];

/** All presets, in menu order. Called late, when the language is known. */
export function presets(): readonly Preset[] {
  return [
    {
      id: 'quick',
      summary: l10n.t('64 MiB, buffer 64 KiB, 5 rounds: a first look in seconds.'),
      kind: 'measurement',
      modes: among(QUICK_MODES),
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 5,
    },
    {
      id: 'seed',
      summary: l10n.t('16 MiB, buffers from 32 to 512 bytes, 10 rounds: time against buffer size.'),
      kind: 'measurement',
      modes: among(SEED_MODES),
      bytes: 16 * MIB,
      buffers: [32, 64, 128, 256, 512],
      rounds: 10,
    },
    {
      id: 'full',
      summary: l10n.t('256 MiB, buffers from 4 KiB to 4 MiB, 10 rounds, every mode of the path.'),
      kind: 'measurement',
      modes: (path) => modesOfPath(path).map((mode) => mode.id),
      bytes: 256 * MIB,
      buffers: [4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB],
      rounds: 10,
    },
    {
      id: 'hazards',
      summary: l10n.t('What each mode does when source, receiver or disk change under it; nothing is timed.'),
      kind: 'hazards',
      modes: (path) => modesOfPath(path).map((mode) => mode.id),
      // More than the buffers of a socket hold, so that a sender notices a receiver that has stopped.
      bytes: 32 * MIB,
      buffers: [64 * KIB],
      rounds: 1,
    },
  ];
}

function among(wanted: readonly string[]): (path: PathId) => readonly string[] {
  return (path) =>
    modesOfPath(path)
      .map((mode) => mode.id)
      .filter((id) => wanted.includes(id));
}
