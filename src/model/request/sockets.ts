/** How bytes go over sockets: by how many, for how long, and how these are set. */
import * as l10n from '@vscode/l10n';
import { ok } from '../problems.ts';
import type { Experiment, TcpShape } from '../result/experiment.ts';
import type { PathId } from '../result/path.ts';
import type { ExperimentRequest } from './file.ts';
import { type Checked, optionOf, type RequestProperty } from './place.ts';
import { all, bad, size, wholeNumber } from './values.ts';

type Sockets = Pick<Experiment, 'streams' | 'durationSeconds' | 'tcp'>;

/** Enough to fill any link, and few enough for the threads of both ends. */
export const MOST_STREAMS = 64;
/** Of `experiment.streams`: each takes its turn in every round. */
const MOST_STREAM_COUNTS = 8;
const LONGEST_SECONDS = 3600;
/** TCP_MIN_MSS and MAX_TCP_WINDOW (include/net/tcp.h), between which do_tcp_setsockopt takes TCP_MAXSEG. */
const LEAST_MSS = 88;
const LARGEST_MSS = 32767;
/** The kernel doubles what a socket option holds. */
const LARGEST_SEND_BUFFER = 2 ** 30;

const ABOUT_SOCKETS = [
  'streams',
  'durationSeconds',
  'mss',
  'congestion',
  'sendBuffer',
  'noDelay',
  'cork',
  'msgMore',
] as const satisfies readonly RequestProperty[];

export function chooseSockets(request: ExperimentRequest, path: PathId, kind: Experiment['kind']): Checked<Sockets> {
  const asked = ABOUT_SOCKETS.find((property) => isAsked(request, property));
  if (asked === undefined) return ok({ streams: [1], durationSeconds: null, tcp: null });
  if (path !== 'file-to-socket') {
    return bad(
      [asked],
      l10n.t('{0} is about the bytes of a socket, and {1} has none.', optionOf(asked), path),
      l10n.t('Choose --path {0}.', 'file-to-socket'),
    );
  }
  if (kind === 'hazards') {
    return bad(
      [asked],
      l10n.t(
        'The preset "hazards" has one connection as the kernel makes it, so {0} has no place in it.',
        optionOf(asked),
      ),
      l10n.t('Leave it out, or choose another preset.'),
    );
  }
  const streams = chooseStreams(request, kind);
  if (!streams.ok) return streams;
  const durationSeconds = chooseDuration(request, kind);
  if (!durationSeconds.ok) return durationSeconds;
  const tcp = chooseTcp(request);
  return tcp.ok ? ok({ streams: streams.value, durationSeconds: durationSeconds.value, tcp: tcp.value }) : tcp;
}

/** Whether it says anything but what goes without saying. */
function isAsked(request: ExperimentRequest, property: (typeof ABOUT_SOCKETS)[number]): boolean {
  const value = request[property];
  if (property === 'streams' && String(value) === '1') return false;
  return value !== undefined && value !== false;
}

function chooseStreams({ streams = 1 }: ExperimentRequest, kind: Experiment['kind']): Checked<number[]> {
  const counts = typeof streams === 'number' ? [streams] : streams;
  const checked = all(
    counts.map((each, index) =>
      wholeNumber(each, typeof streams === 'number' ? ['streams'] : ['streams', index], 1, MOST_STREAMS),
    ),
  );
  if (!checked.ok) return checked;
  const distinct = [...new Set(checked.value)].sort((a, b) => a - b);
  if (distinct.length === 0 || distinct.length > MOST_STREAM_COUNTS) {
    return bad(
      ['streams'],
      l10n.t('{0} names {1} counts.', optionOf('streams'), distinct.length),
      l10n.t('Name 1 to {0}, such as 1,8.', MOST_STREAM_COUNTS),
    );
  }
  if (kind === 'objects' && distinct.join() !== '1') {
    return bad(['streams'], l10n.t('Objects go over one connection.'), l10n.t('Leave out {0}.', optionOf('streams')));
  }
  return ok(distinct);
}

function chooseDuration(request: ExperimentRequest, kind: Experiment['kind']): Checked<number | null> {
  const { durationSeconds: seconds, receiver } = request;
  if (seconds === undefined) return ok(null);
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
    return bad(
      ['durationSeconds'],
      l10n.t('{0} {1} is not a time.', optionOf('durationSeconds'), seconds),
      l10n.t('Give seconds above 0, and at most {0}, such as 10s.', LONGEST_SECONDS),
    );
  }
  if (kind === 'objects') {
    return bad(
      ['durationSeconds'],
      l10n.t('A transfer of objects ends with the last of them.'),
      l10n.t('Leave out {0}.', optionOf('durationSeconds')),
    );
  }
  if (receiver === 'save' || receiver === 'save-splice') {
    return bad(
      ['durationSeconds'],
      l10n.t('A receiver that saves would fill its disk for as long as {0} says.', optionOf('durationSeconds')),
      l10n.t('Choose --receiver read, or a size instead.'),
    );
  }
  return ok(seconds);
}

function chooseTcp(request: ExperimentRequest): Checked<TcpShape | null> {
  const mss = sizeWithin(request, 'mss', LEAST_MSS, LARGEST_MSS);
  if (!mss.ok) return mss;
  const sendBuffer = sizeWithin(request, 'sendBuffer', 1, LARGEST_SEND_BUFFER);
  if (!sendBuffer.ok) return sendBuffer;
  const tcp: TcpShape = {
    ...(mss.value === null ? {} : { mssBytes: mss.value }),
    ...(request.congestion === undefined ? {} : { congestion: request.congestion }),
    ...(sendBuffer.value === null ? {} : { sendBufferBytes: sendBuffer.value }),
    ...(request.noDelay === true ? { noDelay: true } : {}),
    ...(request.cork === true ? { cork: true } : {}),
    ...(request.msgMore === true ? { msgMore: true } : {}),
  };
  return ok(Object.keys(tcp).length === 0 ? null : tcp);
}

function sizeWithin(
  request: ExperimentRequest,
  property: 'mss' | 'sendBuffer',
  least: number,
  most: number,
): Checked<number | null> {
  const given = request[property];
  if (given === undefined) return ok(null);
  const bytes = size(given, [property]);
  return bytes.ok ? wholeNumber(bytes.value, [property], least, most) : bytes;
}
