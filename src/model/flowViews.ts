/** The flows of a mode with all that is known of them, as pictures, pages and reports show them side by side. */
import * as l10n from '@vscode/l10n';
import { caseName } from './caseName.ts';
import { laboratoryText, socketSettings } from './caseSettings.ts';
import { sizeOf } from './caseSize.ts';
import { HERE, PROMISED } from './evidence/flowNames.ts';
import { type ChunkCounts, countsForChunk, countsOfSides, type Flow, type SideCounts } from './flow.ts';
import { differenceText, flowDifference } from './flowDifference.ts';
import { flowFactsOf } from './flowFacts.ts';
import type { Fact } from './hostFacts.ts';
import { measuredFacts } from './laboratory/measured.ts';
import { classicFlows } from './modes/classicFlows.ts';
import type { ModeDescriptor } from './modes/descriptor.ts';
import type { CaseOutline, Digestible } from './pageResult.ts';
import type { Contradiction } from './result/evidence.ts';
import type { Result } from './result/result.ts';
import { type Sides, sidesOfRun } from './sides.ts';
import { type StepFacts, stepFacts } from './stepFacts.ts';

export interface FlowView {
  /** `classic-0`, `here`, `here-1` through another laboratory, `other`. */
  readonly key: string;
  readonly title: string;
  /** Where it comes from: the textbook, or this host. */
  readonly origin: string;
  readonly mode: ModeDescriptor;
  readonly flow: Flow;
  readonly counts: ChunkCounts;
  readonly sides: Sides;
  /** Of each end by itself; null where both sides are drawn as one. */
  readonly countsOfEnds: SideCounts | null;
  /** The case that numbers are taken from. */
  readonly one: KnownCase | undefined;
  /** What it measured, where several laboratories are side by side. */
  readonly measured: readonly Fact[];
  /** Of each step. */
  readonly facts: readonly StepFacts[];
  /** Copies that were seen and that the flow does not have. */
  readonly contradictions: readonly Contradiction[];
  /** Steps that no flow beside it has, and the words for that. */
  readonly own: ReadonlySet<number>;
  readonly ownWord: string;
  /** What it has more and fewer of than the flows beside it, a sentence for each. */
  readonly differences: readonly string[];
}

type KnownCase = Digestible & CaseOutline;
export type KnownResult = Pick<Result, 'experiment' | 'host' | 'receiverHost' | 'tiers'> & {
  readonly cases: readonly KnownCase[];
};

/** The textbook's flows of a mode and the one on this host. @param one the case that numbers are taken from */
export function flowViews(result: KnownResult, mode: ModeDescriptor, one: KnownCase | undefined): readonly FlowView[] {
  const here = viewHere(result, mode, one);
  const elsewhere = viewsElsewhere(result, mode, one, here);
  const classic = classicFlows(mode, result.experiment.path).map(
    ({ key, title, flow }): FlowView => ({
      key,
      title,
      origin: l10n.t('Textbook, one chunk'),
      mode,
      flow,
      counts: countsForChunk(flow),
      sides: here.sides,
      countsOfEnds: null,
      one,
      measured: [],
      facts: stepFacts(mode, flow, key, one),
      contradictions: contradictionsTo([key], one),
      own: flowDifference(flow, here.flow).onlyFirst,
      ownWord: l10n.t('only in the textbook'),
      differences: [],
    }),
  );
  if (classic.length === 0) return asTheTextbook([here, ...elsewhere]);
  const compared: FlowView = {
    ...here,
    own: inAll(classic.map(({ flow }) => flowDifference(flow, here.flow).onlySecond)),
    ownWord: l10n.t('only here'),
    differences: [
      ...classic.map(({ title, flow }) => {
        const text = differenceText(flow, here.flow);
        return classic.length === 1
          ? l10n.t('Here, against the textbook: {0}.', text)
          : l10n.t('Here, against "{0}": {1}.', title, text);
      }),
      ...(classic.some(({ flow }) => flowDifference(flow, here.flow).receiverLeftOut)
        ? [l10n.t('The textbook leaves out the receiver.')]
        : []),
    ],
  };
  return [...classic, ...asTheTextbook([compared, ...elsewhere])];
}

/** In the order of the textbook's pictures of sendfile: what cannot gather first. */
function asTheTextbook(views: readonly FlowView[]): readonly FlowView[] {
  const gathers = ({ one }: FlowView) => Number(one?.interface?.scatterGather ?? true);
  return views.toSorted((a, b) => gathers(a) - gathers(b));
}

/** The same transfer through the other laboratories of the run, each against the first. */
function viewsElsewhere(
  result: KnownResult,
  mode: ModeDescriptor,
  one: KnownCase | undefined,
  here: FlowView,
): readonly FlowView[] {
  if (one === undefined) return [];
  const settings = socketSettings(one);
  return result.cases
    .filter(
      (other) =>
        other.mode === one.mode &&
        sizeOf(other) === sizeOf(one) &&
        !other.control &&
        laboratoryText(other) !== laboratoryText(one) &&
        socketSettings(other) === settings,
    )
    .map((other, index) => beside(here, viewHere(result, mode, other), `${HERE}-${index + 1}`, laboratoryText(other)));
}

/** The flows of two modes on this host. */
export function comparedViews(
  result: KnownResult,
  [mode, one]: readonly [ModeDescriptor, KnownCase | undefined],
  [other, its]: readonly [ModeDescriptor, KnownCase | undefined],
): readonly FlowView[] {
  const [first, second] = [viewHere(result, mode, one), viewHere(result, other, its)];
  const { onlyFirst } = flowDifference(first.flow, second.flow);
  return [
    { ...first, own: onlyFirst, ownWord: l10n.t('only with {0}', mode.name) },
    beside(first, second, 'other', other.name),
  ];
}

/** @param word what the steps that the second has alone come with */
function beside(first: FlowView, second: FlowView, key: string, word: string): FlowView {
  return {
    ...second,
    key,
    own: flowDifference(first.flow, second.flow).onlySecond,
    ownWord: l10n.t('only with {0}', word),
    differences: [l10n.t('{0}, against {1}: {2}.', second.title, first.title, differenceText(first.flow, second.flow))],
  };
}

function viewHere(result: KnownResult, mode: ModeDescriptor, one: KnownCase | undefined): FlowView {
  const flow = mode.here(flowFactsOf(result, result.experiment.path, one));
  const sides = sidesOfRun(result);
  return {
    key: 'here',
    title: one === undefined ? mode.name : caseName(one, false),
    origin: originOf(result, sides),
    mode,
    flow,
    counts: countsForChunk(flow),
    sides,
    countsOfEnds: sides.ends === null ? null : countsOfSides(flow),
    one,
    measured: one !== undefined && severalLaboratories(result) ? measuredFacts(one, result.tiers) : [],
    facts: stepFacts(mode, flow, HERE, one),
    // A mode that did not do what it is for did so here.
    contradictions: contradictionsTo([HERE, PROMISED], one),
    own: new Set(),
    ownWord: '',
    differences: [],
  };
}

function severalLaboratories({ experiment: { laboratories } }: KnownResult): boolean {
  return laboratories !== null && laboratories.length > 1;
}

function originOf({ experiment: { target } }: KnownResult, { ends }: Sides): string {
  if (ends === null) return l10n.t('On this host');
  return target === 'lab' ? l10n.t('In the laboratory') : l10n.t('Between the two hosts');
}

function contradictionsTo(names: readonly string[], one: KnownCase | undefined): readonly Contradiction[] {
  return one?.evidence?.contradictions.filter(({ flow }) => names.includes(flow)) ?? [];
}

function inAll(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const [first = new Set<number>(), ...others] = sets;
  return new Set([...first].filter((index) => others.every((other) => other.has(index))));
}
