/** What a switch of a laboratory changed: speed, CPU time, and with evidence the copy at segmentation. */
import * as l10n from '@vscode/l10n';
import { caseSettings } from '../caseSettings.ts';
import {
  blindTo,
  blindToSoftirqs,
  CONTRADICTED_FROM,
  leastShareOfACopy,
  type Pass,
  passOf,
  SEEN_FROM,
  shareOf,
  shareText,
  timeOf,
} from '../evidence/pass.ts';
import type { Share } from '../evidence/wilson.ts';
import { type Switched, switchedCases } from '../laboratory/switched.ts';
import { formatValue } from '../laboratory/switches.ts';
import type { Case } from '../result/case.ts';
import type { Result } from '../result/result.ts';
import { noiseFloor, verdictOf } from '../statistics/comparison.ts';
import { formatNumber, formatPercent, formatRatio } from '../units.ts';
import { intervalText } from './compared.ts';
import { nameOf } from './names.ts';
import { inRanking, type Rule, rule } from './rule.ts';

export const laboratoryRules: readonly Rule[] = [
  rule({
    kind: 'switched',
    question: 'won',
    weight: 82,
    from: switchedCases,
    say: (switched, result) => {
      const cases = [switched.more.index, switched.less.index];
      return { text: switchedText(switched, result), cases, evidence: inRanking(cases) };
    },
  }),
  rule({
    kind: 'tso-taken-along',
    question: 'cannot-tell',
    weight: 46,
    from: tsoTakenAlong,
    say: ({ more, less }) => ({
      text: l10n.t(
        'Without scatter-gather the kernel does without TSO as well, so that it also cuts the data into packets of the MTU: this run cannot tell what the copy alone costs. A third laboratory, lab:sg=on,tso=off, cuts as many packets and copies nothing.',
      ),
      cases: [more.index, less.index],
      evidence: inRanking([less.index]),
    }),
  }),
  rule({
    kind: 'segmentation-copy',
    question: 'confirmed',
    weight: 36,
    from: segmentationSeen,
    say: ({ off, on, cases }) => ({
      text: l10n.t(
        'The copy at segmentation is there without scatter-gather and gone with it: {0} of the samples of {1}, {2} ms per GiB; in {3} it has at most {4}, where a copy of every byte would have {5} or more.',
        shareText(off.share),
        nameOf(off.pass.one),
        formatNumber(timeOf(off.pass, ['copy-segmentation'], 'anyone')),
        nameOf(on.pass.one),
        formatPercent(on.share.high),
        formatPercent(leastShareOfACopy(on.pass)),
      ),
      cases,
      evidence: cases.slice(0, 1).map((index) => ({ part: 'flow', case: index, flow: null }) as const),
    }),
  }),
  rule({
    // Without scatter-gather the flag speaks of the packets that were small enough not to be cut, and of no others.
    kind: 'copied-flag-blind',
    question: 'contradiction',
    weight: 89,
    from: blindFlags,
    say: ({ index, pass, share, copied, completed }) => ({
      text: l10n.t(
        'The COPIED flag is blind here: only {0} of {1} completions of {2} have it, and yet the kernel copied at segmentation: {3} of the samples. It sets the flag for packets that it did not have to cut, not for what it copies while cutting.',
        copied,
        completed,
        nameOf(pass.one),
        shareText(share),
      ),
      cases: [index],
      evidence: [{ part: 'flow', case: index, flow: 'here' }],
    }),
  }),
];

function switchedText({ by, more, less, speed, cpu }: Switched, { noiseFloor: floor }: Result): string {
  const [on, off] = [more, less].map(({ one }) => settingsOf(one, by));
  const name = nameWithout(more.one);
  const [fast, slow] = [more, less].map(({ one }) => formatNumber(one.summary?.mibPerSecond.median ?? Number.NaN));
  const [cost, baseline] = [more, less].map(({ one }) => formatNumber(cpuOf(one)));
  const told = verdictOf(speed, floor ?? noiseFloor(null)) !== 'unsettled';
  const speeds = told
    ? l10n.t(
        'With {0}, {1} ran at {2} the speed it has with {3} (95 % interval {4}): {5} against {6} MiB/s.',
        on ?? '',
        name,
        formatRatio(speed.median),
        off ?? '',
        intervalText(speed),
        fast ?? '',
        slow ?? '',
      )
    : l10n.t(
        'Whether {0} is faster with {1} or with {2} cannot be told: round by round {3} the speed (95 % interval {4}).',
        name,
        on ?? '',
        off ?? '',
        formatRatio(speed.median),
        intervalText(speed),
      );
  return `${speeds} ${l10n.t(
    'It cost {0} against {1} CPU s/GiB of both sides, {2} as much (95 % interval {3}).',
    cost ?? '',
    baseline ?? '',
    formatRatio(cpu.median),
    intervalText(cpu),
  )}`;
}

/** The first pair in which TSO went off with scatter-gather, unless another pair tells the two apart. */
function tsoTakenAlong(result: Result): readonly Switched[] {
  const byGather = switchedCases(result).filter(({ by }) => by.id === 'sg');
  const took = byGather.filter(
    ({ more, less }) => more.one.interface?.tso === true && less.one.interface?.tso === false,
  );
  return took.length < byGather.length ? [] : took.slice(0, 1);
}

/** All that was asked of the laboratory of a case; where nothing was, how the switch was read back. */
function settingsOf(one: Case, by: Switched['by']): string {
  const value = one.interface?.[by.property] ?? null;
  return caseSettings(one) || `${by.id}=${value === null ? l10n.t('none') : formatValue(by, value)}`;
}

function nameWithout(one: Case): string {
  return nameOf({ ...one, options: { ...one.options, laboratory: '' } });
}

function cpuOf({ summary }: Case): number {
  return (summary?.totalCpuSecondsPerGib ?? summary?.cpuSecondsPerGib)?.median ?? Number.NaN;
}

interface Looked {
  readonly pass: Pass;
  readonly share: Share;
}

/** A pair whose samples show the copy with scatter-gather off, and could not have missed it with scatter-gather on. */
function segmentationSeen(
  result: Result,
): readonly { readonly off: Looked; readonly on: Looked; readonly cases: readonly number[] }[] {
  return switchedCases(result)
    .filter(({ by }) => by.id === 'sg')
    .flatMap(({ more, less }) => {
      const [on, off] = [look(result, more.index), look(result, less.index)];
      if (on === null || off === null) return [];
      const isSeen = off.share.low >= CONTRADICTED_FROM;
      const isGone = on.share.low < SEEN_FROM && on.share.high < leastShareOfACopy(on.pass);
      return isSeen && isGone ? [{ off, on, cases: [less.index, more.index] }] : [];
    });
}

/** The copy at segmentation in the samples of a case; null where they could not show it. */
function look(result: Result, index: number): Looked | null {
  const evidence = result.cases[index]?.evidence ?? null;
  const pass = evidence === null ? null : passOf(result, index, evidence);
  if (pass === null) return null;
  const blind = blindTo(pass, ['copy-segmentation']) ?? blindToSoftirqs(pass, ['copy-segmentation']);
  return blind === null ? { pass, share: shareOf(pass, ['copy-segmentation'], 'anyone') } : null;
}

/** Completions that do not say COPIED, of cases whose samples show that the bytes were copied on their way. */
function blindFlags(result: Result) {
  return result.cases.flatMap((one, index) => {
    const looked = one.interface?.scatterGather === false && !one.control ? look(result, index) : null;
    const { completed, copied } = one.zerocopy ?? { completed: 0, copied: 0 };
    if (looked === null || looked.share.low < CONTRADICTED_FROM || copied >= completed) return [];
    return [{ index, ...looked, completed, copied }];
  });
}
