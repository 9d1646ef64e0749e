import { expect } from '@playwright/test';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { run } from '../../scripts/lib/run.mjs';
import type { VsCode } from './host.ts';
import { type paths, type presets, quickModes, runCommand } from './names.ts';
import type { Window } from './pages/window.ts';

type Path = (typeof paths)[keyof typeof paths];
type Preset = (typeof presets)[keyof typeof presets];

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

/** Long enough for a machine with two busy cores. */
const quickRunMs = 60_000;

export async function expectComplete(window: Window, modes: readonly string[] = quickModes): Promise<void> {
  await window.result.expectStatus('complete', quickRunMs);
  expect(await window.result.modes()).toEqual(modes);
}

/** A small result, made without VS Code. */
export async function makeResult(vscode: VsCode, folder: string, file: string): Promise<void> {
  const options = ['--size', '1MiB', '--buffers', '64KiB', '--rounds', '5', '--dir', folder, '--json', file];
  await run(process.execPath, [inRepository('dist', 'cli.js'), 'run', ...options], {
    env: { ...process.env, ...vscode.env },
    timeoutMs: quickRunMs,
  });
}
