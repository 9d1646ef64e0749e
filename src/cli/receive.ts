/** `zero-copy-lab receive`: runs the receiver for another host, and says what to type there. */

import * as l10n from '@vscode/l10n';
import { networkAddresses } from '../lab/host/addresses.ts';
import { type Introduction, startReceiver } from '../lab/receiver.ts';
import { printableJson } from '../model/plainText.ts';
import { commandForSender, hostAndPort } from '../model/receiving.ts';
import type { Problem } from '../model/result/problem.ts';
import type { ReceiveOptions } from './arguments.ts';
import { complain, say } from './complaint.ts';
import { EXIT } from './exitCode.ts';

/** Until it is told to end. @param root folder that holds build/ @returns the exit code */
export async function receive(options: ReceiveOptions, root: string): Promise<number> {
  const started = startReceiver(options, root, say);
  if (!started.ok) return failed(started.problem, EXIT.nothingWorks);
  const receiver = started.value;
  const stop = () => receiver.end();
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  const ready = await receiver.ready;
  if (!ready.ok) return failed(ready.problem, EXIT.usage);
  process.stdout.write(options.json ? `${printableJson(ready.value)}\n` : introduce(ready.value));
  const problem = await receiver.ended;
  return problem === null ? EXIT.done : failed(problem, EXIT.caseFailed);
}

function introduce({ address, port, token }: Introduction): string {
  const [first = address, ...others] = reachable(address).map((each) => hostAndPort(each, port));
  return [
    l10n.t('Listens on {0} port {1}, until Ctrl-C.', address, port),
    l10n.t('Token: {0}', token),
    '',
    l10n.t('At the sender:'),
    `  ${commandForSender(token, first)}`,
    ...(others.length === 0 ? [] : [l10n.t('or to one of: {0}', others.join(' '))]),
    '',
  ].join('\n');
}

/** The addresses that a sender may use: of one that stands for all, those this host has. */
function reachable(address: string): readonly string[] {
  if (address !== '0.0.0.0' && address !== '::') return [address];
  return networkAddresses()
    .filter(({ family }) => address === '::' || family === 'IPv4')
    .map((each) => each.address);
}

function failed(problem: Problem, exitCode: number): number {
  complain(problem);
  return exitCode;
}
