/** Puts stacks into the format that test/unit/evidence/recorded.ts reads: each function and each call is there once. */
import type { RecordedStack, RecordedTransfers, Recording } from '../../unit/evidence/recorded.ts';

/** Of one case. */
export type Transfers = Omit<RecordedTransfers, 'emulated'>;

export function encode(
  host: Pick<Recording, 'kernel' | 'cpuFlags' | 'emulated'>,
  transfers: readonly Transfers[],
): Recording {
  const functions = new Numbers<readonly string[]>();
  const calls = new Numbers<readonly [called: number, from: number]>();
  const callOf = (frames: readonly (readonly string[])[]) =>
    frames.reduceRight((from, names) => calls.of([functions.of(names), from]), -1);
  const cases = transfers.map(({ stacks, ...one }) => ({
    ...one,
    stacks: seenAgain(stacks).map(
      ({ thread, frames, user, count }) => [thread, user ?? callOf(frames), count] as const,
    ),
  }));
  return { ...host, functions: functions.all, calls: calls.all, cases };
}

/** Stacks that were met once only are many, and prove nothing. The most frequent first. */
function seenAgain(stacks: readonly RecordedStack[]): readonly RecordedStack[] {
  return stacks.filter(({ count }) => count > 1).sort((one, other) => other.count - one.count);
}

/** Gives each value a number: the same one to the same value. */
class Numbers<T> {
  readonly all: T[] = [];
  private readonly known = new Map<string, number>();

  of(value: T): number {
    const key = JSON.stringify(value);
    const before = this.known.get(key);
    if (before !== undefined) return before;
    this.known.set(key, this.all.length);
    return this.all.push(value) - 1;
  }
}

/** One line for the functions, one for the calls, one for each case. */
export function print({ kernel, cpuFlags, emulated, functions, calls, cases }: Recording): string {
  const lines = cases.map((one) => JSON.stringify(one)).join(',\n');
  return `{
"kernel":${JSON.stringify(kernel)},"cpuFlags":${JSON.stringify(cpuFlags)},"emulated":${emulated},
"functions":${JSON.stringify(functions)},
"calls":${JSON.stringify(calls)},
"cases":[
${lines}
]}
`;
}
