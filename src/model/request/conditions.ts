/** Under which conditions the transfers of an experiment run: on which CPUs, through which buffers, until which moment. */
import * as l10n from '@vscode/l10n';
import type { Preset } from '../presets.ts';
import { ok } from '../problems.ts';
import type { Experiment } from '../result/experiment.ts';
import type { PathId } from '../result/path.ts';
import type { ExperimentRequest } from './file.ts';
import type { Checked } from './place.ts';
import { all, bad, bufferBytes, wholeNumber } from './values.ts';

/** The most CPUs a Linux kernel is built for (CONFIG_NR_CPUS of x86-64, `MAXSMP`). */
const MOST_CPUS = 8192;

export function chooseDurable({ durable = false }: ExperimentRequest, path: PathId): Checked<boolean> {
  if (!durable || path === 'file-to-file') return ok(durable);
  return bad(
    ['durable'],
    l10n.t('--durable has no place in {0}: only a file can be brought to the disk.', path),
    l10n.t('Leave it out, or choose --path file-to-file.'),
  );
}

export function choosePin({ pin }: ExperimentRequest, path: PathId): Checked<Experiment['pin']> {
  if (pin === undefined) return ok(null);
  const cpus = all([cpu(pin.sender, 'sender'), ...(pin.receiver == null ? [] : [cpu(pin.receiver, 'receiver')])]);
  if (!cpus.ok) return cpus;
  if (pin.receiver != null && path === 'file-to-file') {
    return bad(
      ['pin', 'receiver'],
      l10n.t('--pin names a CPU for the receiver, and file-to-file has none.'),
      l10n.t('Name one CPU, for the sender.'),
    );
  }
  return ok({ sender: pin.sender, receiver: pin.receiver ?? null });
}

function cpu(given: number, whose: 'sender' | 'receiver'): Checked<number> {
  return wholeNumber(given, ['pin', whose], 0, MOST_CPUS - 1);
}

/** Sizes of files and a common rate are looked at with one buffer: two things that vary are hard to tell apart. */
export function chooseBuffers(
  request: ExperimentRequest,
  preset: Preset,
  kind: Experiment['kind'],
): Checked<readonly number[]> {
  const buffers = all((request.buffers ?? preset.buffers).map((each, index) => bufferBytes(each, ['buffers', index])));
  if (!buffers.ok) return buffers;
  if (buffers.value.length === 0) {
    return bad(['buffers'], l10n.t('--buffers is empty.'), l10n.t('Name at least one, such as 64KiB.'));
  }
  if (buffers.value.length > 1 && (kind === 'objects' || kind === 'equal-rate')) {
    return bad(
      ['buffers'],
      l10n.t('An experiment with objects or at an equal rate has one buffer size.'),
      l10n.t('Name one, such as --buffers 64KiB.'),
    );
  }
  return buffers;
}
