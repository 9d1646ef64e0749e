/**
 * Why the native addon does not load: read from the file, its mount and this host as far as they tell, and from the
 * loader's words for the rest.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { Problem } from '../model/result/problem.ts';
import { mayRead } from './access.ts';
import { type Elf, machineName, machineOf, readElf } from './elf.ts';
import { mountOf } from './host/mounts.ts';
import { readText } from './host/readings.ts';

/** What is to load it. */
export interface Loader {
  /** As in process.arch. */
  readonly arch: string;
  /** The C library that it runs on. */
  readonly library: { readonly name: 'glibc'; readonly version: string | null } | { readonly name: 'musl' };
}

/** What the file alone tells, before it is loaded: damage can kill the process that tries. */
export function fileProblem(file: string, loader: Loader): Problem | null {
  let elf: Elf | null;
  try {
    elf = readElf(file);
  } catch (error) {
    return unreadable(file, loader, error as NodeJS.ErrnoException);
  }
  if (elf === null || !elf.whole) return damaged(file, elf);
  return elf.machine === machineOf(loader.arch) ? null : ofAnotherMachine(file, elf, loader.arch);
}

/** @param said the loader's own words, of dlerror(3) */
export function loadProblem(file: string, said: string, loader: Loader): Problem {
  const words = said.replace(`${file}: `, '');
  return (
    ofAnotherLibrary(file, loader) ??
    tooOld(file, words, loader) ??
    lacksLibrary(file, words) ??
    mountedNoexec(file, words) ??
    forbidden(file, words) ?? {
      code: 'addon-load',
      message: l10n.t('The native addon {0} does not load: {1}.', file, words),
      hint: l10n.t('Reinstall the extension, or build the addon with npm start in a clone.'),
    }
  );
}

function unreadable(file: string, loader: Loader, { code, message }: NodeJS.ErrnoException): Problem {
  if (code === 'ENOENT' || code === 'ENOTDIR') return noneForThisHost(loader) ?? missing(file, loader.arch);
  if ((code === 'EACCES' || code === 'EPERM') && !mayRead(file)) {
    return {
      code: 'addon-permission',
      message: l10n.t('You may not read the native addon {0}.', file),
      hint: l10n.t(
        'Let yourself read it and enter the folders above (chmod a+rX), or install the extension as yourself.',
      ),
    };
  }
  return (
    forbidden(file, message) ?? {
      code: 'addon-load',
      message: l10n.t('The native addon {0} cannot be read: {1}.', file, message),
      hint: l10n.t('Reinstall the extension, or build the addon with npm start in a clone.'),
    }
  );
}

/** Where the package is the one for every other platform: it has no addon, for there is none. */
function noneForThisHost({ arch, library }: Loader): Problem | null {
  if (library.name === 'musl') {
    return {
      code: 'addon-libc',
      message: l10n.t('There is no native addon for musl, which this host has, as Alpine Linux does.'),
      hint: elsewhereThanMusl(),
    };
  }
  if (arch !== 'x64' && arch !== 'arm64') {
    return {
      code: 'addon-architecture',
      message: l10n.t('There is no native addon for {0}, only for x64 and arm64.', arch),
      hint: l10n.t('Run on a host of one of these. Saved results open here all the same.'),
    };
  }
  return null;
}

function elsewhereThanMusl(): string {
  return l10n.t('Run on a host or in a container with glibc. Saved results open here all the same.');
}

function missing(file: string, arch: string): Problem {
  return {
    code: 'addon-missing',
    message: l10n.t('The native addon {0} is not there.', file),
    hint: l10n.t('Install the package for linux-{0}, or build it with npm start in a clone.', arch),
  };
}

function damaged(file: string, elf: Elf | null): Problem {
  return {
    code: 'addon-damaged',
    message:
      elf === null
        ? l10n.t('The native addon {0} is damaged: it is no ELF file.', file)
        : l10n.t('The native addon {0} is damaged: its end is missing.', file),
    hint: l10n.t('Reinstall the extension, or build the addon with npm start in a clone.'),
  };
}

function ofAnotherMachine(file: string, elf: Elf, arch: string): Problem {
  return {
    code: 'addon-architecture',
    message: l10n.t(
      'The native addon {0} was built for {1} (ELF machine {2}), and this is {3} (ELF machine {4}).',
      file,
      machineName(elf.machine),
      elf.machine,
      arch,
      machineOf(arch) ?? '?',
    ),
    hint: l10n.t('Install the package for linux-{0}.', arch),
  };
}

/** glibc's own name is in every file linked with it, and musl's in every file linked with that. */
function ofAnotherLibrary(file: string, { arch, library }: Loader): Problem | null {
  const content = readFileSync(file);
  if (library.name === 'musl' && content.includes('\0libc.so.6\0')) {
    return {
      code: 'addon-libc',
      message: l10n.t('The native addon {0} was built for glibc, and this host has musl, as Alpine Linux does.', file),
      hint: elsewhereThanMusl(),
    };
  }
  if (library.name === 'glibc' && content.includes('\0libc.musl-')) {
    return {
      code: 'addon-libc',
      message: l10n.t('The native addon {0} was built for musl (Alpine Linux), and this host has glibc.', file),
      hint: l10n.t('Install the package for linux-{0}.', arch),
    };
  }
  return null;
}

/** `/lib/libc.so.6: version `GLIBC_2.99' not found (required by ...)`: what is asked for, and of which library. */
const TOO_OLD = /(\S+): version [`'](([A-Z]+)_([\d.]+))' not found/;

function tooOld(file: string, words: string, { library: own }: Loader): Problem | null {
  const [, library, symbol, name, version] = TOO_OLD.exec(words) ?? [];
  if (library === undefined || symbol === undefined || name === undefined || version === undefined) return null;
  const build = l10n.t('Run on a newer system, or build the addon on this one with npm start in a clone.');
  if (name === 'GLIBC') {
    const there = (own.name === 'glibc' && own.version) || '?';
    return {
      code: 'addon-glibc',
      message: l10n.t('The native addon {0} needs glibc {1}, and this host has {2}.', file, version, there),
      hint: build,
    };
  }
  return {
    code: 'addon-glibc',
    message: l10n.t(
      'The native addon {0} needs {1}, and {2} goes up to {3}.',
      file,
      symbol,
      library,
      newestOf(library, name) ?? '?',
    ),
    hint: build,
  };
}

/** The newest version of a kind that a library defines: each is a string in it. */
function newestOf(library: string, name: string): string | undefined {
  try {
    const content = readFileSync(library, 'latin1');
    return [...content.matchAll(new RegExp(`\\0(${name}_[\\d.]+)(?=\\0)`, 'g'))]
      .map(([, version = '']) => version)
      .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .at(-1);
  } catch {
    return undefined;
  }
}

function lacksLibrary(file: string, words: string): Problem | null {
  const missing = /^(\S+): cannot open shared object file: No such file/.exec(words)?.[1];
  if (missing === undefined) return null;
  return {
    code: 'addon-library',
    message: l10n.t('The native addon {0} needs the library {1}, which this host does not have.', file, missing),
    hint: l10n.t('Install the package that brings it; libstdc++.so.6 is in libstdc++6 (Debian) or libstdc++ (Fedora).'),
  };
}

/** How glibc's loader and the system put it that a file may not be mapped for execution. */
const REFUSED = /failed to map segment|Operation not permitted|Permission denied|EPERM|EACCES/;

function mountedNoexec(file: string, words: string): Problem | null {
  if (!REFUSED.test(words)) return null;
  const mount = mountOf(realpathSync(file), statSync(file, { bigint: true }).dev);
  if (mount === null || !mount.options.split(',').includes('noexec')) return null;
  return {
    code: 'addon-noexec',
    message: l10n.t('The native addon {0} may not be executed: {1} is mounted noexec.', file, mount.point),
    hint: l10n.t(
      'Install the extension on another filesystem (VS Code Server: --extensions-dir), or mount this one with exec.',
    ),
  };
}

function forbidden(file: string, words: string): Problem | null {
  // The loader says the same of a lack of address space (RLIMIT_AS), and does not tell which of the two it was.
  if (!REFUSED.test(words) || !/^Max address space +unlimited /m.test(readText('/proc/self/limits') ?? '')) return null;
  const policies = policiesInForce();
  return {
    code: 'addon-policy',
    message:
      policies.length === 0
        ? l10n.t('A security policy of this host forbids to load the native addon {0}: {1}.', file, words)
        : l10n.t(
            'A security policy of this host forbids to load the native addon {0}: {1}. In force here: {2}.',
            file,
            words,
            policies.join(', '),
          ),
    hint: l10n.t(
      'Ask who runs this host to allow it; the kernel log (dmesg) or ausearch -m avc,seccomp,fanotify tells which rule it was.',
    ),
  };
}

/** As the kernel tells of this process: proc_pid_attr(5), proc_pid_status(5), selinux(8). */
function policiesInForce(): readonly string[] {
  const profile = readText('/proc/self/attr/current')?.replaceAll('\0', '');
  return [
    ...(readText('/sys/fs/selinux/enforce') === '1' ? ['SELinux'] : []),
    ...(profile !== undefined && / \((enforce|kill)\)$/.test(profile) ? [`AppArmor (${profile})`] : []),
    ...(/^Seccomp:\s*[12]$/m.test(readText('/proc/self/status') ?? '') ? ['seccomp'] : []),
  ];
}
