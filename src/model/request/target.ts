/** Where the bytes of a socket go: over loopback, through laboratories, or to another host. */
import * as l10n from '@vscode/l10n';
import { formatValue, SWITCHES } from '../laboratory/switches.ts';
import { parseValue, placeholder } from '../laboratory/switchTexts.ts';
import type { Preset } from '../presets.ts';
import { ok } from '../problems.ts';
import type { Experiment, RemoteWay } from '../result/experiment.ts';
import type { Laboratory } from '../result/network.ts';
import type { PathId } from '../result/path.ts';
import type { ExperimentRequest } from './file.ts';
import type { Checked } from './place.ts';
import { all, bad } from './values.ts';

/** Where to; for a laboratory how it is to be set, and for another host where it is. */
type Target = Pick<Experiment, 'target' | 'laboratories' | 'remote'>;

type Asked = string | readonly string[] | undefined;

const LOOPBACK = 'loopback';
/** Also the beginning of one whose switches are set. */
export const LABORATORY = 'lab';
const SSH = 'ssh';

/**
 * What the OpenSSH client is given as a name. It must not begin like an option, and has none of the characters that a
 * ProxyCommand would hand to a shell (ssh.c: valid_hostname, valid_ruser).
 */
const SSH_HOST = /^[^\s\p{Cc}'"`$\\;&<>|(){}-][^\s\p{Cc}'"`$\\;&<>|(){}]*$/u;

const LARGEST_PORT = 65535;

/** Each of these has a network of its own in the kernel, and takes its turn in every round. */
const MOST_LABORATORIES = 16;

const TARGETS: Readonly<Record<PathId, Experiment['target']>> = {
  'file-to-file': 'file',
  'file-to-socket': 'loopback',
  'process-to-process': 'peer',
};

/** A target is one of a socket, so a request that names one without a path is about that path. */
export function pathOfTarget({ to }: ExperimentRequest, preset: Preset | undefined): PathId | undefined {
  return to === undefined && preset?.to === undefined ? undefined : 'file-to-socket';
}

/** @param receiverAddress what the name of the host in `to` stands for, where somebody has looked that up */
export function chooseTarget(
  request: ExperimentRequest,
  preset: Preset,
  path: PathId,
  receiverAddress?: string,
): Checked<Target> {
  const asked = request.to ?? preset.to;
  const targets = asked === undefined ? [] : typeof asked === 'string' ? [asked] : asked;
  const sshHost = sshTarget(asked);
  if (request.forward === true && sshHost === undefined) {
    return bad(
      ['forward'],
      l10n.t('--forward is a way through ssh, and nothing else is.'),
      l10n.t('Leave it out, or choose --to {0}.', `${SSH}:HOST`),
    );
  }
  if (asked === undefined || targets.every((each) => each === LOOPBACK)) {
    return path === 'file-to-socket' || asked === undefined
      ? ok({ target: TARGETS[path], laboratories: null, remote: null })
      : offPath(path);
  }
  if (path !== 'file-to-socket') return offPath(path);
  if (sshHost !== undefined) return bySsh(sshHost, request.forward === true);
  const remote = remoteTarget(asked);
  if (remote !== undefined) {
    const address = receiverAddress ?? remote.host;
    return ok({ target: 'host', laboratories: null, remote: { ...remote, address, way: 'direct' } });
  }
  if (targets.length > MOST_LABORATORIES) {
    return bad(
      ['to'],
      l10n.t('--to names {0} laboratories.', targets.length),
      l10n.t('Name at most {0} in one experiment.', MOST_LABORATORIES),
    );
  }
  const laboratories = all(targets.map(parseLaboratory));
  if (!laboratories.ok) return laboratories;
  const texts = laboratories.value.map((each) => JSON.stringify(each));
  const distinct = laboratories.value.filter((_, place) => texts.indexOf(texts[place] as string) === place);
  return ok({ target: 'lab', laboratories: distinct, remote: null });
}

function bySsh(host: string, forward: boolean): Checked<Target> {
  if (!SSH_HOST.test(host)) {
    return bad(
      ['to'],
      l10n.t('"{0}" is no name of a host for ssh.', host),
      l10n.t('Write it as you would for ssh itself: {0}.', `${SSH}:HOST, ${SSH}:USER@HOST`),
    );
  }
  const way: RemoteWay = forward ? 'ssh-forwarded' : 'ssh';
  return ok({ target: 'host', laboratories: null, remote: { host, address: '', port: 0, way } });
}

/** How an experiment names a host that the OpenSSH client knows by this name. */
export function toSsh(host: string): string {
  return `${SSH}:${host}`;
}

/** What the OpenSSH client is to be given as its destination, unchecked. Undefined for what is not to go by ssh. */
export function sshTarget(to: Asked): string | undefined {
  const text = onlyOne(to);
  if (text === undefined || !text.startsWith(`${SSH}:`)) return undefined;
  const rest = text.slice(SSH.length + 1);
  // ssh://USER@HOST:PORT is a destination of its own.
  return rest.startsWith('//') ? text : rest;
}

/** A host and a port. Undefined for whatever is none of that. */
export function remoteTarget(to: Asked): { readonly host: string; readonly port: number } | undefined {
  const text = onlyOne(to);
  if (sshTarget(text) !== undefined) return undefined;
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text ?? '') ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  return host === undefined || host === LABORATORY || port < 1 || port > LARGEST_PORT ? undefined : { host, port };
}

function onlyOne(to: Asked): string | undefined {
  return typeof to === 'string' ? to : to?.length === 1 ? to[0] : undefined;
}

/** `lab`, or `lab:sg=off,mtu=9000`, in the order of the switches, however they were written. */
function parseLaboratory(text: string): Checked<Laboratory> {
  const [kind, ...rest] = text.split(':');
  if (kind !== LABORATORY) return unknownTarget(text);
  const list = rest.join(':');
  const given: Laboratory = {};
  for (const setting of list === '' ? [] : list.split(',')) {
    const [id = '', value = ''] = setting.split('=', 2).map((each) => each.trim());
    const found = SWITCHES.find((each) => each.id === id);
    if (found === undefined) {
      return bad(
        ['to'],
        l10n.t('A laboratory has no switch "{0}".', id),
        l10n.t('Choose from: {0}.', SWITCHES.map(placeholder).join(', ')),
      );
    }
    const parsed = parseValue(found, value);
    if (parsed === undefined) {
      return bad(
        ['to'],
        l10n.t('"{0}" is no value of the switch {1}.', value, id),
        l10n.t('Write it as {0}.', placeholder(found)),
      );
    }
    const before = given[found.property];
    if (before !== undefined && before !== parsed) {
      return bad(
        ['to'],
        l10n.t('{0} sets {1} to {2} and to {3}.', text, id, formatValue(found, before), formatValue(found, parsed)),
        l10n.t('For a case of each, name two laboratories: --to lab:{0}=... --to lab:{0}=...', id),
      );
    }
    Object.assign(given, { [found.property]: parsed });
  }
  return ok(inOrder(given));
}

/** So that the same settings are the same text. */
function inOrder(given: Laboratory): Laboratory {
  return Object.fromEntries(
    SWITCHES.flatMap(({ property }) => (property in given ? [[property, given[property]]] : [])),
  );
}

function unknownTarget(text: string): Checked<never> {
  return bad(
    ['to'],
    l10n.t('--to "{0}" is not known here, or not beside another.', text),
    l10n.t(
      'Choose {0}, {1}, {2}, or one receiver as {3}, {4} or {5}.',
      LOOPBACK,
      LABORATORY,
      `${LABORATORY}:sg=off,mtu=1500,...`,
      'HOST:PORT',
      '[IPV6]:PORT',
      `${SSH}:HOST`,
    ),
  );
}

function offPath(path: PathId): Checked<never> {
  return bad(
    ['to'],
    l10n.t('--to is where the bytes of a socket go, and {0} has none.', path),
    l10n.t('Choose --path {0}.', 'file-to-socket'),
  );
}
