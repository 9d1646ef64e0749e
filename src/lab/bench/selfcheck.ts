/** The self-check: tools and modes take turns on the same source, round by round. */
import { randomFillSync } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { NativeAddon, NativeSource } from '../../../native/addon.d.ts';
import type { Outcome } from '../../model/problems.ts';
import { describeSystemError, ok, refuse } from '../../model/problems.ts';
import { seededRandom, shuffled } from '../../model/random.ts';
import { explainFailure } from '../../model/refusals.ts';
import type { Host } from '../../model/result/host.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { Comparison, Counterpart, SelfcheckReport } from '../../model/selfcheck.ts';
import { counterparts } from '../../model/selfcheck.ts';
import { MIB } from '../../model/units.ts';
import { LOOPBACK } from '../host/interface.ts';
import { hostFacts } from '../host.ts';
import { checkDirectory } from '../preflight.ts';
import { makeSelfcheckFolder, removeSelfcheckFolder } from '../selfcheckFolder.ts';
import { systemErrorOf } from '../systemError.ts';
import { Stopped } from './stopped.ts';
import { SOURCE, timeTool, type Version, versionOf } from './tools.ts';

const QUEUE_DEPTH = 8;

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
  const { directory, bytes } = request;
  // The source, and one copy at a time.
  const room = await checkDirectory(directory, 2 * bytes);
  if (!room.ok) return room;
  try {
    const host = await hostFacts(addon, directory, LOOPBACK);
    const folder = makeSelfcheckFolder(directory);
    await writeSource(path.join(folder, SOURCE), bytes, cancelled);
    const source = await addon.openSource({ kind: 'file', path: path.join(folder, SOURCE) });
    if (!source.ok) return { ok: false, problem: describeSystemError(source.error) };
    try {
      const work = new Selfcheck(addon, source.value, folder, host, request, cancelled);
      return ok({ host, directory, bytes, comparisons: await work.compareAll(tell) });
    } finally {
      source.value.close();
    }
  } catch (error) {
    if (error instanceof Stopped) return { ok: false, problem: error.problem };
    return { ok: false, problem: describeSystemError(systemErrorOf(error, directory)) };
  } finally {
    removeSelfcheckFolder(directory, process.pid);
  }
}

class Selfcheck {
  constructor(
    private readonly addon: NativeAddon,
    private readonly source: NativeSource,
    private readonly folder: string,
    private readonly host: Host,
    private readonly request: SelfcheckRequest,
    private readonly cancelled: AbortSignal,
  ) {}

  async compareAll(tell: (id: string, fraction: number) => void): Promise<readonly Comparison[]> {
    const { rounds } = this.request;
    const open = await this.chooseCounterparts();
    const random = seededRandom(1);
    // Round 0 warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [nth, one] of shuffled(open, random).entries()) {
        if (one.problem !== null) continue;
        tell(one.counterpart.id, (round + nth / open.length) / (rounds + 1));
        const [tool, lab] = await this.bothTurns(one.counterpart, random() < 0.5);
        stopIfCancelled(this.cancelled);
        // The lab knows more: that nothing has moved, say, where the tool only was quick.
        if (!lab.ok) one.fail(lab.problem);
        else if (!tool.ok) one.fail(tool.problem);
        else if (round > 0) one.add(tool.value, lab.value);
      }
    }
    return open.map((one) => one.comparison());
  }

  /** Those that are about the versions installed here; for a tool that is not installed, the first one of it. */
  private async chooseCounterparts(): Promise<readonly OpenComparison[]> {
    const all = counterparts();
    const chosen: OpenComparison[] = [];
    for (const tool of new Set(all.map((each) => each.tool))) {
      const version = await versionOf(tool, this.cancelled);
      stopIfCancelled(this.cancelled);
      const ofTool = all.filter((each) => each.tool === tool);
      const fitting = ofTool.filter(({ versions }) => version.kind === 'said' && versions.test(version.line));
      const known = fitting.length > 0;
      for (const each of known ? fitting : ofTool.slice(0, 1)) chosen.push(new OpenComparison(each, version, known));
    }
    return chosen;
  }

  private async bothTurns(
    counterpart: Counterpart,
    toolFirst: boolean,
  ): Promise<readonly [tool: Outcome<number>, lab: Outcome<number>]> {
    const toolTurn = () => timeTool(counterpart, this.folder, this.request.bytes, this.cancelled);
    if (toolFirst) return [await toolTurn(), await this.labTurn(counterpart)];
    const lab = await this.labTurn(counterpart);
    return [await toolTurn(), lab];
  }

  private async labTurn(counterpart: Counterpart): Promise<Outcome<number>> {
    const { mode, path: route, bufferBytes } = counterpart;
    const running = this.addon.startTransfer(this.source, {
      mode,
      destination:
        route === 'file-to-file'
          ? { kind: 'file', directory: this.folder }
          : { kind: 'socket', receiverBufferBytes: bufferBytes },
      bufferBytes,
      options: { queueDepth: QUEUE_DEPTH },
      verify: false,
    });
    const cancel = () => running.cancel();
    this.cancelled.addEventListener('abort', cancel, { once: true });
    if (this.cancelled.aborted) cancel();
    const moved = await running.done;
    this.cancelled.removeEventListener('abort', cancel);
    if (!moved.ok) return { ok: false, problem: explainFailure(mode, route, moved.error, this.host).problem };
    const { bytes, wallNs, observed } = moved.value;
    if ((observed['sharedBytes'] ?? 0) > 0) return sharesBlocks(counterpart, this.host);
    if (bytes === this.request.bytes) return ok(wallNs);
    return refuse('SHORT', l10n.t('{0} delivered {1} of {2} bytes.', mode, bytes, this.request.bytes), '');
  }
}

/** A comparison while it is made. */
class OpenComparison {
  problem: Problem | null;
  private readonly toolNs: number[] = [];
  private readonly labNs: number[] = [];

  /** @param known whether the counterpart is about this version */
  constructor(
    readonly counterpart: Counterpart,
    private readonly version: Version,
    known: boolean,
  ) {
    this.problem = known ? null : whyUnknown(counterpart, version);
  }

  add(toolNs: number, labNs: number): void {
    this.toolNs.push(toolNs);
    this.labNs.push(labNs);
  }

  /** Half of the rounds say nothing. */
  fail(problem: Problem): void {
    this.problem = problem;
    this.toolNs.length = 0;
    this.labNs.length = 0;
  }

  comparison(): Comparison {
    const { counterpart, version, problem, toolNs, labNs } = this;
    return { id: counterpart.id, version: version.kind === 'said' ? version.line : null, problem, toolNs, labNs };
  }
}

function whyUnknown({ tool }: Counterpart, version: Version): Problem {
  return version.kind === 'not-installed'
    ? {
        code: 'not-installed',
        message: l10n.t('{0} is not installed.', tool),
        hint: l10n.t('Install it to have its numbers beside those of the lab.'),
      }
    : {
        code: 'unknown-version',
        message: l10n.t('What this {0} does is not known here; it is none of the usual ones.', tool),
        hint: l10n.t('Compare by hand, and look with strace at the calls it makes.'),
      };
}

function sharesBlocks({ tool }: Counterpart, { filesystem }: Host): Outcome<never> {
  return refuse(
    'shares-blocks',
    l10n.t('On {0}, {1} and the mode let both files share their blocks: no data moves.', filesystem.type, tool),
    l10n.t('For speeds to compare, choose a folder on a filesystem that cannot, such as ext4.'),
  );
}

/** Contents that no filesystem can compress, on the disk before anything is measured. @throws Stopped; the system's error */
async function writeSource(file: string, bytes: number, cancelled: AbortSignal): Promise<void> {
  const block = Buffer.alloc(Math.min(bytes, MIB));
  const handle = await open(file, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes; ) {
      stopIfCancelled(cancelled);
      randomFillSync(block);
      at += (await handle.write(block, 0, Math.min(block.length, bytes - at))).bytesWritten;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** @throws Stopped when the self-check is cancelled */
function stopIfCancelled(cancelled: AbortSignal): void {
  if (!cancelled.aborted) return;
  throw new Stopped({
    code: 'cancelled',
    message: l10n.t('The self-check was cancelled.'),
    hint: l10n.t('Nothing of it is left.'),
  });
}
