/** What the two sides of a path are called, and whether they are two ends with something between them. */
import * as l10n from '@vscode/l10n';
import { interfaceOf } from './flowFacts.ts';
import type { PathId } from './result/path.ts';
import type { Result } from './result/result.ts';

export interface Sides {
  readonly sender: string;
  readonly receiver: string;
  /** Who did it. */
  readonly byReceiver: string;
  /** Where each side has steps and counts of its own; null where both are drawn as one. */
  readonly ends: Ends | null;
}

/** Names for a picture: of the two ends, and of what joins them. */
export interface Ends {
  readonly sender: string;
  readonly receiver: string;
  readonly between: string;
}

export function sidesOf(path: PathId): Sides {
  return path === 'process-to-process'
    ? { sender: l10n.t('producer'), receiver: l10n.t('consumer'), byReceiver: l10n.t('by the consumer'), ends: null }
    : { sender: l10n.t('sender'), receiver: l10n.t('receiver'), byReceiver: l10n.t('by the receiver'), ends: null };
}

/** The sides of the transfers of a run: two hosts, the two ends of a laboratory, or one host. */
export function sidesOfRun(run: Pick<Result, 'experiment' | 'host' | 'receiverHost'>): Sides {
  return { ...sidesOf(run.experiment.path), ends: endsOf(run) };
}

function endsOf({ experiment, host, receiverHost }: Parameters<typeof sidesOfRun>[0]): Ends | null {
  switch (experiment.target) {
    case 'lab':
      return { sender: l10n.t('sender'), receiver: l10n.t('receiver'), between: l10n.t('veth pair') };
    case 'host': {
      const forwarded = experiment.remote?.way === 'ssh-forwarded';
      if (!forwarded && interfaceOf(host, { interface: null })?.name === 'lo') return null;
      return {
        sender: l10n.t('sender: {0}', host.name),
        receiver: l10n.t('receiver: {0}', receiverHost?.name ?? experiment.remote?.host ?? ''),
        between: forwarded ? 'ssh' : l10n.t('wire'),
      };
    }
    default:
      return null;
  }
}
