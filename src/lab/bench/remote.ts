/** The receiver on another host that an experiment sends to: asked who it is before anything is measured. */
import * as l10n from '@vscode/l10n';
import type { NativeAddon, RemoteReceiver } from '../../../native/addon.d.ts';
import { describeSystemError, type Outcome, ok, refuse } from '../../model/problems.ts';
import { explainReceiver, isOfReceiver, WRONG_TOKEN } from '../../model/receiverProblems.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { ReceiverHost } from '../../model/result/host.ts';
import { receiverHost } from '../host/receiver.ts';

export interface Remote {
  readonly receiver: RemoteReceiver;
  readonly host: ReceiverHost;
  /** The interface of this host that its bytes leave by; null where that cannot be told. */
  readonly interface: string | null;
}

/** Null for an experiment of this host alone. Fails where the receiver cannot be reached, or does not know the token. */
export async function meetReceiver(
  addon: NativeAddon,
  { remote }: Pick<Experiment, 'remote'>,
  token: string | null,
): Promise<Outcome<Remote | null>> {
  if (remote === null) return ok(null);
  if (token === null) {
    return refuse(
      WRONG_TOKEN,
      l10n.t('The receiver at {0} wants its token.', remote.host),
      l10n.t('Put it into ZERO_COPY_LAB_TOKEN, or into a file for --token-file.'),
    );
  }
  const receiver = { address: remote.address, port: remote.port, token };
  const description = await addon.describeReceiver(receiver);
  if (!description.ok) {
    const { error } = description;
    return { ok: false, problem: isOfReceiver(error) ? explainReceiver(error) : describeSystemError(error) };
  }
  return ok({ receiver, host: receiverHost(description.value), interface: description.value.interface });
}
