/** System calls: by the mode's own count, held against the kernel's where there is one. */
import * as l10n from '@vscode/l10n';
import type { Flow, Step } from '../../flow.ts';
import { countsOfCase } from '../../modes/calls.ts';
import type { Evidence } from '../../result/evidence.ts';
import { formatNumber } from '../../units.ts';
import type { Judgement, Pass } from '../pass.ts';
import { notObservable, plainly } from '../pass.ts';

/** Calls that nobody counts: of the C library, of signal handlers. */
const HANDFUL = 4;

type Call = Extract<Step, { kind: 'system-call' }>;

export function judgeCall(pass: Pass, step: Call, flow: Flow): Judgement {
  return step.receiver ? receiverCall(pass, step) : senderCall(pass, step, flow);
}

/** How often a receiver calls depends on how much is there each time: no number is promised. */
function receiverCall({ one }: Pass, step: Call): Judgement {
  const receiver = one.samples.at(-1)?.receiver;
  if (receiver == null) return notObservable(l10n.t('The calls of the receiver were not counted.'));
  const counted = receiver.calls[step.call] ?? 0;
  return counted > 0
    ? plainly('seen', l10n.t('Counted by the receiver in a transfer: {0}.', counted))
    : plainly('not-seen', l10n.t('The receiver counted no such call.'));
}

function senderCall(pass: Pass, step: Call, flow: Flow): Judgement {
  const { one, mode, measured } = pass;
  const sample = one.samples.at(-1);
  if (sample === undefined) return notObservable(l10n.t('No transfer was counted.'));
  if (uncounted(measured.calls) > 0) return notObservable(disagreement(measured.calls));
  const counted = sample.sender.calls[step.call] ?? 0;
  const counts = countsOfCase(mode, flow, one);
  return judgeNumber(counted, counts.calls[step.call] ?? 0, counts.callsAtMost.includes(step.call), measured.calls);
}

/** @param computed from the flow @param atMost it is the most there can be */
function judgeNumber(counted: number, computed: number, atMost: boolean, calls: Evidence['calls']): Judgement {
  if (counted === 0 && computed > 0 && !atMost) {
    return plainly('not-seen', l10n.t('The mode counted no such call.'));
  }
  const expected = atMost ? l10n.t('at most {0}', formatNumber(computed)) : formatNumber(computed);
  const sentences = [
    l10n.t('Counted in a transfer: {0}; by the flow: {1}.', formatNumber(counted), expected),
    ...(calls === null ? [] : [l10n.t('The kernel counted as many calls in all as the mode.')]),
  ];
  return plainly('seen', sentences.join(' '));
}

/**
 * System calls per transfer that the kernel saw and the mode did not count. More than a handful and 1 % is a
 * mode that does not tell what it does.
 */
export function uncounted(calls: Evidence['calls']): number {
  if (calls === null) return 0;
  const more = calls.traced - calls.counted;
  return more > Math.max(HANDFUL, calls.counted / 100) ? more : 0;
}

export function disagreement(calls: Evidence['calls']): string {
  return l10n.t(
    'The kernel saw {0} system calls in a transfer, the mode counted {1}: it does something it does not tell.',
    formatNumber(calls?.traced ?? 0),
    formatNumber(calls?.counted ?? 0),
  );
}
