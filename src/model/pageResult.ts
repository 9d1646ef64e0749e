/**
 * What a page gets of a result: everything but the raw samples. Of those a digest is enough for every number, sentence
 * and chart; the samples themselves can be asked for, a page of them at a time (samplePage.ts).
 */
import { counts } from './exclusion.ts';
import type { Case } from './result/case.ts';
import type { Result } from './result/result.ts';
import type { Cost, Sample } from './result/sample.ts';
import { fairnessOf } from './tcp/fairness.ts';
import { tcpOf } from './tcp/reading.ts';

/** A case without what single transfers measured. */
export type CaseOutline = Omit<Case, 'samples'>;

/** What the samples of a case say together. */
export interface Digest {
  /** Transfers that medians and intervals are made from. */
  readonly counted: number;
  readonly warmups: number;
  /** Every transfer but the warm-up, column by column. */
  readonly transfers: Transfers;
  /** Median of the sender's counted calls, call by call. */
  readonly calls: Readonly<Record<string, number>>;
  /** The same of the receiver; empty where there is none. */
  readonly receiverCalls: Readonly<Record<string, number>>;
  /** Of the sender, summed up over the counted transfers: the kernel's split of a single one means little. */
  readonly userNs: number;
  readonly systemNs: number;
  /** Of the counted transfers together; null where each moved the bytes of the case. */
  readonly movedBytes: number | null;
  /** By the names of `Sample.observed`, over all transfers with the warm-up. */
  readonly observed: Readonly<Record<string, Observed>>;
  /** Moved by all transfers with the warm-up, where that was a matter of time; null: the bytes of the case by each. */
  readonly movedInAll: number | null;
  /** What arrived in each interval of the transfer that took the median time; null where nobody looked. */
  readonly course: Course | null;
  /** What the last transfer observed; null where there was none. */
  readonly last: Sample['observed'] | null;
}

/** A transfer as it went on: bytes by interval, of which the last may be shorter. */
export interface Course {
  readonly everyNs: number;
  readonly bytes: readonly number[];
  readonly wallNs: number;
}

/** Columns of equal length, in the order of the rounds. */
export interface Transfers {
  readonly round: readonly number[];
  readonly wallNs: readonly number[];
  /** Null where all moved the bytes of the case. */
  readonly bytes: readonly number[] | null;
  readonly senderCpuNs: readonly number[];
  /** Null where nobody received. */
  readonly receiverCpuNs: readonly number[] | null;
  /** What TCP knew; each null where it was not asked. */
  readonly rttNs: readonly number[] | null;
  readonly minRttNs: readonly number[] | null;
  readonly retransmits: readonly number[] | null;
  /** Jain's index of the streams; null where there was one. */
  readonly fairness: readonly number[] | null;
  /** Places in the columns: of outliers, which count, and of transfers that do not. */
  readonly outliers: readonly number[];
  readonly excluded: readonly number[];
  /** Of those that do not count: how many because the process did not get to run. */
  readonly heldUp: number;
}

export interface Observed {
  readonly least: number;
  readonly most: number;
  readonly total: number;
}

export type PageCase = CaseOutline & { readonly digest: Digest };
export type PageResult = Omit<Result, 'cases'> & { readonly cases: readonly PageCase[] };

/** A case with its samples, or with what was made of them. */
export type Digestible = Pick<Case, 'samples'> | Pick<PageCase, 'digest'>;

/** The same result with digests instead of samples. */
export function pageResultOf(result: Result): PageResult {
  return {
    ...result,
    cases: result.cases.map(({ samples, ...outline }) => ({ ...outline, digest: digestOf({ samples }) })),
  };
}

/** The digest that is at hand, or else made from the samples. */
export function digestOf(one: Digestible): Digest {
  if ('digest' in one) return one.digest;
  const { samples } = one;
  const counted = samples.filter(counts);
  const sum = (quantity: (cost: Cost) => number) => counted.reduce((total, { sender }) => total + quantity(sender), 0);
  return {
    counted: counted.length,
    warmups: samples.filter((sample) => sample.warmup).length,
    transfers: transfersOf(samples.filter((sample) => !sample.warmup)),
    calls: medianCalls(counted.map(({ sender }) => sender)),
    receiverCalls: medianCalls(counted.flatMap(({ receiver }) => receiver ?? [])),
    userNs: sum((cost) => cost.userNs),
    systemNs: sum((cost) => cost.systemNs),
    movedBytes: samples.some((sample) => sample.bytes !== null)
      ? counted.reduce((total, { bytes }) => total + (bytes ?? 0), 0)
      : null,
    observed: observedIn(samples),
    movedInAll: column(samples, ({ bytes }) => bytes)?.reduce((total, bytes) => total + bytes, 0) ?? null,
    course: courseOf(counted),
    last: lastObserved(one),
  };
}

/** What the transfers of a case observed under a name; null where none did. */
export function observedOf(one: Digestible, name: string): Observed | null {
  const all = 'digest' in one ? one.digest.observed : observedIn(one.samples);
  return all[name] ?? null;
}

/** What the last transfer of a case observed; null where there was none. */
export function lastObserved(one: Digestible): Sample['observed'] | null {
  return 'digest' in one ? one.digest.last : (one.samples.at(-1)?.observed ?? null);
}

/** How many transfers there were, with the warm-up and those that do not count. */
export function transferCount(one: Digestible): number {
  return 'digest' in one ? one.digest.warmups + one.digest.transfers.round.length : one.samples.length;
}

function transfersOf(samples: readonly Sample[]): Transfers {
  const twoSided = samples.length > 0 && samples.every((sample) => sample.receiver !== null);
  const places = (wanted: (sample: Sample) => boolean) =>
    samples.flatMap((sample, place) => (wanted(sample) ? [place] : []));
  return {
    round: samples.map((sample) => sample.round),
    wallNs: samples.map((sample) => sample.wallNs),
    bytes: samples.some((sample) => sample.bytes !== null) ? samples.map(({ bytes }) => bytes ?? 0) : null,
    senderCpuNs: samples.map((sample) => sample.sender.cpuNs),
    receiverCpuNs: twoSided ? samples.map((sample) => sample.receiver?.cpuNs ?? 0) : null,
    rttNs: column(samples, (sample) => tcpOf(sample).rttNs),
    minRttNs: column(samples, (sample) => tcpOf(sample).minRttNs),
    retransmits: column(samples, (sample) => tcpOf(sample).retransmits),
    fairness: column(samples, ({ streams }) => fairnessOf(streams)?.jain ?? null),
    outliers: places((sample) => counts(sample) && sample.outlier !== null),
    excluded: places((sample) => sample.excluded !== null),
    heldUp: places((sample) => sample.excluded === 'held-up').length,
  };
}

/** Null unless every transfer has one. */
function column(samples: readonly Sample[], quantity: (sample: Sample) => number | null): readonly number[] | null {
  const values = samples.flatMap((sample) => quantity(sample) ?? []);
  return values.length === 0 || values.length < samples.length ? null : values;
}

function courseOf(counted: readonly Sample[]): Course | null {
  const byTime = counted.toSorted((a, b) => a.wallNs - b.wallNs);
  const sample = byTime[byTime.length >> 1];
  return sample?.intervals == null ? null : { ...sample.intervals, wallNs: sample.wallNs };
}

function medianCalls(costs: readonly Cost[]): Digest['calls'] {
  const names = [...new Set(costs.flatMap(({ calls }) => Object.keys(calls)))];
  return Object.fromEntries(
    names.map((name) => {
      const ascending = costs.map(({ calls }) => calls[name] ?? 0).sort((a, b) => a - b);
      return [name, ascending[ascending.length >> 1] ?? 0];
    }),
  );
}

function observedIn(samples: readonly Sample[]): Digest['observed'] {
  const all: Record<string, Observed> = {};
  for (const { observed } of samples) {
    for (const [name, value] of Object.entries(observed)) {
      const { least, most, total } = all[name] ?? { least: value, most: value, total: 0 };
      all[name] = { least: Math.min(least, value), most: Math.max(most, value), total: total + value };
    }
  }
  return all;
}
