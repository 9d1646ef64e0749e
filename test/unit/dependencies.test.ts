/** Few dependencies, each known by version, checksum and reason. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './fixtures.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, Manifest & { readonly version?: string; readonly integrity?: string; readonly resolved?: string }>
  >;
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as Lock;
/** Where npm takes a package from that the lockfile gives no place for. */
const REGISTRY = 'https://registry.npmjs.org/';
const locked = Object.entries(lock.packages).filter(([place]) => place !== '');

test('nothing is installed with the package', () => {
  expect(manifest.dependencies ?? {}).toEqual({});
});

test('every package is asked for in one version, which is the one that is locked', () => {
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
  expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
});

test('every package comes from the registry, with a checksum', () => {
  expect(locked.length).toBeGreaterThan(Object.keys(manifest.devDependencies).length);
  for (const [place, { integrity, resolved }] of locked) {
    expect(integrity, place).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(resolved ?? REGISTRY, place).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

test('docs/dependencies.md says of each why it is here, and what of it is shipped', () => {
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(Object.keys(manifest.devDependencies).sort());
  for (const [, name, why, shipped] of rows) {
    expect(why?.trim(), name).not.toBe('');
    expect(shipped?.trim(), name).not.toBe('');
  }
});
