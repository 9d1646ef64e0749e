/** The receiver on another host that an experiment sends to: asked who it is before anything is measured. */
import * as l10n from '@vscode/l10n';
import type { NativeAddon, ReceiverDescription, RemoteReceiver } from '../../../native/addon.d.ts';
import { describeSystemError, type Outcome, ok, refuse } from '../../model/problems.ts';
import { explainReceiver, isOfReceiver, isUnreachable, WRONG_TOKEN } from '../../model/receiverProblems.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { ReceiverHost } from '../../model/result/host.ts';
import type { Problem } from '../../model/result/problem.ts';
import { cannotForward, dataIsBlocked } from '../../model/sshProblems.ts';
import { receiverHost } from '../host/receiver.ts';
import { openWay, type SshWay } from '../ssh/way.ts';
import { unlessCancelled, wasCancelled } from './stopped.ts';

type RemoteExperiment = NonNullable<Experiment['remote']>;

export interface Remote {
  readonly receiver: RemoteReceiver;
  readonly host: ReceiverHost;
  /** The interface of this host that its bytes leave by; null where that cannot be told. */
  readonly interface: string | null;
  /** What is known of it now, for the result. */
  readonly known: RemoteExperiment;
  /** Why it is lost, where the way to it knows better than its connections; else null. */
  whyLost(): Promise<Problem | null>;
  /** Resolves when nothing is left of what was started for it. */
  close(): Promise<void>;
}

/** Where to find the parts that a run needs, and what ends it. */
export interface Surroundings {
  /** Folder that holds build/. */
  readonly root: string;
  /** Of a receiver that somebody started; null where there is none. */
  readonly token: string | null;
  readonly cancelled: AbortSignal;
}

/** Null for an experiment of this host alone. Fails where the receiver cannot be reached, or does not know the token. */
export async function meetReceiver(
  addon: NativeAddon,
  { remote, receiver }: Pick<Experiment, 'remote' | 'receiver'>,
  { root, token, cancelled }: Surroundings,
): Promise<Outcome<Remote | null>> {
  if (remote === null) return ok(null);
  if (remote.way === 'direct') return meetStarted(addon, remote, token, cancelled);
  const way = await openWay(remote, receiver?.directory ?? null, root, cancelled);
  if (!way.ok) return way;
  const met = await meetBySsh(addon, remote, way.value, cancelled);
  if (!met.ok) await way.value.close();
  return met;
}

/** One that somebody started. */
async function meetStarted(
  addon: NativeAddon,
  remote: RemoteExperiment,
  token: string | null,
  cancelled: AbortSignal,
): Promise<Outcome<Remote>> {
  if (token === null) {
    return refuse(
      WRONG_TOKEN,
      l10n.t('The receiver at {0} wants its token.', remote.host),
      l10n.t('Put it into ZERO_COPY_LAB_TOKEN, or into a file for --token-file.'),
    );
  }
  const receiver = { address: remote.address, port: remote.port, token };
  const description = await ask(addon, receiver, cancelled);
  if (!description.ok) return { ok: false, problem: description.problem };
  return ok(met(remote, receiver, description.value, { whyLost: async () => null, close: async () => undefined }));
}

/** One that ssh started: at the first of its addresses that answers. */
async function meetBySsh(
  addon: NativeAddon,
  remote: RemoteExperiment,
  way: SshWay,
  cancelled: AbortSignal,
): Promise<Outcome<Remote>> {
  let first: Refusal | null = null;
  for await (const address of way.addresses()) {
    const receiver = { address, port: way.port, token: way.token };
    const description = await ask(addon, receiver, cancelled);
    if (description.ok) return ok(met(remote, receiver, description.value, way));
    first ??= description;
    if (!description.unreachable) break;
  }
  return { ok: false, problem: whyNotMet(remote, way, first) };
}

interface Refusal {
  readonly ok: false;
  readonly problem: Problem;
  /** No connection came about, so that another way may do better. */
  readonly unreachable: boolean;
}

async function ask(
  addon: NativeAddon,
  receiver: RemoteReceiver,
  cancelled: AbortSignal,
): Promise<{ readonly ok: true; readonly value: ReceiverDescription } | Refusal> {
  const description = await unlessCancelled(addon.describeReceiver(receiver), cancelled);
  if (description === null) return { ok: false, problem: wasCancelled(), unreachable: false };
  if (description.ok) return description;
  const { error } = description;
  const problem = isOfReceiver(error) ? explainReceiver(error) : describeSystemError(error);
  return { ok: false, problem, unreachable: isUnreachable(error) };
}

function whyNotMet({ host, way: kind }: RemoteExperiment, way: SshWay, refusal: Refusal | null): Problem {
  // Through ssh somebody always answers: ssh itself.
  if (kind === 'ssh-forwarded' || refusal === null) return cannotForward(host, way.said());
  return refusal.unreachable ? dataIsBlocked(host, way.port, refusal.problem.message) : refusal.problem;
}

function met(
  remote: RemoteExperiment,
  receiver: RemoteReceiver,
  description: ReceiverDescription,
  { whyLost, close }: Pick<Remote, 'whyLost' | 'close'>,
): Remote {
  const { address, port } = receiver;
  return {
    receiver,
    host: receiverHost(description),
    interface: description.interface,
    known: { ...remote, address, port },
    whyLost,
    close,
  };
}
