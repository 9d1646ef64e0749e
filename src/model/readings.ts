/** The counts of a whole transfer while it goes on, and beside them what the transfers of a run counted. */
import * as l10n from '@vscode/l10n';
import { countsForTransfer, type Flow, occurrences, type TransferCounts } from './flow.ts';
import type { FlowView } from './flowViews.ts';
import { callSettingsOf, transferShape } from './modes/calls.ts';
import type { ModeDescriptor } from './modes/descriptor.ts';
import { type CaseOutline, type Digestible, digestOf } from './pageResult.ts';
import type { Interval } from './result/numbers.ts';
import { MIB } from './units.ts';

/** What a transfer is played from. */
export interface Transfer {
  readonly mode: Pick<ModeDescriptor, 'chunk' | 'fit'>;
  readonly flow: Flow;
  readonly one: Digestible & Pick<CaseOutline, 'bufferBytes' | 'bytes' | 'options' | 'summary'>;
  /** The receiver is an end of its own, with counts of its own. */
  readonly twoEnds: boolean;
}

/** One count of a transfer. */
export interface Reading {
  readonly side: 'sender' | 'receiver';
  /** `crossings`, `faults`, `cpuCopiedBytes`, `dmaBytes`, or the name of a call. */
  readonly id: string;
  readonly name: string;
  readonly unit: 'times' | 'bytes';
  /** From the steps, at the moment asked for; null where they do not tell: a receiver calls as often as there is something. */
  readonly now: number | null;
  /** From the steps, of the whole transfer. */
  readonly total: number | null;
  /** The steps give the most there can be. */
  readonly atMost: boolean;
  /** Median of the counted samples; null where nothing counts this. */
  readonly measured: number | null;
}

/** The whole transfer that a flow is of; null for a textbook's, which is one chunk, and for many objects, which are many. */
export function transferOf({ mode, flow, one, countsOfEnds }: FlowView): Transfer | null {
  const textbook = mode.classic.some((each) => each.flow === flow);
  if (textbook || one === undefined || one.options['objectBytes'] !== undefined) return null;
  return { mode, flow, one, twoEnds: countsOfEnds !== null };
}

/** How a measured count agrees with that of the steps. */
export type Agreement = 'same' | 'within' | 'more' | 'fewer';

/**
 * Every count when `fraction`, 0 to 1, of the bytes have been moved: what a transfer of so many bytes would count, so
 * that calls made once, such as mmap and munmap, are there from the first byte on. Of two ends each has its own.
 */
export function readingsAt(transfer: Transfer, fraction: number): readonly Reading[] {
  const { flow, twoEnds } = transfer;
  if (!twoEnds) return sendersReadings(transfer, flow, fraction);
  const of = (theirs: boolean): Flow => ({ steps: flow.steps.filter((step) => (step.receiver === true) === theirs) });
  return [...sendersReadings(transfer, of(false), fraction), ...receiversReadings(transfer, of(true), fraction)];
}

function sendersReadings({ mode, one }: Transfer, flow: Flow, fraction: number): readonly Reading[] {
  const upTo = (bytes: number) => {
    const shape = transferShape(mode, callSettingsOf(one), bytes);
    return { ...countsForTransfer(flow, shape), ...faultsOf(flow, shape) };
  };
  const [now, total] = [upTo(Math.floor(one.bytes * fraction)), upTo(one.bytes)];
  const counted = one.summary === null ? null : digestOf(one).calls;
  const calls = [...new Set([...Object.keys(total.calls), ...Object.keys(counted ?? {})])];
  const whole = (perMib: Interval | undefined) =>
    perMib === undefined ? null : Math.round(perMib.median * (one.bytes / MIB));
  return [
    {
      side: 'sender',
      id: 'crossings',
      name: l10n.t('crossings'),
      unit: 'times',
      now: now.crossings,
      total: total.crossings,
      atMost: total.atMost,
      measured: whole(one.summary?.crossingsPerMib),
    },
    ...calls.map(
      (name): Reading => ({
        side: 'sender',
        id: name,
        name: `${name}()`,
        unit: 'times',
        now: now.calls[name] ?? 0,
        total: total.calls[name] ?? 0,
        atMost: total.callsAtMost.includes(name),
        measured: counted === null ? null : (counted[name] ?? 0),
      }),
    ),
    {
      side: 'sender',
      id: 'faults',
      name: l10n.t('page faults'),
      unit: 'times',
      now: now.faults,
      total: total.faults,
      atMost: total.faultsAtMost,
      measured: whole(one.summary?.faultsPerMib),
    },
    ...copied('sender', now, total),
  ];
}

function receiversReadings({ mode, one }: Transfer, flow: Flow, fraction: number): readonly Reading[] {
  const upTo = (bytes: number) => countsForTransfer(flow, transferShape(mode, callSettingsOf(one), bytes));
  const counted = Object.entries(digestOf(one).receiverCalls);
  const calls = counted.reduce((sum, [, count]) => sum + count, 0);
  const reading = (id: string, name: string, measured: number): Reading => ({
    side: 'receiver',
    id,
    name,
    unit: 'times',
    now: null,
    total: null,
    atMost: false,
    measured,
  });
  return [
    ...(calls === 0 ? [] : [reading('crossings', l10n.t('crossings'), 2 * calls)]),
    ...counted.map(([name, count]) => reading(name, `${name}()`, count)),
    ...copied('receiver', upTo(Math.floor(one.bytes * fraction)), upTo(one.bytes)),
  ];
}

/** No sample counts bytes copied; evidence looks for the copies themselves. */
function copied(side: Reading['side'], now: TransferCounts, total: TransferCounts): readonly Reading[] {
  const reading = (id: 'cpuCopiedBytes' | 'dmaBytes', name: string): Reading => ({
    side,
    id,
    name,
    unit: 'bytes',
    now: now[id],
    total: total[id],
    atMost: false,
    measured: null,
  });
  return [reading('cpuCopiedBytes', l10n.t('copied by the CPU')), reading('dmaBytes', l10n.t('moved by devices'))];
}

/** Null where nothing was measured. */
export function agreementOf({ measured, total, atMost }: Reading): Agreement | null {
  if (measured === null || total === null) return null;
  if (measured === total) return 'same';
  if (measured > total) return 'more';
  return atMost ? 'within' : 'fewer';
}

/** Page faults of the sending side, wherever they are taken. */
function faultsOf(flow: Flow, shape: Parameters<typeof occurrences>[1]) {
  const steps = flow.steps.filter((step) => step.kind === 'fault' && step.receiver !== true);
  return {
    faults: steps.reduce((sum, step) => sum + occurrences(step.per, shape), 0),
    faultsAtMost: steps.some((step) => step.atMost === true),
  };
}
