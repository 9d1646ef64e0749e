/** The two splices over a pipe of the program's own: into it, and out of it. */
import * as l10n from '@vscode/l10n';
import type { PlaceId, Step } from '../../flow.ts';
import { marked, move, systemCall } from './common.ts';

/** splice() from a file into the pipe; `between` happens inside the call, before the references are there. */
export function spliceIn(from: 'page-cache' | 'memfd', between: readonly Step[] = []): readonly Step[] {
  return marked('splice-in', [
    systemCall(
      'splice',
      from,
      { each: 'call' },
      l10n.t('The program calls splice() from the file into its pipe: user to kernel, and back.'),
    ),
    ...between,
    referencesIn(from),
  ]);
}

/** splice() from the pipe to where the bytes go; `then` is what that call does with the pages. */
export function spliceOut(to: PlaceId, then: Step): readonly Step[] {
  return marked('splice-out', [
    systemCall(
      'splice',
      to,
      { each: 'call' },
      to === 'destination-cache'
        ? l10n.t('The program calls splice() from its pipe into the copy: user to kernel, and back.')
        : l10n.t('The program calls splice() from its pipe into the socket: user to kernel, and back.'),
    ),
    then,
  ]);
}

export function referencesIn(from: 'page-cache' | 'memfd'): Step {
  return move(
    'page-reference',
    from,
    'user-pipe',
    l10n.t('References to the pages go into the slots of the pipe, at most a page each; nothing is copied.'),
  );
}

export function pagesToCopy(): Step {
  return move(
    'cpu-copy',
    'user-pipe',
    'destination-cache',
    l10n.t('The CPU copies those pages into the page cache of the copy: the one copy splice keeps between files.'),
  );
}

export function pagesToSocket(to: PlaceId = 'socket-buffer'): Step {
  return move(
    'page-reference',
    'user-pipe',
    to,
    l10n.t('The page references move on into the socket; still nothing is copied.'),
  );
}
