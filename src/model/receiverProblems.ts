/** What can go wrong with a receiver on another host, in words: who, which port, which direction, and what to do. */
import * as l10n from '@vscode/l10n';
import type { SystemError } from './problems.ts';
import type { Problem } from './result/problem.ts';

/** How the native addon marks errors of a receiver; their path is its address. */
const MARK = 'receiver: ';

/** Problems of a receiver have codes that begin with this, and go on with an errno or what the receiver said. */
export const RECEIVER_CODE = 'receiver-';

/** The code of the problem that another token solves. */
export const WRONG_TOKEN = `${RECEIVER_CODE}TOKEN`;

export function isOfReceiver({ call }: SystemError): boolean {
  return call.startsWith(MARK);
}

/** Whether the receiver, or the way to it, is gone: then no other transfer will fare better. */
export function isReceiverLost(error: SystemError): boolean {
  return isOfReceiver(error) && ['connect', 'send', 'recv', 'answer', 'hello'].includes(callOf(error));
}

/** Whether no connection to the receiver came about. */
export function isUnreachable(error: SystemError): boolean {
  return (
    isOfReceiver(error) &&
    callOf(error) === 'connect' &&
    [...NO_ROUTE, 'ECONNREFUSED', 'ETIMEDOUT'].includes(error.code)
  );
}

export function explainReceiver(error: SystemError): Problem {
  const where = placeOf(error);
  const [, words] = RULES.find(([fits]) => fits(error, callOf(error))) ?? [undefined, failedThere];
  return { code: `${RECEIVER_CODE}${error.code}`, ...words(where, error) };
}

/** The same for a receiver that was there when the run began: one that cannot be reached any more has gone. */
export function explainLostReceiver(error: SystemError): Problem {
  const code = `${RECEIVER_CODE}${error.code}`;
  if (GONE.includes(error.code)) return { code, ...gone(placeOf(error)) };
  const unanswered = error.code === 'ETIMEDOUT' || NO_ROUTE.includes(error.code);
  return unanswered ? { code, ...silent(placeOf(error)) } : explainReceiver(error);
}

type Words = (where: Place, error: SystemError) => Omit<Problem, 'code'>;

interface Place {
  readonly host: string;
  readonly port: string;
}

const NO_ROUTE = ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'];
const GONE = ['ECONNABORTED', 'ECONNRESET', 'EPIPE', 'ENOTCONN', 'ECONNREFUSED'];

/** The first that fits says it. */
const RULES: readonly (readonly [(error: SystemError, call: string) => boolean, Words])[] = [
  [({ code }, call) => call === 'connect' && code === 'ECONNREFUSED', refused],
  [({ code }, call) => call === 'connect' && code === 'ETIMEDOUT', dropped],
  [({ code }, call) => call === 'connect' && NO_ROUTE.includes(code), noRoute],
  [({ code }) => code === 'TOKEN', wrongToken],
  [({ code }) => code === 'VERSION' || code === 'EPROTO' || code === 'PROTOCOL', otherProtocol],
  [({ code }) => code === 'NO_FOLDER', noFolder],
  [({ code }) => code === 'BUSY' || code === 'CROWDED', busy],
  [({ code }) => code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG', full],
  [({ code }, call) => call === 'answer' || code === 'ETIMEDOUT' || NO_ROUTE.includes(code), silent],
  [({ code }) => GONE.includes(code), gone],
];

function refused({ host, port }: Place) {
  return {
    message: l10n.t(
      'TCP from this host to port {0} of {1} was refused: no receiver listens there, or a firewall turns it away.',
      port,
      host,
    ),
    hint: l10n.t('Start one there with “zero-copy-lab receive”, and allow incoming TCP to its port.'),
  };
}

function dropped({ host, port }: Place) {
  return {
    message: l10n.t(
      'TCP from this host to port {0} of {1} got no answer: most likely a firewall on the way drops it.',
      port,
      host,
    ),
    hint: l10n.t('Allow incoming TCP to port {0} at {1}; the other direction needs no open port.', port, host),
  };
}

function noRoute({ host }: Place) {
  return {
    message: l10n.t('No route leads from this host to {0}.', host),
    hint: l10n.t('Check the address, and that the interface and the link are up.'),
  };
}

function wrongToken(where: Place) {
  return {
    message: l10n.t('The receiver at {0} does not know this token.', written(where)),
    hint: l10n.t('Take the token that it printed when it started; a receiver that is started again has a new one.'),
  };
}

function otherProtocol(where: Place, { message }: SystemError) {
  return {
    message: l10n.t('What answers at {0} is no receiver of this version: {1}.', written(where), message),
    hint: l10n.t('Check the port, and use the same version of Zero-Copy Lab on both hosts.'),
  };
}

function noFolder(where: Place) {
  return {
    message: l10n.t('The receiver at {0} was started without a folder to save in.', written(where)),
    hint: l10n.t('Start it with --save-dir DIR, or choose another --receiver.'),
  };
}

function busy(where: Place) {
  return {
    message: l10n.t('The receiver at {0} has too many connections.', written(where)),
    hint: l10n.t('Wait until the others are done, or start another one on another port.'),
  };
}

function full(where: Place, { code, message }: SystemError) {
  return {
    message: l10n.t('The receiver at {0} cannot save any more: {1} ({2}).', written(where), message, code),
    hint: l10n.t('Free some space there, choose a smaller size, or start it with another --save-dir.'),
  };
}

function silent(where: Place) {
  return {
    message: l10n.t('The receiver at {0} does not answer any more: the link may be down.', written(where)),
    hint: l10n.t('Check the network between the two hosts, and run the experiment again.'),
  };
}

function gone(where: Place) {
  return {
    message: l10n.t('The receiver at {0} went away in the middle.', written(where)),
    hint: l10n.t('Somebody ended it, or its host. Start it again, and run the experiment again.'),
  };
}

function failedThere(where: Place, error: SystemError) {
  return {
    message: l10n.t('The receiver at {0} failed: {1}: {2}.', written(where), callOf(error), error.message),
    hint: l10n.t('Look at what it printed.'),
  };
}

function callOf({ call }: SystemError): string {
  return call.startsWith(MARK) ? call.slice(MARK.length) : call;
}

/** Of `192.0.2.1:7411` or `[2001:db8::1]:7411`. */
function placeOf({ path }: SystemError): Place {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|(.*)):(\d+)$/.exec(path ?? '') ?? [];
  return { host: bracketed ?? plain ?? path ?? '', port: port ?? '' };
}

function written({ host, port }: Place): string {
  return l10n.t('{0} port {1}', host, port);
}
