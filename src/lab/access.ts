/** What the kernel allows this process with a file, by its mode, those of its folders, and its mount; a security policy may still forbid it. */
import { accessSync, constants } from 'node:fs';

export function mayRead(file: string): boolean {
  return isAllowed(file, constants.R_OK);
}

export function mayExecute(file: string): boolean {
  return isAllowed(file, constants.X_OK);
}

function isAllowed(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
