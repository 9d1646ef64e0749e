/**
 * The kinds of evidence, and for each one that cannot be had here: why, which one command would allow it, and how to undo
 * that. Who may have what: kernel/events/core.c (perf_event_open), include/linux/perf_event.h (perf_allow_kernel, perf_allow_cpu),
 * kernel/kallsyms.c (kallsyms_show_value), Documentation/admin-guide/sysctl/kernel.rst.
 */
import * as l10n from '@vscode/l10n';
import type { Tier } from '../result/evidence.ts';

/** Of one kind: null where it may be had, else the code of the system's error. */
export interface TierRights {
  readonly taskSamples: string | null;
  readonly cpuWide: string | null;
  readonly tracepoint: string | null;
  readonly symbols: string | null;
}

/** The settings as they are; null where they cannot be read. */
export interface TierLimits {
  readonly perfEventParanoid: number | null;
  readonly kptrRestrict: number | null;
}

/** systemd mounts it there. */
const TRACEFS = '/sys/kernel/tracing';

type Missing = NonNullable<Tier['missing']>;

export function tiersOf(rights: TierRights, limits: TierLimits): Tier[] {
  return [
    { id: 'always', available: true, missing: null },
    tier('task-samples', rights.taskSamples, (code) => sampling(code, 1, limits)),
    tier('cpu-wide', rights.cpuWide, (code) => sampling(code, 0, limits)),
    tier('tracepoint', rights.tracepoint, (code) => tracing(code, rights, limits)),
    tier('symbols', rights.symbols, (code) => naming(code, limits)),
  ];
}

const NOTHING_ALLOWS = { allow: null, undo: null } as const;

/** What allows it and what undoes that, in a sentence or two. */
export function remedyOf({ allow, undo }: Missing): string {
  return allow === null || undo === null
    ? l10n.t('No command allows it.')
    : l10n.t('To allow it: {0}. To undo that: {1}.', allow, undo);
}

function tier(id: Tier['id'], code: string | null, explain: (code: string) => Missing): Tier {
  return { id, available: code === null, missing: code === null ? null : explain(code) };
}

/** @param most the highest kernel.perf_event_paranoid that allows it without CAP_PERFMON */
function sampling(code: string, most: number, { perfEventParanoid: paranoid }: TierLimits): Missing {
  const what =
    most === 0
      ? l10n.t('Samples of all CPUs, with softirqs and kernel threads,')
      : l10n.t('Kernel samples of its own tasks');
  if (paranoid === null) return noPerfEvents(what, code);
  if (paranoid <= most) return forbiddenOtherwise(what, code, paranoid);
  return {
    reason: [
      l10n.t('{0} need kernel.perf_event_paranoid at {1} or below, or CAP_PERFMON; it is {2}.', what, most, paranoid),
      ...stricterThanLinux(paranoid),
    ].join(' '),
    ...settings([['kernel.perf_event_paranoid', most, paranoid]]),
  };
}

/** Linux knows -1 to 2; Debian's and Android's 3 and Ubuntu's 4 are patches of theirs. */
function stricterThanLinux(paranoid: number): readonly string[] {
  if (paranoid <= 2) return [];
  return [l10n.t('Above 2, a setting of the distribution, users may not open any performance event at all.')];
}

function noPerfEvents(what: string, code: string): Missing {
  return {
    reason: l10n.t(
      '{0} are not to be had ({1}): this kernel shows no kernel.perf_event_paranoid, so it was built without performance events or /proc/sys is hidden.',
      what,
      code,
    ),
    ...NOTHING_ALLOWS,
  };
}

/** The setting allows it, and still it was refused. */
function forbiddenOtherwise(what: string, code: string, paranoid: number): Missing {
  return {
    reason: l10n.t(
      '{0} were refused with {1} although kernel.perf_event_paranoid is {2}: by the system-call filter of a container, by a security module, or for want of resources.',
      what,
      code,
      paranoid,
    ),
    ...NOTHING_ALLOWS,
  };
}

/**
 * Counting calls takes a kernel event, and the id of the tracepoint out of tracefs, whose files are not for others since
 * 5.16 whatever the mode of its root: a group can be let in (tried on 6.18: mode=755 alone does not do).
 */
function tracing(code: string, rights: TierRights, { perfEventParanoid: paranoid }: TierLimits): Missing {
  const what = l10n.t('Counts of all system calls by the kernel');
  if (paranoid === null) return noPerfEvents(what, code);
  const events = rights.taskSamples === null ? [] : tooHigh('kernel.perf_event_paranoid', 1, paranoid);
  const files = code === 'ENOENT' ? MOUNTING : REMOUNTING;
  const reasons = [
    code === 'ENOENT'
      ? l10n.t(
          '{0} need tracefs, which is not mounted at {1}, or its tracepoint raw_syscalls:sys_enter, which this kernel may not have.',
          what,
          TRACEFS,
        )
      : l10n.t('{0} need the files of tracefs, which this user may not read ({1}).', what, code),
    ...events.map(([name, most, now]) =>
      l10n.t('They also need {0} at {1} or below, or CAP_PERFMON; it is {2}.', name, most, now),
    ),
  ];
  return {
    reason: reasons.join(' '),
    allow: asRoot([...events.map(([name, most]) => `sysctl ${name}=${most}`), files.allow]),
    undo: asRoot([...events.map(([name, , now]) => `sysctl ${name}=${now}`), files.undo]),
  };
}

const MOUNTING = {
  allow: `mount -t tracefs -o gid=$(id -g),mode=750 tracefs ${TRACEFS}`,
  undo: `umount ${TRACEFS}`,
};
const REMOUNTING = {
  allow: `mount -o remount,gid=$(id -g),mode=750 ${TRACEFS}`,
  undo: `mount -o remount,gid=0,mode=700 ${TRACEFS}`,
};

/** One line for a shell; what is in `$()` is still worked out as the user who types it. */
function asRoot(commands: readonly string[]): string {
  return commands.length === 1 ? `sudo ${commands[0]}` : `sudo sh -c "${commands.join(' && ')}"`;
}

/** Addresses in /proc/kallsyms are zeros where kallsyms_show_value says no. */
function naming(code: string, { perfEventParanoid: paranoid, kptrRestrict: restrict }: TierLimits): Missing {
  const what = l10n.t('Names of kernel functions');
  const settled = [
    ...tooHigh('kernel.kptr_restrict', 0, restrict),
    ...tooHigh('kernel.perf_event_paranoid', 1, paranoid),
  ];
  if (settled.length === 0) {
    return {
      reason: l10n.t('{0} cannot be read from /proc/kallsyms here ({1}).', what, code),
      ...NOTHING_ALLOWS,
    };
  }
  const wanted = settled.map(([name, most]) =>
    most === 0 ? `${name} = 0` : l10n.t('{0} at {1} or below', name, most),
  );
  const found = settled.map(([name, , now]) => `${name} = ${now}`);
  return {
    reason: l10n.t(
      '{0} need {1}, or CAP_SYSLOG; here {2}. Without names, samples cannot be labelled.',
      what,
      wanted.join(l10n.t(' and ')),
      found.join(', '),
    ),
    ...settings(settled),
  };
}

type Setting = readonly [name: string, most: number, now: number];

function tooHigh(name: string, most: number, now: number | null): readonly Setting[] {
  return now !== null && now > most ? [[name, most, now]] : [];
}

/** One sysctl(8) command there, and one back; neither outlives a restart. */
function settings(changes: readonly Setting[]): Pick<Missing, 'allow' | 'undo'> {
  return {
    allow: `sudo sysctl ${changes.map(([name, most]) => `${name}=${most}`).join(' ')}`,
    undo: `sudo sysctl ${changes.map(([name, , now]) => `${name}=${now}`).join(' ')}`,
  };
}
