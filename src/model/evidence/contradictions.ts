/** What was seen and is in no step of a flow. */
import * as l10n from '@vscode/l10n';
import type { Flow } from '../flow.ts';
import type { Contradiction, Evidence } from '../result/evidence.ts';
import { formatNumber } from '../units.ts';
import { disagreement, uncounted } from './arrows/calls.ts';
import { explains } from './copies.ts';
import type { CopyLabelId } from './labels.ts';
import { COPY_LABELS, labelName } from './labels.ts';
import type { Pass, Side } from './pass.ts';
import { blindTo, CONTRADICTED_FROM, shareOf, shareText, timeOf } from './pass.ts';

/** What contradicts a flow when the kernel saw more system calls than the mode counted: it has no label of samples. */
export const UNCOUNTED_CALLS = 'uncounted-calls';

/** Copies the flow does not have. @param name of the flow, as verdicts carry it @param sides of the transfer it draws */
export function unexplainedCopies(pass: Pass, name: string, flow: Flow, sides: readonly Side[]): Contradiction[] {
  return sides.flatMap((side) =>
    COPY_LABELS.flatMap((label) => {
      // Packets are copied on top of whoever is running: such copies are the sender's, wherever they were sampled.
      const where = isDelivery(label) ? 'anyone' : side;
      if (isDelivery(label) && side === 'receiver') return [];
      return unexplained(pass, name, flow, label, where);
    }),
  );
}

function isDelivery(label: CopyLabelId): boolean {
  return label === 'copy-undone' || label === 'copy-segmentation';
}

function unexplained(pass: Pass, name: string, flow: Flow, label: CopyLabelId, side: Side): Contradiction[] {
  if (blindTo(pass, [label]) !== null || explains(flow, label, side)) return [];
  const share = shareOf(pass, [label], side);
  if (share.low < CONTRADICTED_FROM) return [];
  return [
    {
      flow: name,
      label,
      ...share,
      text: l10n.t(
        'A copy that this flow does not have: {0}, {1} of the samples, {2} ms per GiB.',
        labelName(label),
        shareText(share),
        formatNumber(timeOf(pass, [label], side)),
      ),
    },
  ];
}

/** System calls that the mode did not count, as a share of all the kernel saw. */
export function uncountedCalls({ calls }: Pick<Evidence, 'calls'>, name: string): Contradiction[] {
  const more = uncounted(calls);
  if (calls === null || more === 0) return [];
  const share = more / calls.traced;
  return [{ flow: name, label: UNCOUNTED_CALLS, share, low: share, high: share, text: disagreement(calls) }];
}
