/** The lab's numbers held against those of tools everybody knows, measured side by side on the same host. */
import * as l10n from '@vscode/l10n';
import type { Host, Interval, PathId, Problem } from './result.ts';
import { pairedRatio, RESAMPLES } from './statistics.ts';

/** A tool that a user would take, and the mode of the lab that does the same. */
export interface Counterpart {
  readonly id: string;
  /** The program. */
  readonly tool: 'cp' | 'dd' | 'fio' | 'iperf3';
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

const BUFFER = 65_536;
const DIRECT_BUFFER = 1_048_576;

/** All counterparts, in table order. Called late, when the language is known. */
export function counterparts(): readonly Counterpart[] {
  const sum = l10n.t('fio reads and writes apart; its time is that of both.');
  return [
    {
      id: 'cp',
      tool: 'cp',
      command: 'cp SOURCE COPY',
      mode: 'copy-file-range',
      path: 'file-to-file',
      bufferBytes: BUFFER,
      sameWork: true,
      note: l10n.t('cp of coreutils 9 and later calls copy_file_range(), or shares blocks where the filesystem can.'),
    },
    {
      id: 'dd',
      tool: 'dd',
      command: 'dd bs=64K if=SOURCE of=COPY',
      mode: 'read-write',
      path: 'file-to-file',
      bufferBytes: BUFFER,
      sameWork: true,
      note: l10n.t('dd calls read() and write() with one buffer.'),
    },
    {
      id: 'fio-direct',
      tool: 'fio',
      command: 'fio --ioengine=psync --direct=1 --bs=1M',
      mode: 'direct',
      path: 'file-to-file',
      bufferBytes: DIRECT_BUFFER,
      sameWork: false,
      note: `${sum} ${l10n.t('It writes into a file whose length is set beforehand; the mode’s file grows with every write.')}`,
    },
    {
      id: 'fio-io-uring',
      tool: 'fio',
      command: 'fio --ioengine=io_uring --iodepth=8 --bs=64k',
      mode: 'io-uring',
      path: 'file-to-file',
      bufferBytes: BUFFER,
      sameWork: false,
      note: `${sum} ${l10n.t('The mode has reads and writes under way at the same time.')}`,
    },
    {
      id: 'fio-splice',
      tool: 'fio',
      command: 'fio --ioengine=splice --bs=64k',
      mode: 'splice',
      path: 'file-to-file',
      bufferBytes: BUFFER,
      sameWork: false,
      note: `${sum} ${l10n.t('It splices between file and user memory, which copies each time; the mode splices from file to file.')}`,
    },
    {
      id: 'iperf3',
      tool: 'iperf3',
      command: 'iperf3 -Z -n SIZE',
      mode: 'sendfile',
      path: 'file-to-socket',
      bufferBytes: BUFFER,
      sameWork: false,
      note: l10n.t(
        'iperf3 sends one block of 128 KiB again and again, which stays in the CPU’s caches; the mode sends the file.',
      ),
    },
  ];
}

/** One counterpart measured, round by round. Times in ns, of the same number of bytes. */
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

/** Speeds that differ by less than this are said to agree. */
export const AGREEMENT = 0.1;

/** Speed of the lab's mode relative to the tool's, over the rounds both have; null without rounds. */
export function ratioOf(comparison: Comparison): Interval | null {
  const { labNs, toolNs } = comparison;
  if (labNs.length === 0 || labNs.length !== toolNs.length) return null;
  return pairedRatio(
    labNs.map((ns) => 1 / ns),
    toolNs.map((ns) => 1 / ns),
    RESAMPLES,
  );
}

/** `agrees`: the whole interval lies within 1 ± 10 %. `differs`: none of it does. `other-work`: they need not agree. */
export function verdictOf(
  counterpart: Counterpart,
  comparison: Comparison,
): 'agrees' | 'differs' | 'unsettled' | 'other-work' | 'not-compared' {
  const ratio = ratioOf(comparison);
  if (ratio === null) return 'not-compared';
  if (!counterpart.sameWork) return 'other-work';
  const low = ratio.low ?? ratio.median;
  const high = ratio.high ?? ratio.median;
  if (low >= 1 - AGREEMENT && high <= 1 + AGREEMENT) return 'agrees';
  return low > 1 + AGREEMENT || high < 1 - AGREEMENT ? 'differs' : 'unsettled';
}
