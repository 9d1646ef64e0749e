/** Loads the native addon. Only the bench process does this; a crash in it takes nothing else along. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { NativeAddon } from '../../native/addon.d.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';

/** Both in the repository and in the packaged extension, seen from dist/. */
const ADDON = path.join('build', 'Release', 'zero_copy_lab.node');

/**
 * The addon, or the one sentence that says why it does not load.
 * @param root folder that holds dist/ and build/
 */
export function loadAddon(root: string): Outcome<NativeAddon> {
  if (process.platform !== 'linux') {
    return refuse(
      'not-linux',
      l10n.t('Runs need a Linux kernel; this is {0}.', process.platform),
      l10n.t(
        'Open the folder on a Linux host over Remote-SSH, and run the command there. Saved results open anywhere.',
      ),
    );
  }
  const file = path.join(root, ADDON);
  if (!existsSync(file)) {
    return refuse(
      'addon-missing',
      l10n.t('The native addon {0} is not there.', file),
      l10n.t(
        'Install the package for this platform ({0}-{1}), or build it with npm start in a clone.',
        process.platform,
        process.arch,
      ),
    );
  }
  try {
    const holder: { exports: NativeAddon } = { exports: {} as NativeAddon };
    process.dlopen(holder as unknown as NodeJS.Module, file);
    return ok(holder.exports);
  } catch (error) {
    return explain(file, error instanceof Error ? error.message : String(error));
  }
}

/** The loader's own words name the cause; they are kept, and the way out is put beside them. */
function explain(file: string, cause: string): Outcome<never> {
  const hints: readonly (readonly [RegExp, string, string])[] = [
    [
      /version .?(GLIBC|GLIBCXX|CXXABI)_/,
      'addon-glibc',
      l10n.t('This system is older than the addon was built for; build it here with npm start in a clone.'),
    ],
    [
      /invalid ELF header|wrong ELF class|cannot open shared object file: No such file/,
      'addon-architecture',
      l10n.t('It was built for another platform; install the package for {0}-{1}.', process.platform, process.arch),
    ],
    [
      /failed to map segment|Operation not permitted/,
      'addon-noexec',
      l10n.t('Its folder is mounted noexec or guarded by policy; install the extension where files may be executed.'),
    ],
    [
      /Permission denied/,
      'addon-permission',
      l10n.t('You may not read it; check the permissions of the extension folder.'),
    ],
  ];
  const [, code, hint] = hints.find(([pattern]) => pattern.test(cause)) ?? [
    undefined,
    'addon-load',
    l10n.t('Reinstall the extension, or build the addon with npm start in a clone.'),
  ];
  return refuse(code, l10n.t('The native addon {0} does not load: {1}.', file, cause), hint);
}
