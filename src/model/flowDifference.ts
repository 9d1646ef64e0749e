/** How two flows differ: by what their steps do and where, whatever the order. */
import * as l10n from '@vscode/l10n';
import { type ChunkCounts, countsForChunk, type Flow, type MoveKind, type Step, signature } from './flow.ts';
import { places } from './places.ts';
import { inSeries, listed } from './punctuation.ts';

/** Steps, by their index, that only one of two flows has. */
export interface FlowDifference {
  readonly onlyFirst: ReadonlySet<number>;
  readonly onlySecond: ReadonlySet<number>;
  /** Only one of them draws a receiver. Its steps are no difference: textbooks leave it out. */
  readonly receiverLeftOut: boolean;
}

/** Where a flow has the same step twice and the other has it once, the later one is the difference. */
export function flowDifference(first: Flow, second: Flow): FlowDifference {
  const receiverLeftOut = drawsReceiver(first) !== drawsReceiver(second);
  const compared = (step: Step) => !(receiverLeftOut && step.receiver === true);
  const without = (flow: Flow, other: Flow): ReadonlySet<number> => {
    const there = new Map<string, number>();
    for (const step of other.steps) there.set(signature(step), (there.get(signature(step)) ?? 0) + 1);
    const only = flow.steps.flatMap((step, index) => {
      const left = there.get(signature(step)) ?? 0;
      there.set(signature(step), left - 1);
      return left > 0 || !compared(step) ? [] : [index];
    });
    return new Set(only);
  };
  return { onlyFirst: without(first, second), onlySecond: without(second, first), receiverLeftOut };
}

/**
 * What the second flow has more and fewer of than the first, in one phrase: `1 CPU copy more (pipe to page cache of the
 * copy), 2 DMA copies fewer (…)`.
 */
export function differenceText(first: Flow, second: Flow): string {
  const { onlyFirst, onlySecond, receiverLeftOut } = flowDifference(first, second);
  if (onlyFirst.size === 0 && onlySecond.size === 0) return l10n.t('the same steps');
  const sides = receiverLeftOut ? [sendersPart(first), sendersPart(second)] : [first, second];
  const [before, after] = sides.map(countsForChunk) as [ChunkCounts, ChunkCounts];
  const moves = (kind: MoveKind, more: boolean) =>
    more ? movesOf(second, onlySecond, kind) : movesOf(first, onlyFirst, kind);
  const phrases = [
    ...phrase(after.crossings - before.crossings, before.atMost || after.atMost ? crossingsBound : crossingsText, []),
    ...phrase(after.cpuCopies - before.cpuCopies, cpuCopiesText, moves('cpu-copy', after.cpuCopies > before.cpuCopies)),
    ...phrase(after.dmaCopies - before.dmaCopies, dmaCopiesText, moves('dma-copy', after.dmaCopies > before.dmaCopies)),
  ];
  if (phrases.length > 0) return listed(phrases);
  return before.atMost === after.atMost
    ? l10n.t('as many crossings and copies, by other steps')
    : l10n.t('at most as many crossings, by other steps');
}

function drawsReceiver({ steps }: Flow): boolean {
  return steps.some((step) => step.receiver === true);
}

function sendersPart({ steps }: Flow): Flow {
  return { steps: steps.filter((step) => step.receiver !== true) };
}

function movesOf({ steps }: Flow, only: ReadonlySet<number>, kind: MoveKind): readonly string[] {
  const names = new Map(places().map(({ id, name }) => [id, name]));
  return steps.flatMap((step, index) =>
    only.has(index) && step.kind === kind && 'from' in step
      ? [l10n.t('{0} to {1}', names.get(step.from) ?? step.from, names.get(step.to) ?? step.to)]
      : [],
  );
}

function phrase(more: number, text: (more: number) => string, which: readonly string[]): readonly string[] {
  if (more === 0) return [];
  // Where some are more and others fewer, naming them would not explain the difference.
  return [which.length === Math.abs(more) ? l10n.t('{0} ({1})', text(more), inSeries(which)) : text(more)];
}

function crossingsText(more: number): string {
  return more > 0 ? l10n.t('{0} crossings more', more) : l10n.t('{0} crossings fewer', -more);
}

/** Where one of the numbers is the most there can be. */
function crossingsBound(more: number): string {
  return more > 0 ? l10n.t('up to {0} crossings more', more) : l10n.t('up to {0} crossings fewer', -more);
}

function cpuCopiesText(more: number): string {
  if (more === 1) return l10n.t('1 CPU copy more');
  if (more === -1) return l10n.t('1 CPU copy fewer');
  return more > 0 ? l10n.t('{0} CPU copies more', more) : l10n.t('{0} CPU copies fewer', -more);
}

function dmaCopiesText(more: number): string {
  if (more === 1) return l10n.t('1 DMA copy more');
  if (more === -1) return l10n.t('1 DMA copy fewer');
  return more > 0 ? l10n.t('{0} DMA copies more', more) : l10n.t('{0} DMA copies fewer', -more);
}
