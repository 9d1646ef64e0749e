/** A package, taken apart again with what everybody has. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { Machine } from '../../scripts/lib/machines.mjs';
import { canBuildFor } from '../../scripts/lib/machines.mjs';
import { contentsOf, targetNamed } from '../../scripts/lib/targets.mjs';
import { packVsix } from '../../scripts/lib/vsix.mjs';

/** As readelf says them. */
const MACHINES: Readonly<Record<Machine, string>> = { x64: 'Advanced Micro Devices X86-64', arm64: 'AArch64' };

/** Packs the extension for a target, and unpacks it into a folder of its own. */
export async function unpacked(target: string): Promise<Unpacked> {
  const folder = mkdtempSync(path.join(tmpdir(), 'zcl-package-'));
  const { file, bytes } = await packVsix(target, path.join(folder, 'package.vsix'));
  const unpack = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])';
  execFileSync('python3', ['-c', unpack, file, folder]);
  return new Unpacked(folder, file, bytes);
}

export class Unpacked {
  constructor(
    private readonly folder: string,
    readonly file: string,
    readonly bytes: number,
  ) {}

  path(...parts: readonly string[]): string {
    return path.join(this.folder, 'extension', ...parts);
  }

  /** Names of all files of the extension; vsce gives three of them names of its own, which are undone here. */
  files(): readonly string[] {
    const own: Readonly<Record<string, string>> = {
      'readme.md': 'README.md',
      'changelog.md': 'CHANGELOG.md',
      'LICENSE.txt': 'LICENSE',
    };
    return readdirSync(this.path(), { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(this.path(name)).isFile())
      .map((name) => own[name] ?? name);
  }

  /** The platform that VS Code installs it on, or undefined: on any. */
  platform(): string | undefined {
    const manifest = readFileSync(path.join(this.folder, 'extension.vsixmanifest'), 'utf8');
    return /TargetPlatform="([^"]*)"/.exec(manifest)?.[1];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Nothing is missing, nothing is there besides, and each program is for its machine. */
export function expectAsDeclared(its: Unpacked, target: string): void {
  const declared = targetNamed(target);
  // Without a compiler for it, there is no receiver of another machine either.
  const contents = contentsOf(declared).filter(({ compiledFor }) => !compiledFor || canBuildFor(compiledFor));
  expect([...its.files()].sort()).toEqual(contents.map((each) => each.path).sort());
  expect(its.platform()).toBe(declared.platform);
  for (const { path: name, compiledFor } of contents) {
    if (!compiledFor) continue;
    const header = execFileSync('readelf', ['-h', its.path(name)], { encoding: 'utf8' });
    expect(/Machine:\s+(.*)/.exec(header)?.[1], name).toBe(MACHINES[compiledFor]);
  }
}
