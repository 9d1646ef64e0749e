/** The lab's numbers held against those of tools everybody knows, measured side by side on the same host. */
import * as l10n from '@vscode/l10n';
import type { Host } from './result/host.ts';
import type { Interval } from './result/numbers.ts';
import type { PathId } from './result/path.ts';
import type { Problem } from './result/problem.ts';
import { pairedRatio } from './statistics/comparison.ts';
import { KIB, MIB } from './units.ts';

export type Tool = 'cp' | 'dd' | 'fio' | 'iperf3';

/** A tool that a user would take, and the mode of the lab that does the same. */
export interface Counterpart {
  readonly id: string;
  readonly tool: Tool;
  /** Which of its versions this is about: those whose `versionOf` fits. */
  readonly versions: RegExp;
  /** What the table calls it. */
  readonly name: string;
  /** What is started, as one would type it. */
  readonly command: string;
  readonly mode: string;
  readonly path: PathId;
  readonly bufferBytes: number;
  /** Whether both do the same work, so that their speeds should agree. */
  readonly sameWork: boolean;
  /** What the tool does, and where it differs from the mode. */
  readonly note: string;
}

/** All counterparts, in table order. Called late, when the language is known. */
export function counterparts(): readonly Counterpart[] {
  const sum = l10n.t('fio reads and writes apart; its time is that of both.');
  return [
    {
      id: 'cp',
      tool: 'cp',
      versions: /^cp \(GNU coreutils\) (9|\d\d)\./,
      name: 'cp',
      command: 'cp SOURCE COPY',
      mode: 'copy-file-range',
      path: 'file-to-file',
      bufferBytes: 64 * KIB,
      sameWork: true,
      note: l10n.t('cp of coreutils 9 and later calls copy_file_range(), or shares blocks where the filesystem can.'),
    },
    {
      id: 'cp-before-9',
      tool: 'cp',
      versions: /^cp \(GNU coreutils\) [5-8]\./,
      name: 'cp',
      command: 'cp SOURCE COPY',
      mode: 'read-write',
      path: 'file-to-file',
      bufferBytes: 128 * KIB,
      sameWork: true,
      note: l10n.t('cp before coreutils 9 calls read() and write() with a buffer of 128 KiB.'),
    },
    {
      id: 'dd',
      tool: 'dd',
      versions: /./,
      name: 'dd',
      command: 'dd bs=64K if=SOURCE of=COPY',
      mode: 'read-write',
      path: 'file-to-file',
      bufferBytes: 64 * KIB,
      sameWork: true,
      note: l10n.t('dd calls read() and write() with one buffer.'),
    },
    {
      id: 'fio-direct',
      tool: 'fio',
      versions: /./,
      name: 'fio, direct',
      command: 'fio --ioengine=psync --direct=1 --bs=1M',
      mode: 'direct',
      path: 'file-to-file',
      bufferBytes: MIB,
      sameWork: false,
      note: `${sum} ${l10n.t('It writes into a file whose length is set beforehand; the mode’s file grows with every write.')}`,
    },
    {
      id: 'fio-io-uring',
      tool: 'fio',
      versions: /./,
      name: 'fio, io_uring',
      command: 'fio --ioengine=io_uring --iodepth=8 --bs=64k',
      mode: 'io-uring',
      path: 'file-to-file',
      bufferBytes: 64 * KIB,
      sameWork: false,
      note: `${sum} ${l10n.t('The mode has reads and writes under way at the same time.')}`,
    },
    {
      id: 'fio-splice',
      tool: 'fio',
      versions: /./,
      name: 'fio, splice',
      command: 'fio --ioengine=splice --bs=64k',
      mode: 'splice',
      path: 'file-to-file',
      bufferBytes: 64 * KIB,
      sameWork: false,
      note: `${sum} ${l10n.t('It splices between file and user memory, which copies each time; the mode splices from file to file.')}`,
    },
    {
      id: 'iperf3',
      tool: 'iperf3',
      versions: /./,
      name: 'iperf3 -Z',
      command: 'iperf3 -Z -n SIZE',
      mode: 'sendfile',
      path: 'file-to-socket',
      bufferBytes: 64 * KIB,
      sameWork: false,
      note: l10n.t(
        'iperf3 sends one block of 128 KiB again and again, which stays in the CPU’s caches; the mode sends the file.',
      ),
    },
  ];
}

/** One counterpart measured, round by round. Times in ns, of the same number of bytes, and none where there is a problem. */
export interface Comparison {
  readonly id: string;
  /** First line of `TOOL --version`; null where the tool is not installed. */
  readonly version: string | null;
  /** Why there are no times: the tool is not installed, or it or the mode failed. */
  readonly problem: Problem | null;
  readonly toolNs: readonly number[];
  readonly labNs: readonly number[];
}

export interface SelfcheckReport {
  readonly host: Host;
  readonly directory: string;
  readonly bytes: number;
  readonly comparisons: readonly Comparison[];
}

/**
 * `agrees`: the whole interval lies within 1 ± 10 %. `differs`: none of it does. `unsettled`: neither, or too few rounds
 * for an interval. `other-work`: they need not agree.
 */
export type SelfcheckVerdict = 'agrees' | 'differs' | 'unsettled' | 'other-work' | 'not-compared';

/** A comparison with what it means; what `--json` prints. */
export interface JudgedComparison extends Comparison, Omit<Counterpart, 'versions' | 'name'> {
  /** Speed of the lab's mode relative to the tool's; low and high are null for less than six rounds. */
  readonly ratio: Interval | null;
  readonly verdict: SelfcheckVerdict;
}

/** Speeds that differ by less than this are said to agree. */
const AGREEMENT = 0.1;

/** Every comparison of the report, judged, in table order. */
export function judged(report: SelfcheckReport): readonly JudgedComparison[] {
  return counterparts().flatMap(({ versions: _versions, name: _name, ...counterpart }) => {
    const comparison = report.comparisons.find(({ id }) => id === counterpart.id);
    if (comparison === undefined) return [];
    const ratio = ratioOf(comparison);
    return [{ ...counterpart, ...comparison, ratio, verdict: verdictOf(counterpart.sameWork, ratio) }];
  });
}

function ratioOf({ labNs, toolNs }: Comparison): Interval | null {
  if (labNs.length === 0) return null;
  return pairedRatio(
    labNs.map((ns) => 1 / ns),
    toolNs.map((ns) => 1 / ns),
  );
}

function verdictOf(sameWork: boolean, ratio: Interval | null): SelfcheckVerdict {
  if (ratio === null) return 'not-compared';
  if (!sameWork) return 'other-work';
  const { low, high } = ratio;
  if (low === null || high === null) return 'unsettled';
  if (low >= 1 - AGREEMENT && high <= 1 + AGREEMENT) return 'agrees';
  return low > 1 + AGREEMENT || high < 1 - AGREEMENT ? 'differs' : 'unsettled';
}
