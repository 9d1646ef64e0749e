/** Systems other than this one, as far as they can be made on it: what a package does in them. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inRepository, temporaryFolder } from '../../../scripts/lib/folders.mjs';
import { contentsOf, type Target } from '../../../scripts/lib/targets.mjs';
import { PATHS } from '../../../src/model/paths.ts';

export interface System {
  readonly name: string;
  /** What it is by its own words: what the visit's `identity` is to be. */
  readonly identity: Readonly<Record<string, string>>;
  /** Why it cannot be had here, null where it can. */
  obstacle(): string | null;
  /** Brings what it takes, and says how it is entered. */
  prepare(): Promise<Entrance>;
}

/** How to get into a system. */
export interface Entrance {
  /** Starts `sh` there; the words after it are the script's name and arguments. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where its Node and the package are, seen from in there. */
  readonly node: string;
  readonly package: string;
  /** The folder of work: here, and seen from in there. */
  readonly work: { readonly here: string; readonly there: string };
}

/** What was found there: each file that the visit left, by its name. */
export type Findings = ReadonlyMap<string, string>;

/** The same in every system: what it is, what works in it, and a run of every mode on every path. */
const visit = `
cd "$WORK"
zcl() { "$NODE" "$PACKAGE/dist/cli.js" "$@"; }
"$NODE" -p 'const { header } = process.report.getReport(); JSON.stringify({
  node: process.version, arch: process.arch, glibc: header.glibcVersionRuntime, debian: process.env.DEBIAN })' > identity
zcl probe --json > probe.json 2> probe.err
echo $? > probe.code
for path in ${PATHS.join(' ')}; do
  zcl run --path $path --modes all --size 4MiB --buffers 64KiB --rounds 1 --quiet --json $path.json 2> $path.err
  echo $? > $path.code
done
`;

/** @throws Error where the system could not be entered */
export async function findings(system: System): Promise<Findings> {
  const { command, env, node, package: folder, work } = await system.prepare();
  writeFileSync(path.join(work.here, 'visit.sh'), visit);
  const [program = 'sh', ...args] = command;
  const child = spawn(program, [...args, path.join(work.there, 'visit.sh')], {
    env: { ...env, NODE: node, PACKAGE: folder, WORK: work.there, ZERO_COPY_LAB_LOCK_PARENT: work.there },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${system.name} could not be visited: ${complaints}`);
  const names = [
    'identity',
    ...['probe', ...PATHS].flatMap((each) => ['json', 'code', 'err'].map((end) => `${each}.${end}`)),
  ];
  return new Map(names.map((name) => [name, readFileSync(path.join(work.here, name), 'utf8').trim()]));
}

/** What the package of a target holds, laid out as it is when installed. */
export function installed(target: Target): string {
  const folder = temporaryFolder('package');
  for (const { path: name, source } of contentsOf(target)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    copyFileSync(inRepository(source), path.join(folder, name));
  }
  return folder;
}

/** On a disk, where the folder for temporary files may be none. */
export function workFolder(): string {
  const folder = mkdtempSync(path.join(homedir(), 'zero-copy-lab-visit-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
