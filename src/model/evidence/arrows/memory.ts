/** Mappings, page faults, passes over the payload, and waits: by counters of the sender and by samples. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../../flow.ts';
import { occurrencesInCase, piecesOf } from '../../modes/calls.ts';
import type { Cost } from '../../result/sample.ts';
import type { Move } from '../copies.ts';
import type { LabelId } from '../labels.ts';
import type { Judgement, Pass } from '../pass.ts';
import { blindTo, namesOf, notObservable, plainly, SEEN_FROM, sampled, samplesOf, shareOf, timeOf } from '../pass.ts';

/** The largest piece one fault maps, so that a mapping of N bytes takes at least N / 2 MiB faults. */
const HUGE_PAGE_BYTES = 2 * 1024 ** 2;

export function judgeMapping(pass: Pass, step: Move): Judgement {
  if (step.from === 'memfd') return notObservable(l10n.t('It was made before the clock started.'));
  return judgeFaults(pass, null);
}

export function judgeFault(pass: Pass, step: Extract<Step, { kind: 'fault' }>): Judgement {
  const { one, mode } = pass;
  return judgeFaults(pass, occurrencesInCase(mode, step.per, one));
}

/** Faults are counted per task, whatever memory they are for: they prove a mapping that is used. */
function judgeFaults(pass: Pass, most: number | null): Judgement {
  const faults = typical(pass, (cost) => cost.minorFaults + cost.majorFaults);
  if (faults === null) return notObservable(l10n.t('No transfer was counted.'));
  const { shape, times } = piecesOf(pass.mode, pass.one);
  const least = Math.ceil(shape.bytes / HUGE_PAGE_BYTES) * times;
  if (faults < least) {
    return plainly(
      'not-seen',
      l10n.t('The sender took {0} page faults in a transfer, and it would take {1} at least.', faults, least),
    );
  }
  return plainly(
    'seen',
    most === null
      ? l10n.t('The sender took {0} page faults in a transfer.', faults)
      : l10n.t('The sender took {0} page faults in a transfer; by this step at most {1}.', faults, most),
  );
}

/** A pass of the CPU over the payload. */
export function judgeTouch(pass: Pass, step: Extract<Step, { kind: 'touch' }>): Judgement {
  const labels = touching(step);
  const side = step.receiver ? 'receiver' : 'sender';
  const blind = blindTo(pass, labels);
  if (blind !== null) return notObservable(blind);
  const share = shareOf(pass, labels, side);
  if (share.low < SEEN_FROM) {
    return notObservable(l10n.t('{0}: too few samples to tell.', namesOf(labels)));
  }
  return {
    verdict: 'seen',
    share,
    msPerGib: timeOf(pass, labels, side),
    reason: l10n.t('{0} of {1} samples: {2}.', samplesOf(pass, labels, side), sampled(pass), namesOf(labels)),
  };
}

function touching(step: Extract<Step, { kind: 'touch' }>): readonly LabelId[] {
  switch (step.at) {
    case 'destination-cache':
      return ['zeroing'];
    case 'socket-buffer':
    case 'packets':
      return ['checksum'];
    default:
      return ['user-code', 'copy-user'];
  }
}

/** Who waits is taken off the CPU, and the kernel counts that. */
export function judgeWait(pass: Pass): Judgement {
  const switches = typical(pass, (cost) => cost.voluntarySwitches);
  return switches === null || switches === 0
    ? notObservable(l10n.t('A wait takes no CPU time, and the sender was not seen to sleep.'))
    : plainly('seen', l10n.t('The sender went to sleep {0} times in a transfer.', switches));
}

/** Median over the transfers of something the sender counted; null without any. */
function typical({ one }: Pass, quantity: (cost: Cost) => number): number | null {
  const values = one.samples.map((sample) => quantity(sample.sender)).sort((a, b) => a - b);
  return values[values.length >> 1] ?? null;
}
