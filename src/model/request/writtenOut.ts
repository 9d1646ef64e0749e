/** A preset as the text of an experiment file, for somebody who wants another one like it. */

import { modesOfPath } from '../modes/catalogue.ts';
import type { Preset } from '../presets.ts';
import type { PathId } from '../result/path.ts';
import { GIB, KIB, MIB } from '../units.ts';
import type { ExperimentRequest } from './file.ts';
import { EXPERIMENT_FORMAT } from './format.ts';

/**
 * All that the preset says, so that every part of it can be changed where it stands. Hazards alone keep their preset's
 * name: nothing else asks for them.
 */
export function writtenOut(preset: Preset, path: PathId): ExperimentRequest {
  const modes = preset.modes(path);
  const all = modesOfPath(path).every(({ id }) => modes.includes(id));
  return {
    format: EXPERIMENT_FORMAT,
    version: 1,
    ...(preset.kind === 'hazards' ? { preset: preset.id } : {}),
    path,
    modes: all ? 'all' : [...modes],
    size: sizeText(preset.bytes),
    buffers: preset.buffers.map(sizeText),
    ...(preset.kind === 'objects' ? { objects: (preset.objectSizes ?? []).map(sizeText) } : {}),
    ...(preset.kind === 'equal-rate' ? { rate: 'auto' } : {}),
    ...(preset.to === undefined ? {} : { to: [...preset.to] }),
    rounds: preset.rounds,
    ...(preset.kind === 'hazards' ? {} : { cache: 'warm', evidence: preset.evidence, latency: preset.latency }),
  };
}

/** As a file or a command line has it: `64KiB`; bytes that make up no whole unit stay a number. */
function sizeText(bytes: number): string | number {
  for (const [unit, size] of [
    ['GiB', GIB],
    ['MiB', MIB],
    ['KiB', KIB],
  ] as const) {
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return bytes;
}
