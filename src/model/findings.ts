/** What a result says, in sentences that its intervals support. */
import * as l10n from '@vscode/l10n';
import { hazardFindings } from './hazards.ts';
import { findMode } from './modes/catalogue.ts';
import { baselineOf } from './plan.ts';
import { remarksOfResult, sharesBlocks } from './remarks.ts';
import type { Case, Finding, Ratio, Result, Summary } from './result.ts';
import { formatBytes, formatDuration, formatPercent, formatRatio } from './units.ts';

/** A source with more of its pages in the page cache than this was not cold. */
const COLD_RESIDENCY = 0.01;

/** A case compared with its baseline. */
interface Compared {
  readonly index: number;
  readonly one: Case;
  readonly summary: Summary;
  readonly ratio: Ratio;
  readonly baseline: Case;
}

/** The findings of a summarised result, the most important first. Never claims an order the intervals do not support. */
export function findingsOf(result: Result): readonly Finding[] {
  if (result.experiment.kind === 'hazards') return hazardFindings(result);
  const compared = comparisons(result);
  return [headline(result, compared), ...unverified(result), ...remarkable(result), ...limits(result)];
}

function comparisons(result: Result): readonly Compared[] {
  return result.cases.flatMap((one, index): Compared[] => {
    const baselineIndex = baselineOf(result.cases, one);
    const baseline = baselineIndex === null ? undefined : result.cases[baselineIndex];
    const ratio = one.summary?.ratioToBaseline;
    if (one.control || baseline === undefined || one.summary === null || ratio == null) return [];
    // No data moved: it is no faster way of moving it.
    if (sharesBlocks(one)) return [];
    return [{ index, one, summary: one.summary, ratio, baseline }];
  });
}

function headline(result: Result, compared: readonly Compared[]): Finding {
  const where = placeOf(result);
  if (compared.length === 0) {
    return {
      kind: 'nothing-compared',
      text: l10n.t('No mode was compared with the baseline in this run, {0}.', where),
      cases: [],
    };
  }
  const best = bestOf(compared, 'faster', (a, b) => b.summary.mibPerSecond.median - a.summary.mibPerSecond.median);
  if (best !== undefined) {
    return {
      kind: 'faster',
      text: l10n.t(
        '{0} ran at {1} the speed of {2} (95 % interval {3}) and used {4} of its CPU time, {5}.',
        nameOf(best.one),
        formatRatio(best.ratio.median),
        nameOf(best.baseline),
        intervalText(best.ratio),
        cpuShare(best),
        where,
      ),
      cases: [best.index],
    };
  }
  const floor = formatPercent(result.noiseFloor ?? 0);
  if (compared.every((each) => each.ratio.verdict === 'same')) {
    return {
      kind: 'same',
      text: l10n.t('No mode differed from the baseline by more than {0}, {1}.', floor, where),
      cases: compared.map((each) => each.index),
    };
  }
  const worst = bestOf(compared, 'slower', (a, b) => a.ratio.median - b.ratio.median);
  if (worst !== undefined) {
    return {
      kind: 'none-faster',
      text: l10n.t(
        'No mode was faster than its baseline beyond the noise; {0} ran at {1} the speed of {2} (95 % interval {3}), {4}.',
        nameOf(worst.one),
        formatRatio(worst.ratio.median),
        nameOf(worst.baseline),
        intervalText(worst.ratio),
        where,
      ),
      cases: [worst.index],
    };
  }
  return {
    kind: 'unsettled',
    text: l10n.t(
      'This run cannot tell the modes apart: their intervals reach within ±{0} of the baseline, {1}. More rounds or a quieter host may.',
      floor,
      where,
    ),
    cases: compared.map((each) => each.index),
  };
}

function bestOf(
  compared: readonly Compared[],
  verdict: Ratio['verdict'],
  order: (a: Compared, b: Compared) => number,
): Compared | undefined {
  return compared.filter((each) => each.ratio.verdict === verdict).sort(order)[0];
}

/** Cases whose bytes did not arrive as they left: their numbers mean nothing. */
function unverified(result: Result): readonly Finding[] {
  return result.cases.flatMap((one, index): Finding[] =>
    one.verified === null || one.verified.ok
      ? []
      : [
          {
            kind: 'corrupt',
            text: l10n.t('{0} did not deliver the bytes it was given: {1}', nameOf(one), one.verified.difference ?? ''),
            cases: [index],
          },
        ],
  );
}

/** Modes that did not do what their name promises. Those of which the same is to be said share a sentence. */
function remarkable(result: Result): readonly Finding[] {
  const remarks = remarksOfResult(result);
  const copied = remarks.filter(({ remark }) => remark.kind === 'copied-after-all');
  return [
    ...remarks.filter(({ remark }) => remark.kind === 'blocks-shared').map(({ cases }) => sharedBlocks(result, cases)),
    ...[...new Set(copied.map(({ remark }) => remark.text))].map((text): Finding => {
      const cases = copied.filter(({ remark }) => remark.text === text).flatMap((each) => each.cases);
      const names = [...new Set(cases.map((index) => modeNameAt(result, index)))].join('; ');
      return { kind: 'copied-after-all', text: l10n.t('Not zero-copy here: {0}. {1}', names, text), cases };
    }),
  ];
}

function sharedBlocks(result: Result, cases: readonly number[]): Finding {
  const time = result.cases[cases[0] ?? -1]?.summary?.wallNs.median ?? Number.NaN;
  return {
    kind: 'blocks-shared',
    text: l10n.t(
      '{0} shared the blocks in {1} and moved no data: it has no speed to compare.',
      modeNameAt(result, cases[0] ?? -1),
      formatDuration(time),
    ),
    cases: [...cases],
  };
}

function modeNameAt(result: Result, index: number): string {
  const mode = result.cases[index]?.mode ?? '';
  return findMode(mode)?.name ?? mode;
}

/** What a run of this kind cannot tell. */
function limits(result: Result): readonly Finding[] {
  const found: Finding[] = [];
  if (result.experiment.path === 'file-to-socket' && result.experiment.target === 'loopback') {
    found.push({
      kind: 'loopback',
      text: l10n.t(
        'Over loopback there is no NIC and no wire, and the kernel bills much of the receive work to the sender: this run cannot tell what a real link would show.',
      ),
      cases: [],
    });
  }
  const warmest = Math.max(...result.cases.flatMap((one) => one.samples.map((sample) => sample.residency ?? 0)), 0);
  if (result.experiment.cache === 'cold' && warmest > COLD_RESIDENCY) {
    found.push({
      kind: 'not-cold',
      text: l10n.t(
        'This run was meant to be cold, but up to {0} of the source was in the page cache: do not read its numbers as reads from the disk.',
        formatPercent(warmest),
      ),
      cases: [],
    });
  }
  if (result.host.filesystem.type === 'tmpfs' && result.experiment.path !== 'process-to-process') {
    found.push({
      kind: 'tmpfs',
      text: l10n.t('{0} is on tmpfs, which is memory: no disk took part.', result.experiment.directory),
      cases: [],
    });
  }
  if (result.host.virtualised !== null && result.experiment.path !== 'process-to-process') {
    found.push({
      kind: 'virtual-machine',
      text: l10n.t(
        'This host is a virtual machine ({0}): what it takes for DMA is usually a copy by the CPU of its host, and its disk may be cached there.',
        result.host.virtualised,
      ),
      cases: [],
    });
  }
  return found;
}

/** Where it was measured; with files, filesystem and device are named in every finding. */
function placeOf(result: Result): string {
  const { filesystem } = result.host;
  switch (result.experiment.path) {
    case 'file-to-file':
      return l10n.t('file to file on {0} ({1})', filesystem.type, filesystem.device);
    case 'file-to-socket':
      return l10n.t('from {0} ({1}) to TCP over loopback', filesystem.type, filesystem.device);
    case 'process-to-process':
      return result.experiment.peer === 'thread' ? l10n.t('between two threads') : l10n.t('between two processes');
  }
}

function nameOf(one: Case): string {
  const name = findMode(one.mode)?.name ?? one.mode;
  return one.bufferBytes === null ? name : l10n.t('{0} with {1} buffers', name, formatBytes(one.bufferBytes));
}

function intervalText(ratio: Ratio): string {
  return ratio.low === null || ratio.high === null
    ? '–'
    : l10n.t('{0} to {1}', formatRatio(ratio.low), formatRatio(ratio.high));
}

function cpuShare(each: Compared): string {
  const theirs = each.baseline.summary?.cpuSecondsPerGib.median ?? 0;
  return theirs === 0 ? '–' : formatPercent(each.summary.cpuSecondsPerGib.median / theirs);
}
