/** The experiment file, `*.zcexp.json`: what somebody asks for, before anything is filled in. */
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { Outcome } from '../problems.ts';
import { ok, refuse } from '../problems.ts';
import { EXPERIMENT_FORMAT } from './format.ts';

/** A property with what an editor says about it. English: a JSON schema is one file for all languages. */
function described<Schema extends v.GenericSchema>(schema: Schema, description: string) {
  return v.optional(v.pipe(schema, v.description(description)));
}

const sizeSchema = v.union([v.string(), v.number()]);

/** What a `*.zcexp.json` may say. All optional; sizes are bytes or texts such as `64MiB`. */
export const experimentFileSchema = v.strictObject({
  $schema: described(v.string(), 'The JSON schema of this file. VS Code with Zero-Copy Lab needs none.'),
  format: described(v.literal(EXPERIMENT_FORMAT), 'What kind of file this is.'),
  version: described(v.literal(1), 'The version of the format.'),
  preset: described(v.string(), 'What is taken for everything that this file does not say. Default: quick.'),
  path: described(v.string(), 'Where the bytes go. Default: file-to-file.'),
  modes: described(
    v.union([v.literal('all'), v.array(v.string())]),
    'How the bytes go: modes of the path, or "all" of them. The baseline of the path always runs with them.',
  ),
  size: described(
    sizeSchema,
    'Bytes of the generated source, such as "256MiB". Not beside a source file, which is moved whole.',
  ),
  buffers: described(
    v.array(sizeSchema),
    'Bytes per call, such as [4096, "64KiB"]; at most 1GiB. Each mode with a buffer runs once with each of them.',
  ),
  rounds: described(
    v.union([v.literal('auto'), v.number()]),
    'Counted rounds, 1 to 1000. "auto" stops when the intervals are within 3 %, or at the time limit.',
  ),
  cache: described(v.string(), 'Whether the source is in the page cache before each transfer. Default: warm.'),
  source: described(
    v.string(),
    'Move this file instead of a generated one. It is only read. Starts from the folder of this file.',
  ),
  directory: described(
    v.string(),
    'Folder of the unnamed files of the run. Default: that of the source file, else the results folder. Starts from the folder of this file.',
  ),
  to: described(
    v.union([v.string(), v.array(v.string())]),
    'Where the bytes of a socket go: "loopback", or "lab" with its switches, such as "lab:sg=off,mtu=1500"; several laboratories take turns in every round; or "HOST:PORT" of a receiver on another host; or "ssh:HOST", where ssh starts one. Default: loopback.',
  ),
  forward: described(
    v.boolean(),
    'With "ssh:HOST": the data goes through ssh as well, where no other way leads there. Its numbers are those of ssh.',
  ),
  receiver: described(v.string(), 'What the receiver of a socket does with the data. Default: read.'),
  receiverBuffer: described(sizeSchema, 'Bytes the receiver of a socket asks for per call. Default: 256KiB.'),
  receiverDirectory: described(v.string(), 'Folder of the unnamed file of a receiver that saves.'),
  streams: described(
    v.union([v.number(), v.array(v.number())]),
    'Connections that move the source together, each a range of its own, 1 to 64, such as [1, 8]: every case runs with each count. Default: 1.',
  ),
  durationSeconds: described(
    v.number(),
    'Over a socket: the source is sent again and again until this time is over, in every transfer.',
  ),
  mss: described(sizeSchema, 'TCP_MAXSEG of the sending sockets: bytes of payload in a segment, at most.'),
  congestion: described(
    v.string(),
    'TCP congestion control of the sending sockets; those of /proc/sys/net/ipv4/tcp_allowed_congestion_control.',
  ),
  sendBuffer: described(
    sizeSchema,
    'SO_SNDBUF of the sending sockets, such as "1MiB"; the kernel makes twice as much.',
  ),
  noDelay: described(v.boolean(), 'TCP_NODELAY: small segments go out at once.'),
  cork: described(v.boolean(), 'TCP_CORK: only full segments go out until the last byte is handed over.'),
  msgMore: described(
    v.boolean(),
    'Every call but the last says that more is to come: MSG_MORE, with send in place of write, or SPLICE_F_MORE.',
  ),
  peer: described(v.string(), 'What the consumer of process-to-process is. Default: process.'),
  pipeSize: described(sizeSchema, 'Size of the pipe of modes that make one, instead of one as large as the buffer.'),
  queueDepth: described(
    v.number(),
    'Requests an io_uring mode keeps under way, buffers a MSG_ZEROCOPY mode goes round in; 1 to 1024. Default: 8.',
  ),
  durable: described(
    v.boolean(),
    'A transfer to a file ends when fdatasync has brought it to the disk. Only file-to-file.',
  ),
  pin: described(
    v.strictObject({
      sender: v.pipe(v.number(), v.description('CPU of the sender, or of the producer.')),
      receiver: described(
        v.nullable(v.number()),
        'CPU of the receiver, or of the consumer; null leaves it to the scheduler.',
      ),
    }),
    'The CPUs that sender and receiver run on.',
  ),
  evidence: described(v.string(), 'Whether a pass of its own finds out which copies happened.'),
  latency: described(v.boolean(), 'Whether a pass of its own measures how long single calls take.'),
  objects: described(
    v.array(sizeSchema),
    'Many files of these sizes instead of one large one, each with open, close and set-up; with one buffer size.',
  ),
  rate: described(
    sizeSchema,
    'Every mode paced to so many bytes a second, such as "500MiB"; "auto" finds a rate that all can keep. With one buffer size.',
  ),
  seed: described(v.number(), 'Seed of the contents and of the order of each round, 0 to 4294967295. Default: 1.'),
  timeLimitSeconds: described(
    v.number(),
    'No new round is begun after this time. Default: 60 with "auto" rounds, else none.',
  ),
});
export type ExperimentRequest = v.InferOutput<typeof experimentFileSchema>;

/** Reads an experiment file's text. */
export function parseExperimentFile(text: string, name: string): Outcome<ExperimentRequest> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refuse('usage', l10n.t('{0} is not JSON.', name), l10n.t('Mend its syntax; an editor shows where.'));
  }
  // To the schema library a list is an object too.
  if (Array.isArray(data))
    return refuse('usage', l10n.t('{0} is not a JSON object.', name), l10n.t('Put all of it into one pair of braces.'));
  const parsed = v.safeParse(experimentFileSchema, data);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  const at = v.getDotPath(issue) ?? name;
  return refuse(
    'usage',
    l10n.t('{0}: "{1}" is not understood: {2}.', name, at, issue.message),
    l10n.t('Correct or remove it.'),
  );
}
