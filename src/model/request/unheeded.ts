/** What a request says in vain: nothing refuses it, and nothing comes of it. */
import * as l10n from '@vscode/l10n';
import { findMode } from '../modes/catalogue.ts';
import type { ModeDescriptor, ModeOption } from '../modes/descriptor.ts';
import { pathDescriptor } from '../paths.ts';
import type { Experiment } from '../result/experiment.ts';
import type { ExperimentRequest } from './file.ts';
import { optionOf, type RequestProblem, type RequestProperty } from './place.ts';

/** @param experiment what the request resolves to */
export function unheeded(request: ExperimentRequest, experiment: Experiment): readonly RequestProblem[] {
  const running = [...experiment.modes, pathDescriptor(experiment.path).baseline].flatMap((id) => findMode(id) ?? []);
  return [
    ...offPath(request, experiment),
    ...withoutMode(request, 'pipeSize', running, 'pipeBytes'),
    ...withoutMode(request, 'queueDepth', running, 'queueDepth'),
    ...onlyForBaseline(request, experiment),
  ];
}

/** The far end is asked for where there is another one, or none. */
function offPath(request: ExperimentRequest, { path, receiver, target }: Experiment): RequestProblem[] {
  const saves = receiver?.directory != null;
  const ofSockets = (['receiver', 'receiverBuffer', 'receiverDirectory'] as const).filter(
    (property) => path !== 'file-to-socket' && request[property] !== undefined,
  );
  return [
    ...ofSockets.map((property) =>
      inVain(
        property,
        l10n.t('{0} is not heeded on {1}.', optionOf(property), path),
        l10n.t('Only {0} has a receiver behind a socket.', 'file-to-socket'),
      ),
    ),
    ...(path === 'file-to-socket' && request.receiverDirectory !== undefined && !saves
      ? [
          inVain(
            'receiverDirectory',
            target === 'host'
              ? l10n.t(
                  '{0} is not heeded: a receiver on another host has a folder of its own.',
                  optionOf('receiverDirectory'),
                )
              : l10n.t('{0} is not heeded: this receiver saves nothing.', optionOf('receiverDirectory')),
            target === 'host'
              ? l10n.t('Name it where the receiver is started, with --save-dir.')
              : l10n.t('Only {0} write what they get.', 'save, save-splice'),
          ),
        ]
      : []),
    ...(path !== 'process-to-process' && request.peer !== undefined
      ? [
          inVain(
            'peer',
            l10n.t('{0} is not heeded on {1}.', optionOf('peer'), path),
            l10n.t('Only {0} has a consumer that can be a process or a thread.', 'process-to-process'),
          ),
        ]
      : []),
  ];
}

function withoutMode(
  request: ExperimentRequest,
  property: RequestProperty,
  running: readonly ModeDescriptor[],
  option: ModeOption,
): RequestProblem[] {
  if (request[property] === undefined || running.some((mode) => mode.options.includes(option))) return [];
  return [
    inVain(
      property,
      l10n.t('{0} is not heeded by any of these modes.', optionOf(property)),
      l10n.t('Leave it out, or add a mode that heeds it.'),
    ),
  ];
}

/** Every buffer is run by the baseline, for nobody to be compared with it. */
function onlyForBaseline({ buffers }: ExperimentRequest, { kind, modes }: Experiment): RequestProblem[] {
  const heeded = modes.some((id) => findMode(id)?.chunk === 'buffer');
  if (buffers === undefined || heeded || kind === 'hazards') return [];
  return [
    inVain(
      'buffers',
      l10n.t('None of these modes has a buffer; only the baseline runs with each.'),
      l10n.t('Leave {0} out, or add a mode that moves its bytes through a buffer.', optionOf('buffers')),
    ),
  ];
}

function inVain(property: RequestProperty, message: string, hint: string): RequestProblem {
  return { code: 'unheeded', message, hint, at: [property] };
}
