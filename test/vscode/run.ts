import { expect } from '@playwright/test';
import type { Window } from './pages/window.ts';

export const runCommand = 'Zero-Copy: Run zero-copy benchmark';

/** What the two questions offer first, and the other answers the tests give. */
export const paths = { fileToFile: 'File to file', fileToSocket: 'File to socket' } as const;
export const presets = { quick: 'quick', seed: 'seed', full: 'full' } as const;

export const allModes = ['mmap-write', 'read-write', 'sendfile'];

/** From the palette to a page that fills in. */
export async function startRun(
  window: Window,
  path: (typeof paths)[keyof typeof paths],
  preset: (typeof presets)[keyof typeof presets],
): Promise<void> {
  await window.palette.run(runCommand);
  await answer(window, path, preset);
}

export async function answer(
  window: Window,
  path: (typeof paths)[keyof typeof paths],
  preset: (typeof presets)[keyof typeof presets],
): Promise<void> {
  await window.palette.pick(path);
  await window.palette.pick(preset);
}

/** Long enough for a machine with two busy cores. */
export const quickRunMs = 60_000;

export async function expectComplete(window: Window): Promise<void> {
  await window.result.expectStatus('complete', quickRunMs);
  expect(await window.result.modes()).toEqual(allModes);
}
