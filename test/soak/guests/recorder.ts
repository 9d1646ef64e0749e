/**
 * Records stacks of every mode on every path, in the format of test/unit/evidence/stacks-*.json. A program of its own:
 *   node recorder.js ROOT DIRECTORY > stacks.json
 * ROOT holds build/; in DIRECTORY are the files, which must be on a disk. Root may do this.
 */
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import type {
  NativeAddon,
  Outcome as NativeOutcome,
  NativeSampler,
  NativeSource,
  NativeTransfer,
} from '../../../native/addon.d.ts';
import { loadAddon } from '../../../src/lab/addon.ts';
import { StackSums } from '../../../src/lab/stackSums.ts';
import type { KernelSymbols } from '../../../src/lab/symbols.ts';
import { readKernelSymbols } from '../../../src/lab/symbols.ts';
import { modesOfPath } from '../../../src/model/modes/catalogue.ts';
import type { Outcome } from '../../../src/model/problems.ts';
import { MIB } from '../../../src/model/units.ts';
import type { Recording } from '../../unit/evidence/recorded.ts';
import { encode, print, type Transfers } from './recording.ts';

const bytes = 16 * MIB;
const bufferBytes = 64 * 1024;
/** So many samples of its own threads a case needs, and no more than so many transfers are spent on it. */
const enough = 600;
const transfersAtMost = 40;
const samplesPerSecond = 1999;

type Case = Pick<Transfers, 'mode' | 'path' | 'receiver' | 'peer'>;

const cases: readonly Case[] = [
  ...modesOfPath('file-to-file').map(({ id }) => ({ mode: id, path: 'file-to-file' }) as const),
  ...modesOfPath('file-to-socket').flatMap(({ id }) =>
    (['read', 'discard'] as const).map((receiver) => ({ mode: id, path: 'file-to-socket', receiver }) as const),
  ),
  ...modesOfPath('process-to-process').flatMap(({ id }) =>
    (['thread', 'process'] as const).map((peer) => ({ mode: id, path: 'process-to-process', peer }) as const),
  ),
];

class Recorder {
  constructor(
    private readonly addon: NativeAddon,
    private readonly symbols: KernelSymbols,
    private readonly source: NativeSource,
    private readonly directory: string,
  ) {}

  /** @returns null where the mode does not work here */
  async record(one: Case): Promise<Transfers | null> {
    const sampler = must(this.addon.openSampler(samplesPerSecond, true));
    const sums = new StackSums();
    let moved = 0;
    try {
      for (let transfers = 0; sums.ofTransfer < enough && transfers < transfersAtMost; transfers++) {
        if (!(await this.watch(one, sampler, sums))) return null;
        moved += bytes;
      }
    } finally {
      sampler.close();
    }
    const stacks = sums.named(this.symbols);
    const samples = stacks.reduce((sum, { count }) => sum + count, 0);
    return { ...one, bytes: moved, periodNs: sums.periodNs, samples, stacks };
  }

  private async watch(one: Case, sampler: NativeSampler, sums: StackSums): Promise<boolean> {
    must(sampler.collect(0, 0));
    const outcome = await this.start(one).done;
    if (!outcome.ok) return false;
    const { startedNs, wallNs } = outcome.value;
    sums.add(must(sampler.collect(startedNs, startedNs + wallNs)));
    return true;
  }

  private start({ mode, path, receiver, peer }: Case): NativeTransfer {
    if (peer !== undefined) {
      return this.addon.startExchange({ mode, bytes, seed: 1, bufferBytes, peer, verify: false });
    }
    const destination =
      path === 'file-to-file'
        ? ({ kind: 'file', directory: this.directory } as const)
        : ({ kind: 'socket', receiver: receiver ?? 'read', receiverBufferBytes: bufferBytes } as const);
    return this.addon.startTransfer(this.source, { mode, destination, bufferBytes, verify: false });
  }
}

function must<T>(outcome: Outcome<T> | NativeOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome));
}

function thisHost(): Pick<Recording, 'kernel' | 'cpuFlags' | 'emulated'> {
  const cpu = readFileSync('/proc/cpuinfo', 'utf8');
  const flags = /^flags\s*:(.*)$/m.exec(cpu)?.[1]?.split(' ') ?? [];
  return {
    kernel: release(),
    // Those that decide how the kernel copies.
    cpuFlags: ['erms', 'fsrm'].filter((flag) => flags.includes(flag)),
    emulated: /^model name\s*:.*\bTCG\b/m.test(cpu),
  };
}

async function main(root: string, directory: string): Promise<void> {
  const addon = must(loadAddon(root));
  const table = readKernelSymbols();
  if (table.kind === 'hidden') throw new Error(`no kernel symbols: ${table.code}`);
  const source = must(await addon.openSource({ kind: 'generated', directory, bytes, seed: 1 }));
  const recorder = new Recorder(addon, table.symbols, source, directory);
  const recorded: Transfers[] = [];
  for (const one of cases) {
    const transfers = await recorder.record(one);
    if (transfers !== null) recorded.push(transfers);
  }
  source.close();
  process.stdout.write(print(encode(thisHost(), recorded)));
}

const [, , root = '', directory = ''] = process.argv;
void main(root, directory);
