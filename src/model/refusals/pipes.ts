/** Pipes that may not be as large as a mode wants them, or not be at all (pipe(7), fcntl(2)). */
import * as l10n from '@vscode/l10n';
import { bytesLimit, type Refusal, setting } from './refusal.ts';

export const PIPE_REFUSALS: readonly Refusal[] = [
  {
    codes: ['EPERM'],
    calls: /^(fcntl|F_SETPIPE_SZ)$/,
    words: ({ host }) => ({
      message: l10n.t(
        'The pipe may not be that large: fs.pipe-max-size is {0}, and all pipes of a user may have {1} pages (fs.pipe-user-pages-soft).',
        bytesLimit(host, 'pipeMaxSize'),
        setting(host, 'pipeUserPagesSoft'),
      ),
      hint: l10n.t('Choose a smaller --pipe-size, or have an administrator raise these with sysctl.'),
    }),
  },
  {
    codes: ['ENFILE', 'EPERM'],
    calls: /^pipe2?$/,
    words: ({ host }) => ({
      message: l10n.t(
        'No more pipes for this user: fs.pipe-user-pages-hard is {0} pages.',
        setting(host, 'pipeUserPagesHard'),
      ),
      hint: l10n.t('End programs that hold pipes, or have an administrator raise it with sysctl.'),
    }),
  },
];
