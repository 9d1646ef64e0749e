/** What the two sides of a path are called. */
import * as l10n from '@vscode/l10n';
import type { PathId } from './result/path.ts';

export interface Sides {
  readonly sender: string;
  readonly receiver: string;
  /** Who did it. */
  readonly byReceiver: string;
}

export function sidesOf(path: PathId): Sides {
  return path === 'process-to-process'
    ? { sender: l10n.t('producer'), receiver: l10n.t('consumer'), byReceiver: l10n.t('by the consumer') }
    : { sender: l10n.t('sender'), receiver: l10n.t('receiver'), byReceiver: l10n.t('by the receiver') };
}
