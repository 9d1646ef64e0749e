/** All modes, in menu order. Adding a mode: its descriptor file in this folder, its class in native/modes, a line here. */
import type { PathId } from '../result.ts';
import type { ModeDescriptor } from './descriptor.ts';
import { mmapWrite } from './mmapWrite.ts';
import { readWrite } from './readWrite.ts';
import { sendfile } from './sendfile.ts';

const CATALOGUE: readonly (() => ModeDescriptor)[] = [readWrite, mmapWrite, sendfile];

/** Descriptors in the current language. Called late, when the language is known. */
export function modeDescriptors(): readonly ModeDescriptor[] {
  return CATALOGUE.map((descriptor) => descriptor());
}

export function modesOfPath(path: PathId): readonly ModeDescriptor[] {
  return modeDescriptors().filter((mode) => mode.paths.includes(path));
}

/** The descriptor, or undefined for an id of another version of the lab. */
export function findMode(id: string): ModeDescriptor | undefined {
  return modeDescriptors().find((mode) => mode.id === id);
}
