/** What can happen to any mode: a filter that forbids its calls, a source that shrinks, bytes that are not those sent. */
import * as l10n from '@vscode/l10n';
import { allowCalls, isFiltered, type Refusal, since } from './refusal.ts';

export const REFUSALS_ANYWHERE: readonly Refusal[] = [
  {
    codes: ['EPERM', 'ENOSYS'],
    when: isFiltered,
    words: ({ error, host }) => ({
      message: l10n.t('{0} is refused with {1}; a seccomp filter is in force.', error.call, error.code),
      hint: allowCalls(host, error.call),
    }),
  },
  {
    codes: ['ENOSYS'],
    words: ({ mode, error }) => ({
      message: l10n.t('This kernel has no {0}.', error.call),
      hint: l10n.t('The mode came with Linux {0}; use a newer kernel, or another mode.', since(mode)),
    }),
  },
  {
    codes: ['SIGBUS'],
    fault: true,
    words: ({ error }) => ({
      message: l10n.t(
        'A page of {0} was gone while it was mapped: most likely somebody truncated the file. The SIGBUS was caught.',
        error.path ?? l10n.t('a file'),
      ),
      hint: l10n.t('Run again on a file nobody is changing.'),
    }),
  },
  {
    codes: ['CORRUPT'],
    fault: true,
    words: () => ({
      message: l10n.t('The consumer did not read the bytes the producer wrote.'),
      hint: l10n.t('Do not trust this mode here; its speed was not measured.'),
    }),
  },
];
