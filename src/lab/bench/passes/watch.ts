/** The watching of one case: as many transfers as it takes, and what was seen of them. */
import type { NativeSampler, TransferMeasurement } from '../../../../native/addon.d.ts';
import { labelShares } from '../../../model/evidence/shares.ts';
import type { NamedStack } from '../../../model/evidence/stacks.ts';
import type { Failure } from '../../../model/refusals.ts';
import type { Evidence } from '../../../model/result/evidence.ts';
import type { ByteCounts } from '../../host/counters.ts';
import { byteCounts, grownBy } from '../../host/counters.ts';
import { StackSums } from '../../stackSums.ts';
import type { EvidenceSources } from '../evidenceSources.ts';
import { stopIfCancelled } from '../stopped.ts';
import type { Pass } from './pass.ts';
import { move, prepareCache } from './transfer.ts';

/** With so many samples of its own threads a case has been watched enough, or after so long; by whole transfers. */
const ENOUGH_SAMPLES = 1000;
const ENOUGH_MS = 1500;
/** A prime, so that it does not keep step with the tick of the kernel. */
const MOST_SAMPLES_PER_SECOND = 3989;
const FEWEST_SAMPLES_PER_SECOND = 20;
/** So many of one CPU fit into its ring, which is emptied between transfers (native/measure/perf/sampler.cc). */
const SAMPLES_PER_TRANSFER = 2000;
/** Transfers a case has in the eyes of the progress. */
const TRANSFERS_SHOWN = 8;

/** Evidence without a verdict. */
export type Measured = Omit<Evidence, 'arrows' | 'contradictions'>;

export type Watched =
  | { readonly kind: 'done'; readonly measured: Measured; readonly stacks: readonly NamedStack[] }
  | ({ readonly kind: 'failed' } & Failure);

/** A transfer of the case failed. */
class TransferFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.problem.message);
  }
}

/** @throws Stopped when the run is cancelled */
export async function watchCase(pass: Pass, sources: EvidenceSources, index: number): Promise<Watched> {
  try {
    return { kind: 'done', ...(await new CaseWatch(pass, index).watch(sources)) };
  } catch (error) {
    if (error instanceof TransferFailed) return { kind: 'failed', ...error.failure };
    throw error;
  }
}

class CaseWatch {
  private readonly sums = new StackSums();
  private transfers = 0;
  private bytes = 0;
  private counted: ByteCounts = {
    disk: { readBytes: 0, writtenBytes: 0 },
    interface: { sentBytes: 0, receivedBytes: 0 },
  };

  constructor(
    private readonly pass: Pass,
    private readonly index: number,
  ) {}

  async watch({ scope, symbols, tracesCalls }: EvidenceSources) {
    const { sums } = this;
    await this.sample(scope);
    const calls = tracesCalls ? callsOf(await this.transfer({ traceCalls: true })) : null;
    const stacks = sums.named(symbols);
    const { transfers, bytes, counted } = this;
    const { periodNs, lost } = sums;
    const labels = labelShares(stacks, { bytes, periodNs });
    // Those that have a label of some work: an idle CPU is nobody's.
    const samples = labels.reduce((sum, label) => sum + label.samples, 0);
    return { measured: { transfers, bytes, samples, lost, periodNs, labels, calls, ...counted }, stacks };
  }

  /** Without anything to sample, one transfer for the byte counters. */
  private async sample(scope: EvidenceSources['scope']): Promise<void> {
    const sampler = scope === null ? null : this.pass.addon.openSampler(this.samplesPerSecond(), scope === 'all-cpus');
    // The right to it was there when the pass began. If it is out of descriptors or memory now, the rest is still worth it.
    if (sampler === null || !sampler.ok) {
      await this.watched(null);
      return;
    }
    try {
      const started = performance.now();
      do {
        await this.watched(sampler.value);
      } while (this.sums.ofTransfer < ENOUGH_SAMPLES && performance.now() - started < ENOUGH_MS);
    } finally {
      sampler.value.close();
    }
  }

  /** One transfer with all that is added up. */
  private async watched(sampler: NativeSampler | null): Promise<void> {
    const { document } = this.pass;
    const one = document.caseAt(this.index);
    const counts = () => byteCounts(this.pass.workload.interfaceBytes(one));
    await prepareCache(this.pass, one);
    sampler?.collect(0, 0); // what was sampled until now only takes up room
    const before = counts();
    const { bytes, startedNs, wallNs } = await this.transfer({});
    this.counted = grownBy(this.counted, before, counts());
    const sampled = sampler?.collect(startedNs, startedNs + wallNs);
    if (sampled?.ok) this.sums.add(sampled.value);
    this.transfers++;
    this.bytes += bytes;
  }

  private async transfer(purpose: { readonly traceCalls?: boolean }): Promise<TransferMeasurement> {
    stopIfCancelled(this.pass.cancelled);
    const done = this.index * TRANSFERS_SHOWN + Math.min(this.transfers, TRANSFERS_SHOWN - 1);
    const planned = this.pass.document.result.cases.length * TRANSFERS_SHOWN;
    const place = { phase: 'evidence', round: null, done, planned } as const;
    const moved = await move(this.pass, this.index, { verify: false, ...purpose }, place);
    if (moved.kind === 'failed') throw new TransferFailed(moved);
    return moved.measurement;
  }

  /** What fits into a ring, by the slowest transfer so far. */
  private samplesPerSecond(): number {
    const slowestNs = Math.max(...this.pass.document.caseAt(this.index).samples.map(({ wallNs }) => wallNs));
    const fitting = Math.floor(SAMPLES_PER_TRANSFER / (slowestNs / 1e9));
    return Math.max(FEWEST_SAMPLES_PER_SECOND, Math.min(MOST_SAMPLES_PER_SECOND, fitting));
  }
}

/** Both counts of one and the same transfer. */
function callsOf({ sender, tracedCalls }: TransferMeasurement): Evidence['calls'] {
  if (tracedCalls === null) return null;
  return { counted: Object.values(sender.calls).reduce((sum, times) => sum + times, 0), traced: tracedCalls };
}
