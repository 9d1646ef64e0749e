import { expect } from '@playwright/test';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import { type paths, type presets, quickModes, runCommand, titleActions } from './names.ts';
import type { Window } from './pages/window.ts';

type Path = (typeof paths)[keyof typeof paths];
type Preset = (typeof presets)[keyof typeof presets];

/** Over in a moment. */
export const SMALL: ExperimentRequest = {
  path: 'file-to-file',
  modes: ['mmap-write'],
  size: '1MiB',
  buffers: ['64KiB'],
  rounds: 5,
};
/** All that `SMALL` measures: its mode, and the baseline. */
export const smallModes = ['mmap-write', 'read-write'];
/** Has measured something at once, and much is left to do. */
export const MANY_ROUNDS: ExperimentRequest = { ...SMALL, size: '64MiB', rounds: 1000 };
/** Its first transfers, which are not counted, take many seconds: so long a cancel leaves nothing. */
export const SLOW: ExperimentRequest = { ...SMALL, size: '256MiB', buffers: ['32'] };

/** From the palette to the start of a run. */
export async function startRun(window: Window, path: Path, preset: Preset): Promise<void> {
  await window.palette.run(runCommand);
  await answer(window, path, preset);
}

/** Answers the two questions of a run. */
export async function answer(window: Window, path: Path, preset: Preset): Promise<void> {
  await window.palette.pick(path);
  await window.palette.pick(preset);
}

/** Opens an experiment file, and runs it by the action in its title. */
export async function startFile(window: Window, name: string): Promise<void> {
  await window.explorer.open(name);
  // Before its text is there, the title of an editor does not know its file.
  await expect.poll(() => window.editor.text()).toContain('{');
  await window.editor.action(titleActions.runFile).click();
}

/** Long enough for a machine with two busy cores. */
const quickRunMs = 120_000;

export async function expectComplete(window: Window, modes: readonly string[] = quickModes): Promise<void> {
  await window.result.expectStatus('complete', quickRunMs);
  expect(await window.result.modes()).toEqual(modes);
}
