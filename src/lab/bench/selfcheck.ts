/** The self-check: tools and modes take turns on the same source, round by round. */
import { randomFillSync } from 'node:crypto';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { NativeAddon, NativeSource } from '../../../native/addon.d.ts';
import type { Outcome } from '../../model/problems.ts';
import { describeSystemError, ok, refuse } from '../../model/problems.ts';
import { seededRandom, shuffled } from '../../model/random.ts';
import type { Problem } from '../../model/result.ts';
import type { Comparison, Counterpart, SelfcheckReport } from '../../model/selfcheck.ts';
import { counterparts } from '../../model/selfcheck.ts';
import { MIB } from '../../model/units.ts';
import { hostFacts } from '../host.ts';
import { systemErrorOf } from '../systemError.ts';
import { Stopped, stopIfCancelled } from './stopped.ts';
import { timeTool, versionOf } from './tools.ts';

/** open(2): an unnamed file in a folder. Node has no name for the flag, which holds O_DIRECTORY. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;
const DEFAULT_QUEUE_DEPTH = 8;

export interface SelfcheckRequest {
  readonly directory: string;
  readonly bytes: number;
  readonly rounds: number;
}

/** @param tell says which counterpart is at work and how far all are, 0 to 1 */
export async function selfcheck(
  addon: NativeAddon,
  request: SelfcheckRequest,
  tell: (id: string, fraction: number) => void,
  cancelled: AbortSignal,
): Promise<Outcome<SelfcheckReport>> {
  let source: number | null = null;
  try {
    source = unnamedFile(request.directory);
    fill(source, request.bytes);
    const ours = await addon.openSource({ kind: 'file', path: nameOf(source) });
    if (!ours.ok) return { ok: false, problem: describeSystemError(ours.error) };
    try {
      return ok({
        host: await hostFacts(addon, request.directory, 'file-to-socket'),
        directory: request.directory,
        bytes: request.bytes,
        comparisons: await compareAll(addon, ours.value, source, request, tell, cancelled),
      });
    } finally {
      ours.value.close();
    }
  } catch (error) {
    if (error instanceof Stopped) return { ok: false, problem: error.problem };
    return { ok: false, problem: describeSystemError(systemErrorOf(error, request.directory)) };
  } finally {
    if (source !== null) closeSync(source);
  }
}

async function compareAll(
  addon: NativeAddon,
  ours: NativeSource,
  source: number,
  request: SelfcheckRequest,
  tell: (id: string, fraction: number) => void,
  cancelled: AbortSignal,
): Promise<readonly Comparison[]> {
  const open = await Promise.all(counterparts().map((each) => begin(each, cancelled)));
  const random = seededRandom(1);
  // Round 0 warms up.
  for (let round = 0; round <= request.rounds; round++) {
    for (const [nth, one] of shuffled(open, random).entries()) {
      if (one.problem !== null) continue;
      stopIfCancelled(cancelled);
      tell(one.counterpart.id, (round + nth / open.length) / (request.rounds + 1));
      const turns = [
        () => toolTurn(one.counterpart, source, request, cancelled),
        () => labTurn(addon, ours, one.counterpart, request),
      ];
      const toolFirst = random() < 0.5;
      const first = await (toolFirst ? turns[0] : turns[1])?.();
      const second = await (toolFirst ? turns[1] : turns[0])?.();
      stopIfCancelled(cancelled);
      const [tool, lab] = toolFirst ? [first, second] : [second, first];
      if (tool === undefined || lab === undefined) continue;
      if (!tool.ok) one.problem = tool.problem;
      else if (!lab.ok) one.problem = lab.problem;
      else if (round > 0) {
        one.toolNs.push(tool.value);
        one.labNs.push(lab.value);
      }
    }
  }
  return open.map(({ counterpart, version, problem, toolNs, labNs }) => ({
    id: counterpart.id,
    version,
    problem,
    toolNs,
    labNs,
  }));
}

interface Open {
  readonly counterpart: Counterpart;
  readonly version: string | null;
  problem: Problem | null;
  readonly toolNs: number[];
  readonly labNs: number[];
}

async function begin(counterpart: Counterpart, cancelled: AbortSignal): Promise<Open> {
  const version = await versionOf(counterpart.tool, cancelled);
  const problem =
    version === null
      ? {
          code: 'not-installed',
          message: l10n.t('{0} is not installed.', counterpart.tool),
          hint: l10n.t('Install it to have its numbers beside those of the lab.'),
        }
      : null;
  return { counterpart, version, problem, toolNs: [], labNs: [] };
}

async function toolTurn(
  counterpart: Counterpart,
  source: number,
  { directory, bytes }: SelfcheckRequest,
  cancelled: AbortSignal,
): Promise<Outcome<number>> {
  const copy = unnamedFile(directory);
  const empty = unnamedFile(directory);
  try {
    return await timeTool(counterpart, {
      source: nameOf(source),
      empty: nameOf(empty),
      copy: nameOf(copy),
      bytes,
      cancelled,
    });
  } finally {
    closeSync(copy);
    closeSync(empty);
  }
}

async function labTurn(
  addon: NativeAddon,
  ours: NativeSource,
  { mode, path, bufferBytes }: Counterpart,
  { directory, bytes }: SelfcheckRequest,
): Promise<Outcome<number>> {
  const destination =
    path === 'file-to-file'
      ? ({ kind: 'file', directory } as const)
      : ({ kind: 'socket', receiverBufferBytes: bufferBytes } as const);
  const options = { queueDepth: DEFAULT_QUEUE_DEPTH };
  const moved = await addon.startTransfer(ours, { mode, destination, bufferBytes, options, verify: false }).done;
  if (!moved.ok) return { ok: false, problem: describeSystemError(moved.error) };
  return moved.value.bytes === bytes
    ? ok(moved.value.wallNs)
    : refuse('SHORT', l10n.t('{0} delivered {1} of {2} bytes.', mode, moved.value.bytes, bytes), '');
}

/** A file without a name, so that nothing is left behind however this ends. @throws the system's error */
function unnamedFile(directory: string): number {
  return openSync(directory, O_TMPFILE | constants.O_RDWR, 0o600);
}

/** Leads tools, which are processes of their own, to an open file of this one. */
function nameOf(file: number): string {
  return `/proc/${process.pid}/fd/${file}`;
}

/** Contents that no filesystem can compress. */
function fill(file: number, bytes: number): void {
  const block = Buffer.alloc(Math.min(bytes, MIB));
  for (let at = 0; at < bytes; ) {
    randomFillSync(block);
    at += writeSync(file, block, 0, Math.min(block.length, bytes - at));
  }
}
