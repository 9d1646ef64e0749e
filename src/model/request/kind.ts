/** What kind of experiment a request makes, and whether its parts go together. */
import * as l10n from '@vscode/l10n';
import type { Preset } from '../presets.ts';
import { ok } from '../problems.ts';
import type { Experiment } from '../result/experiment.ts';
import type { PathId } from '../result/path.ts';
import type { ExperimentRequest } from './file.ts';
import type { Checked, RequestProperty } from './place.ts';
import { optionOf } from './place.ts';
import { all, bad, size } from './values.ts';

/** The kind, with the sizes or the rate that belong to it. */
type Kind = Pick<Experiment, 'kind' | 'objectSizes' | 'bytesPerSecond'>;

/** Options that ask for a kind bring its preset along where none is named. */
export function presetIdOf(request: ExperimentRequest): string {
  if (request.preset !== undefined) return request.preset;
  if (request.objects !== undefined) return 'objects';
  return request.rate === undefined ? 'quick' : 'equal-rate';
}

/** @returns the kind by option or preset, or why options, preset and path do not go together */
export function chooseKind(request: ExperimentRequest, preset: Preset, path: PathId): Checked<Kind> {
  const kind = oneKind(request, preset);
  if (!kind.ok) return kind;
  switch (kind.value) {
    case 'hazards':
      return chooseHazards(request, path);
    case 'objects':
      return chooseObjects(request, preset, path);
    case 'equal-rate':
      return chooseRate(request);
    case 'measurement':
      return ok({ kind: 'measurement', objectSizes: null, bytesPerSecond: null });
  }
}

function oneKind({ objects, rate }: ExperimentRequest, preset: Preset): Checked<Experiment['kind']> {
  const asked = [
    ...(objects === undefined ? [] : [{ property: 'objects' as const, kind: 'objects' as const }]),
    ...(rate === undefined ? [] : [{ property: 'rate' as const, kind: 'equal-rate' as const }]),
  ];
  const [first, second] = asked;
  if (first === undefined) return ok(preset.kind);
  if (second !== undefined) return exclude(first.property, optionOf(second.property));
  if (preset.kind !== 'measurement' && preset.kind !== first.kind) {
    return exclude(first.property, l10n.t('the preset "{0}"', preset.id));
  }
  return ok(first.kind);
}

function exclude(one: RequestProperty, other: string): Checked<never> {
  return bad(
    [one],
    l10n.t('{0} and {1} exclude each other.', optionOf(one), other),
    l10n.t('They are two kinds of experiment; run one after the other.'),
  );
}

/** Hazards damage what is moved, so they take nothing of the user's; and they time nothing. */
function chooseHazards(request: ExperimentRequest, path: PathId): Checked<Kind> {
  if (request.source !== undefined) {
    return bad(
      ['source'],
      l10n.t('The preset "hazards" damages its source, so it takes none of yours.'),
      l10n.t('Leave out --source; a file is generated for each hazard.'),
    );
  }
  if (path === 'process-to-process') {
    return bad(
      ['path'],
      l10n.t('The preset "hazards" is about files and sockets.'),
      l10n.t('Choose --path file-to-file or file-to-socket.'),
    );
  }
  if (request.to !== undefined && request.to !== 'loopback') {
    return bad(
      ['to'],
      l10n.t('The preset "hazards" runs over loopback, so {0} has no place in it.', optionOf('to')),
      l10n.t('Leave it out, or choose another preset.'),
    );
  }
  const timing: readonly RequestProperty[] = [
    ...(request.latency === true ? (['latency'] as const) : []),
    ...(request.durable === true ? (['durable'] as const) : []),
    ...(request.evidence === 'auto' || request.evidence === 'require' ? (['evidence'] as const) : []),
  ];
  if (timing[0] !== undefined) {
    return bad(
      [timing[0]],
      l10n.t('The preset "hazards" times nothing, so {0} has no place in it.', optionOf(timing[0])),
      l10n.t('Leave it out, or choose another preset.'),
    );
  }
  return ok({ kind: 'hazards', objectSizes: null, bytesPerSecond: null });
}

/** Objects are generated files, of every size as many as make up the bytes of a transfer. */
function chooseObjects(request: ExperimentRequest, preset: Preset, path: PathId): Checked<Kind> {
  if (path === 'process-to-process') {
    return bad(
      ['path'],
      l10n.t('Objects are files, and process-to-process moves none.'),
      l10n.t('Choose --path file-to-file or file-to-socket.'),
    );
  }
  if (request.source !== undefined) {
    return bad(
      ['source'],
      l10n.t('Objects are generated files: --source has no place beside them.'),
      l10n.t('Leave it out.'),
    );
  }
  const sizes = all((request.objects ?? preset.objectSizes ?? []).map((each, index) => size(each, ['objects', index])));
  if (!sizes.ok) return sizes;
  if (sizes.value.length === 0) {
    return bad(['objects'], l10n.t('--objects is empty.'), l10n.t('Name at least one size, such as 64KiB.'));
  }
  return ok({ kind: 'objects', objectSizes: sizes.value, bytesPerSecond: null });
}

function chooseRate({ rate }: ExperimentRequest): Checked<Kind> {
  const given = rate === undefined || rate === 'auto' ? ok(null) : size(rate, ['rate']);
  return given.ok ? ok({ kind: 'equal-rate', objectSizes: null, bytesPerSecond: given.value }) : given;
}
