/** Looks at the world before a run: does the source exist, may the folder be written, is there room. */
import { lookup } from 'node:dns/promises';
import { constants } from 'node:fs';
import { access, open, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { resolveExperiment } from '../model/experiment.ts';
import { findMode } from '../model/modes/catalogue.ts';
import { distinctObjects, planCases } from '../model/plan.ts';
import type { Outcome } from '../model/problems.ts';
import { describeSystemError, ok, refuse } from '../model/problems.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import { remoteTarget, sshTarget } from '../model/request/target.ts';
import type { Experiment } from '../model/result/experiment.ts';
import { MOST_CASES } from '../model/resultFormat.ts';
import { formatBytes } from '../model/units.ts';
import { allowedCpuList, isInCpuList } from './host/allowedCpus.ts';
import { readText } from './host/readings.ts';
import { systemErrorOf } from './systemError.ts';

/**
 * The complete experiment for a request, with paths made absolute and everything checked that can be known beforehand.
 * @param base folder that relative paths start from
 * @param defaultDirectory for unnamed files when the request names none and the source is generated
 */
export async function prepareExperiment(
  request: ExperimentRequest,
  base: string,
  defaultDirectory: string,
): Promise<Outcome<Experiment>> {
  const source = request.source === undefined ? undefined : path.resolve(base, request.source);
  const directory =
    request.directory !== undefined
      ? path.resolve(base, request.directory)
      : source !== undefined
        ? path.dirname(source)
        : defaultDirectory;
  const sourceBytes = source === undefined ? ok(undefined) : await sizeOfSource(source);
  if (!sourceBytes.ok) return sourceBytes;
  const receiverDirectory = receiverDirectoryOf(request, base);
  const receiverAddress = await addressOfReceiver(request.to);
  if (!receiverAddress.ok) return receiverAddress;
  const experiment = resolveExperiment(
    {
      ...request,
      ...(source === undefined ? {} : { source }),
      ...(receiverDirectory === undefined ? {} : { receiverDirectory }),
    },
    {
      directory,
      ...(sourceBytes.value === undefined ? {} : { sourceBytes: sourceBytes.value }),
      ...(receiverAddress.value === undefined ? {} : { receiverAddress: receiverAddress.value }),
    },
  );
  if (!experiment.ok) return experiment;
  const possible = await checkExperiment(experiment.value);
  return possible.ok ? experiment : possible;
}

/**
 * Whether an experiment that is complete can run here, as far as that can be known beforehand. One that comes from a result
 * may come from a stranger: nothing of it was ever asked for on this host.
 */
export async function checkExperiment(experiment: Experiment): Promise<Outcome<null>> {
  const modes = checkModes(experiment);
  if (!modes.ok) return modes;
  const cases = checkCases(experiment);
  if (!cases.ok) return cases;
  const cpus = checkCpus(experiment);
  if (!cpus.ok) return cpus;
  const congestion = checkCongestion(experiment);
  if (!congestion.ok) return congestion;
  for (const [folder, bytes] of roomNeeded(experiment)) {
    const room = await checkDirectory(folder, bytes);
    if (!room.ok) return room;
  }
  return ok(null);
}

function checkModes({ modes, path: way }: Experiment): Outcome<null> {
  const stranger = modes.find((mode) => findMode(mode)?.paths.includes(way) !== true);
  if (stranger === undefined) return ok(null);
  return refuse(
    'unknown-mode',
    l10n.t('There is no mode "{0}" for the path "{1}".', stranger, way),
    l10n.t('It may be of another version of Zero-Copy Lab.'),
  );
}

/** A result of more cases would not be opened again. Far more are not even counted one by one. */
function checkCases(experiment: Experiment): Outcome<null> {
  const { modes, buffers, objectSizes, streams, laboratories } = experiment;
  const sizes = Math.max(buffers.length, objectSizes?.length ?? 0);
  const atMost = (modes.length + 2) * sizes * streams.length * (laboratories?.length ?? 1);
  if (atMost <= MOST_CASES || (atMost <= 100 * MOST_CASES && planCases(experiment).length <= MOST_CASES))
    return ok(null);
  return refuse(
    'too-many-cases',
    l10n.t('The experiment has more than {0} cases.', MOST_CASES),
    l10n.t('Choose fewer modes, buffers, streams or laboratories, and run it in parts.'),
  );
}

/** Made absolute where it is a folder of this host; on another one it starts from the home folder there. */
function receiverDirectoryOf({ receiverDirectory, to }: ExperimentRequest, base: string): string | undefined {
  if (receiverDirectory === undefined || sshTarget(to) !== undefined) return receiverDirectory;
  return path.resolve(base, receiverDirectory);
}

/** What the name of a receiver's host stands for: the native side takes numbers alone. Undefined where none is named. */
export async function addressOfReceiver(to: ExperimentRequest['to']): Promise<Outcome<string | undefined>> {
  const remote = remoteTarget(to);
  if (remote === undefined) return ok(undefined);
  try {
    return ok((await lookup(remote.host)).address);
  } catch {
    return refuse(
      'usage',
      l10n.t('There is no host of the name {0}.', remote.host),
      l10n.t('Check its spelling, or give its address: HOST:PORT or [IPV6]:PORT.'),
    );
  }
}

async function sizeOfSource(source: string): Promise<Outcome<number>> {
  try {
    const entry = await stat(source);
    const kind = entry.isDirectory()
      ? l10n.t('a folder')
      : entry.isFIFO()
        ? l10n.t('a FIFO')
        : entry.isSocket()
          ? l10n.t('a socket')
          : entry.isFile()
            ? null
            : l10n.t('a device');
    if (kind !== null) {
      return refuse('bad-source', l10n.t('The source {0} is {1}.', source, kind), l10n.t('Choose a regular file.'));
    }
    await (await open(source, constants.O_RDONLY)).close();
    return ok(entry.size);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, source)) };
  }
}

/** Whether sender and receiver may run where they are to be bound to. */
function checkCpus({ pin }: Experiment): Outcome<null> {
  const allowed = allowedCpuList();
  if (pin === null || allowed === null) return ok(null);
  const stranger = [pin.sender, pin.receiver].find((cpu) => cpu !== null && !isInCpuList(allowed, cpu));
  if (stranger === undefined || stranger === null) return ok(null);
  return refuse(
    'bad-cpu',
    l10n.t('CPU {0} is not there, or this process may not use it.', stranger),
    l10n.t('Choose from: {0}.', allowed),
  );
}

/** Whether every user may have the congestion control (tcp(7)). A list that cannot be read refuses nothing. */
function checkCongestion({ tcp }: Experiment): Outcome<null> {
  const allowed = readText('/proc/sys/net/ipv4/tcp_allowed_congestion_control')?.trim().split(/\s+/);
  const wanted = tcp?.congestion;
  if (wanted === undefined || allowed === undefined || allowed.includes(wanted)) return ok(null);
  return refuse(
    'bad-congestion',
    l10n.t('This host does not allow the congestion control "{0}".', wanted),
    l10n.t('Choose from: {0}.', allowed.join(', ')),
  );
}

/** Whether `needed` bytes can be written in this folder, as far as that can be known beforehand. */
export async function checkDirectory(directory: string, needed: number): Promise<Outcome<null>> {
  try {
    const entry = await stat(directory);
    if (!entry.isDirectory()) {
      return refuse(
        'bad-directory',
        l10n.t('{0} is not a folder.', directory),
        l10n.t('Name a folder you may write to.'),
      );
    }
    await access(directory, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(directory);
    const free = bavail * bsize;
    if (needed > free) {
      return refuse(
        'no-space',
        l10n.t('The run needs {0} in {1}, and only {2} are free.', formatBytes(needed), directory, formatBytes(free)),
        l10n.t('Choose a smaller size or another folder.'),
      );
    }
    return ok(null);
  } catch (error) {
    return { ok: false, problem: describeSystemError(systemErrorOf(error, directory)) };
  }
}

/**
 * Bytes that are on the disk at the same time, by folder: generated sources, one copy of the largest transfer, and what
 * a receiver saves. Producer and consumer leave nothing on a disk.
 */
function roomNeeded(experiment: Experiment): ReadonlyMap<string, number> {
  const { directory, receiver, remote, path: way } = experiment;
  const moved = Math.max(...planCases(experiment).map((one) => one.bytes));
  const needed = new Map([[directory, generatedBytes(experiment) + (way === 'file-to-file' ? moved : 0)]]);
  const saved = remote === null ? (receiver?.directory ?? null) : null;
  if (saved !== null) needed.set(saved, (needed.get(saved) ?? 0) + moved);
  return needed;
}

function generatedBytes(experiment: Experiment): number {
  const { source, bytes, path: way, objectSizes } = experiment;
  if (source.kind !== 'generated' || way === 'process-to-process') return 0;
  if (objectSizes === null) return bytes;
  return objectSizes.reduce((sum, size) => sum + size * distinctObjects(experiment, size), 0);
}
