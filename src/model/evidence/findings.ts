/** What the evidence of a result says, in sentences: contradictions first. */
import * as l10n from '@vscode/l10n';
import { caseSettings } from '../caseSettings.ts';
import { type Rule, rule } from '../findings/rule.ts';
import type { Step } from '../flow.ts';
import { flowFactsOf, interfaceOf } from '../flowFacts.ts';
import { classicFlows } from '../modes/classicFlows.ts';
import type { Case } from '../result/case.ts';
import type { Contradiction, Evidence, Tier } from '../result/evidence.ts';
import type { EvidenceLink } from '../result/finding.ts';
import type { Result } from '../result/result.ts';
import { formatNumber, formatPercent } from '../units.ts';
import { UNCOUNTED_CALLS } from './contradictions.ts';
import { explanationOf } from './copies.ts';
import { HERE, PROMISED } from './flowNames.ts';
import type { CopyLabelId } from './labels.ts';
import { COPY_LABELS, labelName } from './labels.ts';
import type { Pass, Side } from './pass.ts';
import {
  blindTo,
  blindToSoftirqs,
  leastShareOfACopy,
  passOf,
  sampled,
  shareOf,
  shareText,
  totalMsPerGib,
} from './pass.ts';
import { remedyOf } from './tiers.ts';
import { FEWEST_SAMPLES, type Share } from './wilson.ts';

/** Made of packets between sender and receiver, on top of whoever is running. */
const COPIES_ON_THE_WAY: readonly CopyLabelId[] = ['copy-undone', 'copy-segmentation'];

/** A case whose evidence there is. */
interface Examined {
  readonly index: number;
  readonly pass: Pass;
  readonly evidence: Evidence;
}

interface Contradicted extends Examined {
  readonly contradiction: Contradiction;
}

/** Whether samples show that a send by reference was copied, so that the word of the kernel for it need not be given. */
export function isShownCopied({ evidence }: Case): boolean {
  return evidence?.contradictions.some(({ flow }) => flow === PROMISED) ?? false;
}

/** What the evidence passes found; nothing where no pass was asked for. */
export const evidenceRules: readonly Rule[] = [
  contradictionRule(93, ({ contradiction }) => contradiction.label === UNCOUNTED_CALLS, callsText),
  contradictionRule(92, isSecret, hereText),
  contradictionRule(91, ({ contradiction }) => contradiction.flow === PROMISED, promiseText),
  // What a mode does in secret no textbook could know.
  contradictionRule(
    90,
    (each, ofMode) =>
      isOfTextbook(each) &&
      !ofMode.some((other) => isSecret(other) && other.contradiction.label === each.contradiction.label),
    classicText,
  ),
  rule({
    kind: 'evidence-confirmed',
    question: 'confirmed',
    weight: 34,
    from: confirmed,
    say: (bound) => ({
      text: l10n.t(
        'Zero-copy confirmed for the sends of {0}: no completion says COPIED, the interface gathers and sums up, and copies on the way have at most {1} of the samples, where one of every byte would have {2} or more.',
        bound.name,
        formatPercent(bound.most),
        formatPercent(bound.least),
      ),
      cases: bound.cases,
      evidence: toFlow(bound.cases, HERE),
    }),
  }),
  rule({
    kind: 'evidence-no-copy',
    question: 'confirmed',
    weight: 33,
    from: withoutCopies,
    say: ({ what, most, least, cases }) => ({
      text: l10n.t(
        '{0}: copies have at most {1} of the samples, and one copy of every byte would have {2} or more.',
        what,
        formatPercent(most),
        formatPercent(least),
      ),
      cases,
      evidence: toFlow(cases, HERE),
    }),
  }),
  rule({
    kind: 'evidence-not-enough',
    question: 'cannot-tell',
    weight: 41,
    from: (result) => {
      const few = examine(result).filter(({ pass }) => sampled(pass) > 0 && sampled(pass) < FEWEST_SAMPLES);
      return few.length === 0 ? [] : [few];
    },
    say: (few) => ({
      text: l10n.t(
        'Not enough evidence to speak of copies in {0}: fewer than {1} samples.',
        [...new Set(few.map(({ pass }) => pass.mode.name))].join(', '),
        FEWEST_SAMPLES,
      ),
      cases: few.map(({ index }) => index),
      evidence: toFlow(
        few.map(({ index }) => index),
        null,
      ),
    }),
  }),
  rule({
    kind: 'evidence-missing',
    question: 'cannot-tell',
    weight: 40,
    from: missing,
    say: (lacking) => ({
      text: l10n.t('Which copies were made could not be looked at. {0} {1}', lacking.reason, remedyOf(lacking)),
      cases: [],
      evidence: [{ part: 'tiers' }],
    }),
  }),
];

function examine(result: Result): readonly Examined[] {
  return result.cases.flatMap(({ control, evidence }, index): Examined[] => {
    const pass = control || evidence === null ? null : passOf(result, index, evidence);
    return pass === null || evidence === null ? [] : [{ index, pass, evidence }];
  });
}

/** The flow of the first of the cases, or what was sampled of it. */
function toFlow(cases: readonly number[], flow: string | null): readonly EvidenceLink[] {
  return cases.slice(0, 1).map((index) => ({ part: 'flow', case: index, flow }));
}

/**
 * One sentence for each mode that is contradicted so, from all that contradicts it so.
 * @param isMeant is told everything that contradicts the mode, too
 */
function contradictionRule(
  weight: number,
  isMeant: (each: Contradicted, ofMode: readonly Contradicted[]) => boolean,
  text: (first: Contradicted, group: readonly Contradicted[], result: Result) => string,
): Rule {
  return rule({
    kind: 'evidence-contradiction',
    question: 'contradiction',
    weight,
    from: (result) =>
      contradictedModes(result).flatMap((ofMode) => {
        const group = ofMode.filter((each) => isMeant(each, ofMode));
        const [first] = group;
        return first === undefined ? [] : [{ first, group }];
      }),
    say: ({ first, group }, result) => {
      const cases = [...new Set(group.map(({ index }) => index))];
      return { text: text(first, group, result), cases, evidence: toFlow(cases, first.contradiction.flow) };
    },
  });
}

/** All that contradicts a mode, for each mode that is contradicted; in each laboratory it is another flow. */
function contradictedModes(result: Result): readonly (readonly Contradicted[])[] {
  const all = examine(result).flatMap((each) =>
    each.evidence.contradictions.map((contradiction): Contradicted => ({ ...each, contradiction })),
  );
  const modes = [...new Set(all.map(({ pass }) => modeNameOf(pass)))];
  return modes.map((mode) => all.filter(({ pass }) => modeNameOf(pass) === mode));
}

/** A copy that not even the flow here has. */
function isSecret({ contradiction: { flow, label } }: Contradicted): boolean {
  return flow === HERE && label !== UNCOUNTED_CALLS;
}

function isOfTextbook({ contradiction: { flow, label } }: Contradicted): boolean {
  return flow !== HERE && flow !== PROMISED && label !== UNCOUNTED_CALLS;
}

function callsText({ pass, contradiction }: Contradicted): string {
  return l10n.t('{0} is not what it says: {1}', modeNameOf(pass), contradiction.text);
}

function hereText({ pass }: Contradicted, group: readonly Contradicted[]): string {
  return l10n.t('{0} copied where the flow here has no copy: {1}.', modeNameOf(pass), copiesText(group));
}

/** With the step of the flow here that makes the copy, which is why the textbook is wrong. */
function classicText({ pass, contradiction }: Contradicted, group: readonly Contradicted[], result: Result): string {
  const keys = new Set(group.map((each) => each.contradiction.flow));
  const titles = classicFlows(pass.mode, pass.one.path).flatMap(({ key, title }) => (keys.has(key) ? [title] : []));
  const here = pass.mode.here(flowFactsOf(result, pass.one.path, pass.one));
  const why = explanationOf(here, contradiction.label as CopyLabelId, 'sender');
  const sentence = l10n.t(
    '{0} copied where its textbook flow ("{1}") has no copy: {2}.',
    modeNameOf(pass),
    titles.join('", "'),
    copiesText(group),
  );
  return why === undefined ? sentence : `${sentence} ${why.text}`;
}

function promiseText({ pass, contradiction }: Contradicted, group: readonly Contradicted[]): string {
  const why =
    contradiction.label === 'copy-undone'
      ? l10n.t('delivered on this host')
      : l10n.t('the interface cannot gather, or not sum up');
  const name = modeNameOf(pass);
  const copies = copiesText(group);
  const count = pass.one.zerocopy;
  if (count === null || count.completed === 0) return l10n.t('{0} copied after all, {1}: {2}.', name, why, copies);
  const completions = l10n.t(
    '{0} of {1} completions say COPIED',
    formatNumber(count.copied),
    formatNumber(count.completed),
  );
  return count.copied >= count.completed
    ? l10n.t('{0} copied every byte, {1}: {2}; {3}.', name, why, copies, completions)
    : l10n.t('{0} copied after all, {1}: {2}; {3}.', name, why, copies, completions);
}

/** Each kind of copy once, with the figures of the case that shows it most. */
function copiesText(group: readonly Contradicted[]): string {
  const most = new Map<string, Contradicted>();
  for (const each of group) {
    const known = most.get(each.contradiction.label);
    if (known === undefined || each.contradiction.share > known.contradiction.share) {
      most.set(each.contradiction.label, each);
    }
  }
  return [...most.values()]
    .map(({ pass, contradiction }) =>
      l10n.t(
        '{0}, {1} of the samples, {2} ms per GiB',
        labelName(contradiction.label),
        shareText(contradiction),
        formatNumber(contradiction.share * totalMsPerGib(pass)),
      ),
    )
    .join('; ');
}

/**
 * Sends by reference are confirmed by three things together: no completion says COPIED, the interface gathers and sums
 * up, and no copy routine ran. The first alone is blind to copies at segmentation.
 */
function confirmed(result: Result): readonly ModeBound[] {
  return boundsOfModes(examine(result), (pass) => {
    const { zerocopy } = pass.one;
    const silent = zerocopy !== null && zerocopy.completed > 0 && zerocopy.copied === 0;
    const leaves = interfaceOf(pass.host, pass.one);
    const offloads = leaves?.scatterGather === true && leaves.txChecksum === true;
    if (!silent || !offloads) return null;
    return boundOn(pass, [shareOf(pass, ['copy-from-user'], 'sender'), shareOf(pass, COPIES_ON_THE_WAY, 'anyone')]);
  });
}

/** Modes whose flow has no CPU copy, or none but the receiver's, where the samples bear that out. */
function withoutCopies(result: Result): readonly (ModeBound & { readonly what: string })[] {
  const examined = examine(result);
  const flowOf = (pass: Pass) => pass.mode.here(flowFactsOf(result, pass.one.path, pass.one));
  const nowhere = examined.filter(({ pass }) => !flowOf(pass).steps.some(isCopy));
  const onlyReceived = examined.filter(({ pass }) => {
    const copies = flowOf(pass).steps.filter(isCopy);
    return copies.length > 0 && copies.every((step) => step.receiver === true);
  });
  const noneOn = (side: Side) => (pass: Pass) =>
    boundOn(pass, [shareOf(pass, COPY_LABELS, side), shareOf(pass, COPIES_ON_THE_WAY, 'anyone')]);
  return [
    ...boundsOfModes(nowhere, noneOn('anyone')).map((bound) => ({
      ...bound,
      what: l10n.t('No CPU copy of the payload was seen in {0}', bound.name),
    })),
    ...boundsOfModes(onlyReceived, noneOn('sender')).map((bound) => ({
      ...bound,
      what: l10n.t('No CPU copy of the payload was seen on the sending side of {0}', bound.name),
    })),
  ];
}

function isCopy({ kind }: Step): boolean {
  return kind === 'cpu-copy';
}

interface ModeBound {
  readonly name: string;
  /** The most that copies can have in any of the cases. */
  readonly most: number;
  /** The least that a copy would have in any of them. */
  readonly least: number;
  readonly cases: readonly number[];
}

/** `sendfile`, `sendfile (sg=off)`. */
function modeNameOf({ mode, one }: Pass): string {
  const settings = caseSettings(one);
  return settings === '' ? mode.name : l10n.t('{0} ({1})', mode.name, settings);
}

/** What holds for all cases of a mode, through one laboratory, that have a bound. */
function boundsOfModes(examined: readonly Examined[], boundOf: (pass: Pass) => number | null): readonly ModeBound[] {
  const modes = new Map<string, ModeBound>();
  for (const { pass, index } of examined) {
    const most = boundOf(pass);
    if (most === null) continue;
    const name = modeNameOf(pass);
    const known = modes.get(name) ?? { name, most: 0, least: 1, cases: [] };
    const least = Math.min(known.least, leastShareOfACopy(pass));
    modes.set(name, { name, most: Math.max(known.most, most), least, cases: [...known.cases, index] });
  }
  return [...modes.values()];
}

/** The highest of the upper bounds; null where a copy could hide below it, or be made where nobody looked. */
function boundOn(pass: Pass, shares: readonly Share[]): number | null {
  const onTheWay = pass.one.path === 'file-to-socket' && blindToSoftirqs(pass, COPY_LABELS) !== null;
  if (onTheWay || blindTo(pass, COPY_LABELS) !== null) return null;
  const most = Math.max(...shares.map(({ high }) => high));
  return most < leastShareOfACopy(pass) ? most : null;
}

/** Where nothing could be sampled, or what was sampled has no names. */
function missing({ tiers }: Result): readonly NonNullable<Tier['missing']>[] {
  return ['task-samples', 'symbols'].flatMap((id) => tiers?.find((each) => each.id === id)?.missing ?? []).slice(0, 1);
}
