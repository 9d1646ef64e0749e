/** The evidence pass of one case with all that its judges look at, and the rules they share. */
import * as l10n from '@vscode/l10n';
import { findMode } from '../modes/catalogue.ts';
import type { ModeDescriptor } from '../modes/descriptor.ts';
import type { Case } from '../result/case.ts';
import type { ArrowVerdict, Evidence, SamplerThread, Tier } from '../result/evidence.ts';
import type { Experiment } from '../result/experiment.ts';
import type { Host } from '../result/host.ts';
import type { Result } from '../result/result.ts';
import { formatPercent } from '../units.ts';
import type { CopyLabelId, LabelId } from './labels.ts';
import { labelName } from './labels.ts';
import { msPerGib } from './shares.ts';
import { FEWEST_SAMPLES, type Share, wilson } from './wilson.ts';

/** A label is seen when the lower bound of its share is at least this: a stray sample or two of a stranger is less. */
export const SEEN_FROM = 0.005;
/** A copy that no step explains is a contradiction when the lower bound of its share is at least this. */
export const CONTRADICTED_FROM = 0.02;
/**
 * No copy out of memory is faster than this, so a copy of N bytes takes N / 20 GiB/s of CPU time at least. That is well
 * above what one core copies between buffers outside its caches (about 10 GB/s), so that absence is never claimed lightly.
 */
const FASTEST_COPY_GIB_PER_SECOND = 20;

/** Who does something: the mode under test with its workers and softirqs, the receiver, or whoever happens to. */
export type Side = 'sender' | 'receiver' | 'anyone';

export interface Pass {
  readonly one: Case;
  readonly mode: ModeDescriptor;
  readonly experiment: Experiment;
  readonly host: Host;
  readonly tiers: readonly Tier[];
  readonly measured: Omit<Evidence, 'arrows' | 'contradictions'>;
}

/** Null for a case that is not there, or of a mode of another version. */
export function passOf(
  result: Pick<Result, 'experiment' | 'host' | 'cases' | 'tiers'>,
  caseIndex: number,
  measured: Pass['measured'],
): Pass | null {
  const one = result.cases[caseIndex];
  const mode = one === undefined ? undefined : findMode(one.mode);
  if (one === undefined || mode === undefined) return null;
  const { experiment, host, tiers } = result;
  return { one, mode, measured, experiment, host, tiers: tiers ?? [] };
}

/** A verdict without its address. */
export type Judgement = Omit<ArrowVerdict, 'flow' | 'step'>;

/** All samples that shares are of. */
export function sampled(pass: Pass): number {
  return pass.measured.labels.reduce((sum, label) => sum + label.samples, 0);
}

export function samplesOf(pass: Pass, wanted: readonly LabelId[], side: Side): number {
  return pass.measured.labels
    .filter(({ label, thread }) => (wanted as readonly string[]).includes(label) && isOn(side, thread))
    .reduce((sum, label) => sum + label.samples, 0);
}

export function shareOf(pass: Pass, wanted: readonly LabelId[], side: Side): Share {
  return wilson(samplesOf(pass, wanted, side), sampled(pass));
}

/** CPU milliseconds per GiB that the samples of these labels stand for. */
export function timeOf(pass: Pass, wanted: readonly LabelId[], side: Side): number {
  return msPerGib(samplesOf(pass, wanted, side), pass.measured);
}

function isOn(side: Side, thread: SamplerThread): boolean {
  return side === 'anyone' || (thread === 'receiver') === (side === 'receiver');
}

/** All CPU time that was sampled, per GiB moved. */
export function totalMsPerGib(pass: Pass): number {
  return msPerGib(sampled(pass), pass.measured);
}

/** The least share a copy of every byte would have here: its time at the fastest, in the CPU time that was sampled. */
export function leastShareOfACopy(pass: Pass): number {
  const sampledMs = totalMsPerGib(pass);
  return sampledMs === 0 ? 0 : Math.min(1, 1000 / FASTEST_COPY_GIB_PER_SECOND / sampledMs);
}

/**
 * Why the samples cannot tell whether the CPU did this; null where they can.
 * @param wanted copies in user mode need no names of the kernel; copies on the way to a receiver may be in softirqs
 */
export function blindTo(pass: Pass, wanted: readonly LabelId[]): string | null {
  const total = sampled(pass);
  const missing = (id: Tier['id']) => pass.tiers.find((tier) => tier.id === id)?.missing?.reason;
  if (total === 0) return missing('task-samples') ?? l10n.t('No samples were taken.');
  if (total < FEWEST_SAMPLES) {
    return l10n.t('Not enough evidence: {0} samples, it takes {1}.', total, FEWEST_SAMPLES);
  }
  const inKernel = wanted.some((label) => label !== 'copy-user' && label !== 'user-code');
  if (inKernel && samplesOf(pass, ['unlabelled'], 'anyone') * 2 > total) {
    return missing('symbols') ?? l10n.t('The addresses of the samples have no names.');
  }
  return null;
}

/** Softirqs on top of our own tasks are sampled with them; those of ksoftirqd or on other tasks only CPU-wide. */
export function blindToSoftirqs(pass: Pass, wanted: readonly LabelId[]): string | null {
  const delivered = wanted.some((label) => label === 'copy-undone' || label === 'copy-segmentation');
  const wide = pass.tiers.some((tier) => tier.id === 'cpu-wide' && tier.available);
  if (!delivered || wide) return null;
  return l10n.t('Softirqs may do this outside of sender and receiver, and only those two were sampled.');
}

export function notObservable(reason: string): Judgement {
  return { verdict: 'not-observable', share: null, msPerGib: null, reason };
}

/** A verdict that is no share of samples. */
export function plainly(verdict: ArrowVerdict['verdict'], reason: string): Judgement {
  return { verdict, share: null, msPerGib: null, reason };
}

/** `7 % (5 % to 9 %)`. */
export function shareText({ share, low, high }: Share): string {
  return l10n.t('{0} ({1} to {2})', formatPercent(share), formatPercent(low), formatPercent(high));
}

export function namesOf(wanted: readonly (CopyLabelId | LabelId)[]): string {
  return wanted.map(labelName).join(', ');
}
