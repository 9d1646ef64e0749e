/** Samples of several transfers, summed up and given names. */
import type { SampledStack, SampledStacks } from '../../native/addon.d.ts';
import { labelOf } from '../model/evidence/classify.ts';
import type { NamedStack } from '../model/evidence/stacks.ts';
import type { CaseStacks } from '../model/evidence/stacksFile.ts';
import type { KernelSymbols } from './symbols.ts';

/** Of a frame whose address has no name. */
const UNKNOWN = '[unknown]';
/** Of a sample in user mode, in memory that is no file's. */
const USER = '[user]';

export class StackSums {
  private readonly stacks = new Map<string, { readonly stack: SampledStack; count: number }>();
  /** CPU time one sample stands for. */
  periodNs = 0;
  lost = 0;
  /** Samples of the transfer's own threads. */
  ofTransfer = 0;

  add(sampled: SampledStacks): void {
    this.periodNs = sampled.periodNs;
    this.lost += sampled.lost;
    for (const stack of sampled.stacks) {
      if (stack.thread !== 'kernel') this.ofTransfer += stack.count;
      const key = [stack.thread, stack.user, ...stack.kernel].join();
      const known = this.stacks.get(key);
      if (known === undefined) this.stacks.set(key, { stack, count: stack.count });
      else known.count += stack.count;
    }
  }

  /** @param symbols null where the kernel hides them: then every frame is without names */
  named(symbols: KernelSymbols | null): NamedStack[] {
    const namesOf = (address: number) => symbols?.namesAt(address) ?? [];
    return [...this.stacks.values()].map(({ stack: { thread, kernel, user }, count }) => ({
      thread,
      // All but the leaf are return addresses: the call itself, which may be the last of its function, is before them.
      frames: kernel.map((address, depth) => namesOf(depth === 0 ? address : address - 1)),
      user,
      count,
    }));
  }
}

/** As the side file has them: one name a frame, and a frame for user mode; without CPUs that had nothing to do. */
export function stacksForFile(stacks: readonly NamedStack[]): CaseStacks['stacks'] {
  return stacks
    .filter((stack) => labelOf(stack) !== 'idle')
    .map(({ thread, frames, user, count }) => ({
      thread,
      frames: user === null ? frames.map(plainest) : [user === '' ? USER : user],
      count,
    }));
}

/** `memcpy` rather than `__memcpy` or `__pi_memcpy`. */
function plainest(names: readonly string[]): string {
  return names.find((name) => !name.startsWith('_')) ?? names[0] ?? UNKNOWN;
}
