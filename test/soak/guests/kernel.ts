/** Kernels of Debian, fetched once into the cache folder of this project: the image, and the modules that come with it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cached, cacheFolder } from '../../../scripts/lib/folders.mjs';
import { run } from '../../../scripts/lib/run.mjs';
import { type Outcome, ok, refuse } from '../../../src/model/problems.ts';

export interface Kernel {
  /** As `uname -r` says it there. */
  readonly release: string;
  /** What a boot loader takes. */
  readonly image: string;
  /** Folder of the modules' files, packed by xz or not. */
  readonly modules: string;
}

/**
 * The newest of Debian's small kernels for virtual machines that this machine's package lists have, or one fetched before.
 *
 * @param series such as 6.12
 */
export async function debianKernel(series: string): Promise<Outcome<Kernel>> {
  const here = fetchedBefore(series);
  if (here !== undefined) return ok(kernelIn(here));
  const newest = packagesOf(series).at(-1);
  if (newest === undefined) {
    return refuse('no-package', `The package lists of this machine have no cloud kernel ${series} of Debian's.`, '');
  }
  try {
    const folder = await cached(path.join('kernels', newest), (partial) => fetch(newest, partial));
    return ok(kernelIn(folder));
  } catch (error) {
    const [what = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return refuse('not-fetched', what, '');
  }
}

async function fetch(name: string, folder: string): Promise<void> {
  await run('apt-get', ['download', '--quiet', name], { cwd: folder, what: `Fetching ${name}` });
  const [file = ''] = readdirSync(folder);
  await run('dpkg', ['--extract', file, '.'], { cwd: folder, what: `Unpacking ${name}` });
  rmSync(path.join(folder, file));
}

/** linux-image-6.12.117+deb12-cloud-amd64-unsigned and its like, as far as they can be had; the oldest is first. */
function packagesOf(series: string): readonly string[] {
  // Where there is no apt there is no output.
  const { stdout } = spawnSync('apt-cache', ['pkgnames', `linux-image-${series}.`], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .filter((name) => name.endsWith('-cloud-amd64-unsigned'))
    .filter((name) => spawnSync('apt-cache', ['show', '--no-all-versions', name]).status === 0)
    .sort(byNumbers);
}

function fetchedBefore(series: string): string | undefined {
  const parent = path.join(cacheFolder(), 'kernels');
  if (!existsSync(parent)) return undefined;
  const newest = readdirSync(parent)
    .filter((name) => name.startsWith(`linux-image-${series}.`) && name.endsWith('-unsigned'))
    .sort(byNumbers)
    .at(-1);
  return newest === undefined ? undefined : path.join(parent, newest);
}

function byNumbers(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function kernelIn(folder: string): Kernel {
  const boot = path.join(folder, 'boot');
  const image = readdirSync(boot).find((name) => name.startsWith('vmlinuz-'));
  if (image === undefined) throw new Error(`${folder} holds no kernel; remove it, and it is fetched again.`);
  const release = image.slice('vmlinuz-'.length);
  return { release, image: path.join(boot, image), modules: path.join(folder, 'lib', 'modules', release) };
}

export interface Module {
  readonly name: string;
  /** What the kernel loads. */
  readonly content: Buffer;
}

/** These modules and all they depend on, in the order to load them in. What is built into the kernel is not among them. */
export function modulesOf(kernel: Kernel, wanted: readonly string[]): readonly Module[] {
  const files = new Map<string, string>();
  for (const file of readdirSync(kernel.modules, { recursive: true, encoding: 'utf8' })) {
    const name = /([^/]+)\.ko(\.xz)?$/.exec(file)?.[1];
    if (name !== undefined) files.set(sameName(name), path.join(kernel.modules, file));
  }
  const loaded = new Map<string, Module>();
  const load = (name: string) => {
    const file = files.get(name);
    if (file === undefined || loaded.has(name)) return;
    const content = unpacked(file);
    for (const needed of dependenciesOf(content)) load(needed);
    loaded.set(name, { name, content });
  };
  for (const name of wanted) load(sameName(name));
  return [...loaded.values()];
}

/** File names have a hyphen where the kernel has an underscore, or not. */
function sameName(name: string): string {
  return name.replaceAll('-', '_');
}

function unpacked(file: string): Buffer {
  if (!file.endsWith('.xz')) return readFileSync(file);
  const { status, stdout, stderr } = spawnSync('xz', ['--decompress', '--stdout', file], { maxBuffer: 64 << 20 });
  if (status !== 0) throw new Error(`xz cannot unpack ${file}: ${stderr}`);
  return stdout;
}

/** Its section .modinfo has strings: `depends=a,b` and `softdep=pre: c`, which is wanted too (kernel: linux/module.h). */
function dependenciesOf(content: Buffer): readonly string[] {
  const text = content.toString('latin1');
  const hard = /\0depends=([^\0]*)\0/.exec(text)?.[1]?.split(',') ?? [];
  const soft = [...text.matchAll(/\0softdep=pre:\s*([^\0]*)\0/g)].flatMap(([, names = '']) => names.split(/\s+/));
  return [...hard, ...soft].filter((name) => name !== '').map(sameName);
}
