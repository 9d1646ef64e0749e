import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../../scripts/lib/folders.mjs';

const output = inRepository('test-output', 'vscode');

export const vsixFile = path.join(output, 'zero-copy-lab.vsix');

/** Where pictures go, for eyes. */
export function testOutput(...parts: string[]): string {
  mkdirSync(output, { recursive: true });
  return path.join(output, ...parts);
}
