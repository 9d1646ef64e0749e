import type { TestContext } from 'vitest';
import { skip } from '../skip.ts';
import { addon, destinations, type Scratch, value, type Way } from './addon.ts';

/** How a kernel or a filesystem says that it does not do what a mode asks for. Anything else is a failure. */
const REFUSALS = ['EOPNOTSUPP', 'ENOSYS', 'EPERM'];

/** What one small transfer tells about a way in the folder of a test. */
export interface Trial {
  /** Why the way does not work there; null where it does. */
  readonly refused: string | null;
  /** The copy got the blocks of its source, and no data moved. */
  readonly shares: boolean;
}

export async function trial({ mode, path }: Way, scratch: Scratch): Promise<Trial> {
  const { directory } = scratch;
  const source = value(await addon.openSource({ kind: 'generated', directory, bytes: 65_536, seed: 1 }));
  const destination = destinations(directory)[path];
  if (destination === undefined) throw new Error(path);
  const request = { mode, destination, bufferBytes: 65_536, verify: false };
  const outcome = await addon.startTransfer(source, request).done;
  source.close();
  if (!outcome.ok && REFUSALS.includes(outcome.error.code)) {
    const { code, call, message } = outcome.error;
    return { refused: `${mode} does not work in ${directory}: ${code} in ${call}. ${message}`, shares: false };
  }
  return { refused: null, shares: (value(outcome).observed['sharedBytes'] ?? 0) > 0 };
}

/** For tests that need the way to work. */
export async function skipWhereRefused(context: TestContext, way: Way, scratch: Scratch): Promise<void> {
  const { refused } = await trial(way, scratch);
  if (refused !== null) skip(context, refused);
}

/** For tests that disturb a transfer in the middle. */
export async function skipWithoutMiddle(context: TestContext, way: Way, scratch: Scratch): Promise<void> {
  const { shares } = await trial(way, scratch);
  if (shares) skip(context, `${way.mode} shares blocks in ${scratch.directory}: no data moves, and there is no middle`);
}
