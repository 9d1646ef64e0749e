/** What a failed verification found, in words. */
import * as l10n from '@vscode/l10n';
import { formatBytes } from './units.ts';

/** How what arrived differs from what was sent; from the block hashes of both. */
export interface Difference {
  readonly kind: 'truncated' | 'dropped' | 'reordered' | 'corrupt' | 'extra';
  /** Start of the first block that differs, or where the data ended. */
  readonly atByte: number;
  readonly blockBytes: number;
  readonly sentBytes: number;
  readonly arrivedBytes: number;
}

export function describeDifference(difference: Difference): string {
  const { atByte, sentBytes, arrivedBytes } = difference;
  const block = formatBytes(difference.blockBytes);
  switch (difference.kind) {
    case 'truncated':
      return l10n.t('It stopped early: {0} of {1} bytes arrived, correct as far as they go.', arrivedBytes, sentBytes);
    case 'dropped':
      return l10n.t(
        'It dropped bytes: {0} of {1} bytes arrived, and from the {2} block at byte {3} on they are shifted.',
        arrivedBytes,
        sentBytes,
        block,
        atByte,
      );
    case 'reordered':
      return l10n.t(
        'It reordered chunks: all {0} bytes arrived, but not in order from byte {1} on.',
        sentBytes,
        atByte,
      );
    case 'corrupt':
      return l10n.t('It changed bytes: the {0} block at byte {1} is not what was sent.', block, atByte);
    case 'extra':
      return l10n.t('It delivered too much: {0} bytes arrived, {1} were sent.', arrivedBytes, sentBytes);
  }
}
