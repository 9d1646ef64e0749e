/** CPU copies, and page references that no copy stands in for: by kernel samples. */
import * as l10n from '@vscode/l10n';
import type { Flow } from '../../flow.ts';
import { formatPercent } from '../../units.ts';
import type { Move } from '../copies.ts';
import { explains, proofOf } from '../copies.ts';
import type { CopyLabelId } from '../labels.ts';
import type { Judgement, Pass, Side } from '../pass.ts';
import {
  blindTo,
  blindToSoftirqs,
  CONTRADICTED_FROM,
  leastShareOfACopy,
  namesOf,
  notObservable,
  plainly,
  SEEN_FROM,
  sampled,
  samplesOf,
  shareOf,
  shareText,
  timeOf,
} from '../pass.ts';

export function judgeCopy(pass: Pass, step: Move, flow: Flow): Judgement {
  const { labels, side } = proofOf(step, flow);
  const blind = blindTo(pass, labels);
  if (blind !== null) return notObservable(blind);
  const share = shareOf(pass, labels, side);
  const figures = { share, msPerGib: timeOf(pass, labels, side) };
  if (share.low >= SEEN_FROM) {
    return {
      verdict: 'seen',
      ...figures,
      reason: l10n.t('{0} of {1} kernel samples: {2}.', samplesOf(pass, labels, side), sampled(pass), namesOf(labels)),
    };
  }
  const softirqs = blindToSoftirqs(pass, labels);
  if (softirqs !== null) return notObservable(softirqs);
  const least = leastShareOfACopy(pass);
  if (share.high < least) {
    return {
      verdict: 'not-seen',
      ...figures,
      reason: l10n.t(
        '{0}: at most {1} of the samples, and a copy of every byte would have {2} or more.',
        namesOf(labels),
        formatPercent(share.high),
        formatPercent(least),
      ),
    };
  }
  return notObservable(tooFaint(namesOf(labels), share.high, least));
}

/** A reference leaves nothing to sample. What can be seen is that nothing was copied where others copy. */
export function judgeReference(pass: Pass, step: Move, flow: Flow): Judgement {
  if (step.from === 'disk') return judgeSharing(pass);
  const side = sideOf(step);
  const rivals = rivalsOf(step).filter((label) => !explains(flow, label, side));
  const blind = blindTo(pass, rivals);
  if (blind !== null) return notObservable(blind);
  const share = shareOf(pass, rivals, side);
  if (share.low >= CONTRADICTED_FROM) {
    return plainly(
      'not-seen',
      l10n.t(
        'The payload was copied instead: {0}, {1} of the samples.',
        namesOf(rivals.filter((label) => samplesOf(pass, [label], side) > 0)),
        shareText(share),
      ),
    );
  }
  const softirqs = blindToSoftirqs(pass, rivals);
  if (softirqs !== null) return notObservable(softirqs);
  const least = leastShareOfACopy(pass);
  if (share.high >= least) return notObservable(tooFaint(namesOf(rivals), share.high, least));
  return plainly(
    'seen',
    l10n.t(
      'No copy in its place: {0} at most {1} of the samples, and a copy of every byte would have {2} or more.',
      namesOf(rivals),
      formatPercent(share.high),
      formatPercent(least),
    ),
  );
}

function sideOf(step: Move): Side {
  if (step.receiver) return 'receiver';
  return isDelivery(step) ? 'anyone' : 'sender';
}

/** From the sender's socket to the receiver's, on this host. */
function isDelivery(step: Move): boolean {
  return step.to === 'receive-queue' && (step.from === 'socket-buffer' || step.from === 'packets');
}

/** The copies that would be made where the step takes a reference. */
function rivalsOf(step: Move): readonly CopyLabelId[] {
  if (isDelivery(step)) return ['copy-undone', 'copy-segmentation'];
  if (step.receiver) return ['copy-to-user', 'copy-from-user', 'copy-page-cache'];
  switch (step.to) {
    case 'pipe':
    case 'user-pipe':
      return ['copy-to-user', 'copy-from-user'];
    case 'destination-cache':
      return ['copy-from-user', 'copy-page-cache'];
    default:
      return ['copy-from-user', 'copy-page-cache', 'copy-fixed-buffer'];
  }
}

/** Blocks entered into a second file: the filesystem says so itself. */
function judgeSharing({ one }: Pass): Judgement {
  const shared = one.samples.flatMap((sample) => sample.observed['sharedBytes'] ?? []);
  if (shared.length === 0) return notObservable(l10n.t('Nobody asked the filesystem which blocks are shared.'));
  const all = shared.every((bytes) => bytes >= one.bytes);
  return all
    ? plainly('seen', l10n.t('The filesystem says that all blocks of the copy are shared (FIEMAP_EXTENT_SHARED).'))
    : plainly(
        'not-seen',
        l10n.t('The filesystem says that not all blocks of the copy are shared (FIEMAP_EXTENT_SHARED).'),
      );
}

function tooFaint(names: string, high: number, least: number): string {
  return l10n.t(
    'Too faint to tell: {0} is at most {1} of the samples, and a copy may take as little as {2} here.',
    names,
    formatPercent(high),
    formatPercent(least),
  );
}
