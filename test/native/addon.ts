import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { XXHash3 } from 'xxhash-addon';
import type {
  DestinationRequest,
  NativeAddon,
  NativeError,
  NativeSource,
  NativeTransfer,
  Outcome,
  TransferMeasurement,
  TransferRequest,
} from '../../native/addon.d.ts';
import { modeDescriptors } from '../../src/model/modes/catalogue.ts';
import { FILE_PATHS } from '../../src/model/paths.ts';
import type { PathId } from '../../src/model/result/path.ts';

const require = createRequire(import.meta.url);
const built = fileURLToPath(new URL('../../build/Release/', import.meta.url));

/** The addon as it ships. */
export const addonFile = path.join(built, 'zero_copy_lab.node');
export const addon = require(addonFile) as NativeAddon;

/** The same, and the modes that lie. */
export const liarsFile = path.join(built, 'zero_copy_lab_liars.node');

export function load(file: string): NativeAddon {
  return require(file) as NativeAddon;
}

/** The value of an outcome that must be one. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code} in ${outcome.error.call}: ${outcome.error.message}`);
  return outcome.value;
}

/** The error of an outcome that must be one. */
export function error<T>(outcome: Outcome<T>): NativeError {
  if (outcome.ok) throw new Error('This should have failed, and did not.');
  return outcome.error;
}

/** A folder of the test's own, on the filesystem that ZCL_TEST_DIR names, else where temporary files go. */
export class Scratch {
  readonly directory: string;

  constructor() {
    const parent = process.env['ZCL_TEST_DIR'] ?? tmpdir();
    mkdirSync(parent, { recursive: true });
    this.directory = mkdtempSync(path.join(parent, 'zcl-native-'));
  }

  file(name: string): string {
    return path.join(this.directory, name);
  }

  write(name: string, content: Buffer): string {
    return this.sparse(name, content.length, [[0, content]]);
  }

  /** A file of `bytes`, all of them holes but for the marks. */
  sparse(name: string, bytes: number, marks: readonly (readonly [number, Buffer])[] = []): string {
    const file = this.file(name);
    const fd = openSync(file, 'w');
    ftruncateSync(fd, bytes);
    for (const [at, mark] of marks) writeSync(fd, mark, 0, mark.length, at);
    closeSync(fd);
    return file;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The paths there are, by the word for them. */
export function destinations(directory: string, receiverBufferBytes = 65_536): Record<string, DestinationRequest> {
  return {
    'file-to-file': { kind: 'file', directory },
    'file-to-socket': { kind: 'socket', receiverBufferBytes },
  };
}

/** The modes between a producer and a consumer: a file each. */
export const exchangeModes: readonly string[] = readdirSync(new URL('../../native/exchanges/', import.meta.url))
  .map((file) => path.basename(file, '.cc').replaceAll('_', '-'))
  .sort();

export interface Way {
  readonly mode: string;
  readonly path: PathId;
}

/** Every mode on every path it is for whose source is a file, for `test.each`. */
export function everyWay(): Way[] {
  return modeDescriptors().flatMap(({ id, paths }) =>
    paths.filter((path) => FILE_PATHS.includes(path)).map((path) => ({ mode: id, path })),
  );
}

export async function openFile(file: string, from: NativeAddon = addon): Promise<NativeSource> {
  return value(await from.openSource({ kind: 'file', path: file }));
}

export async function transfer(
  source: NativeSource,
  request: TransferRequest,
  from: NativeAddon = addon,
): Promise<TransferMeasurement> {
  return value(await from.startTransfer(source, request).done);
}

/** Until bytes have arrived: then the transfer is in its loop. */
export async function underWay(running: NativeTransfer): Promise<void> {
  let ended = false;
  void running.done.then(() => {
    ended = true;
  });
  while (running.bytesSoFar() === 0) {
    if (ended) throw new Error('The transfer ended before it could be disturbed.');
    await setImmediate();
  }
}

/** Sends up to `nudges` signals, as fast as it can, while a transfer runs. */
export async function stormOver(running: NativeTransfer, nudges: number): Promise<Outcome<TransferMeasurement>> {
  let ended = false;
  void running.done.then(() => {
    ended = true;
  });
  for (let sent = 0; sent < nudges && !ended; sent += 1) {
    running.nudge();
    await setImmediate();
  }
  return running.done;
}

/** XXH3 of a buffer, computed without the addon. */
export function xxh3(content: Buffer): string {
  return XXHash3.hash(content).toString('hex');
}

/** PF_EXITING of <linux/sched.h>, in the flags of proc_pid_stat(5). */
const EXITING = 0x4;

/** A thread that was joined may still be seen for a moment: it says that it has ended before the kernel takes it away. */
function isAlive(thread: string): boolean {
  try {
    const [, fields = ''] = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(/\) (?!.*\) )/);
    return (Number(fields.split(' ')[6]) & EXITING) === 0;
  } catch {
    return false;
  }
}

/** What this process holds: sockets, files below `directory` (also unnamed ones), and threads. */
export function holdings(directory: string): { descriptors: string[]; threads: number } {
  const descriptors = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // the descriptor readdir itself had open
    }
  });
  return {
    descriptors: descriptors.filter((target) => target.startsWith('socket:') || target.startsWith(directory)).sort(),
    threads: readdirSync('/proc/self/task').filter(isAlive).length,
  };
}
