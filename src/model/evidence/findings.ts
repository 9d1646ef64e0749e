/** What the evidence of a result says, in sentences: contradictions first. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { flowFactsOf } from '../flowFacts.ts';
import type { Contradiction, Evidence, Finding, Result } from '../result.ts';
import { formatNumber, formatPercent } from '../units.ts';
import { UNCOUNTED_CALLS } from './contradictions.ts';
import type { CopyLabelId } from './labels.ts';
import { COPY_LABELS, labelName } from './labels.ts';
import type { Pass, Side } from './pass.ts';
import {
  blindTo,
  blindToSoftirqs,
  FEWEST_SAMPLES,
  leastShareOfACopy,
  passOf,
  sampled,
  shareOf,
  shareText,
  totalMsPerGib,
} from './pass.ts';
import type { Share } from './shares.ts';
import { HERE, PROMISED } from './verdicts.ts';

/** Kind of the findings that lead all others. */
export const CONTRADICTION = 'evidence-contradiction';

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

/** Findings of the evidence passes; none where no pass was asked for. */
export function evidenceFindings(result: Result): Finding[] {
  const examined = result.cases.flatMap(({ control, evidence }, index): Examined[] => {
    const pass = control || evidence === null ? null : passOf(result, index, evidence);
    return pass === null || evidence === null ? [] : [{ index, pass, evidence }];
  });
  return [
    ...contradicted(examined),
    ...confirmed(examined),
    ...withoutCopies(result, examined),
    ...notEnough(examined),
    ...missing(result),
  ];
}

/** One sentence for each mode and copy, with the figures of the case that shows it most. */
function contradicted(examined: readonly Examined[]): Finding[] {
  const groups = new Map<string, Contradicted[]>();
  for (const each of examined) {
    for (const contradiction of each.evidence.contradictions) {
      const { flow, label } = contradiction;
      // Classic flows of one mode that lack the same copy share a sentence.
      const key = `${each.pass.mode.id} ${label} ${isClassic(flow) ? 'classic' : flow}`;
      groups.set(key, [...(groups.get(key) ?? []), { ...each, contradiction }]);
    }
  }
  return [...groups.values()].map((group) => {
    const most = group.reduce((a, b) => (b.contradiction.share > a.contradiction.share ? b : a));
    return {
      kind: CONTRADICTION,
      text: contradictionText(most, [...new Set(group.map(({ contradiction }) => contradiction.flow))]),
      cases: [...new Set(group.map(({ index }) => index))],
    };
  });
}

function isClassic(flow: string): boolean {
  return flow !== HERE && flow !== PROMISED;
}

function contradictionText({ pass, contradiction }: Contradicted, flows: readonly string[]): string {
  const { flow, label, text } = contradiction;
  const name = pass.mode.name;
  if (label === UNCOUNTED_CALLS) return l10n.t('{0} is not what it says: {1}', name, text);
  const figures = l10n.t(
    '{0}, {1} of the samples, {2} ms per GiB',
    labelName(label),
    shareText(contradiction),
    formatNumber(contradiction.share * totalMsPerGib(pass)),
  );
  if (flow === PROMISED) return promiseText(pass, label, figures);
  if (flow === HERE) return l10n.t('{0} made a copy that the flow here does not have: {1}.', name, figures);
  return l10n.t(
    '{0} is not as the textbooks draw it ("{1}"), which lack a copy: {2}.',
    name,
    flows.join('", "'),
    figures,
  );
}

function promiseText({ mode, one }: Pass, label: string, figures: string): string {
  const why =
    label === 'copy-undone' ? l10n.t('delivered on this host') : l10n.t('the interface cannot gather, or not sum up');
  const count = one.zerocopy;
  if (count === null || count.completed === 0)
    return l10n.t('{0} copied after all, {1}: {2}.', mode.name, why, figures);
  const completions = l10n.t('{0} of {1} completions say COPIED', count.copied, count.completed);
  return count.copied >= count.completed
    ? l10n.t('{0} copied every byte, {1}: {2}; {3}.', mode.name, why, figures, completions)
    : l10n.t('{0} copied after all, {1}: {2}; {3}.', mode.name, why, figures, completions);
}

/**
 * Sends by reference are confirmed by three things together: no completion says COPIED, the interface gathers and sums
 * up, and no copy routine ran. The first alone is blind to copies at segmentation.
 */
function confirmed(examined: readonly Examined[]): Finding[] {
  const bounds = boundsOfModes(examined, (pass) => {
    const { zerocopy } = pass.one;
    const silent = zerocopy !== null && zerocopy.completed > 0 && zerocopy.copied === 0;
    const offloads = pass.host.interface?.scatterGather === true && pass.host.interface.txChecksum === true;
    if (!silent || !offloads) return null;
    return boundOn(pass, [shareOf(pass, ['copy-from-user'], 'sender'), shareOf(pass, COPIES_ON_THE_WAY, 'anyone')]);
  });
  return bounds.map(({ name, most, least, cases }) => ({
    kind: 'evidence-confirmed',
    text: l10n.t(
      'Zero-copy confirmed for the sends of {0}: no completion says COPIED, the interface gathers and sums up, and copies on the way have at most {1} of the samples, where one of every byte would have {2} or more.',
      name,
      formatPercent(most),
      formatPercent(least),
    ),
    cases: [...cases],
  }));
}

/** Modes whose flow has no CPU copy, or none but the receiver's, where the samples bear that out. */
function withoutCopies(result: Result, examined: readonly Examined[]): Finding[] {
  const flowOf = (pass: Pass) => pass.mode.here(flowFactsOf(result, pass.one.path));
  const nowhere = examined.filter(({ pass }) => !flowOf(pass).steps.some(isCopy));
  const onlyReceived = examined.filter(({ pass }) => {
    const copies = flowOf(pass).steps.filter(isCopy);
    return copies.length > 0 && copies.every((step) => step.receiver === true);
  });
  const noneOn = (side: Side) => (pass: Pass) =>
    boundOn(pass, [shareOf(pass, COPY_LABELS, side), shareOf(pass, COPIES_ON_THE_WAY, 'anyone')]);
  return [
    ...boundsOfModes(nowhere, noneOn('anyone')).map((bound) =>
      noCopy(l10n.t('No CPU copy of the payload was seen in {0}', bound.name), bound),
    ),
    ...boundsOfModes(onlyReceived, noneOn('sender')).map((bound) =>
      noCopy(l10n.t('No CPU copy of the payload was seen on the sending side of {0}', bound.name), bound),
    ),
  ];
}

function isCopy({ kind }: Step): boolean {
  return kind === 'cpu-copy';
}

function noCopy(what: string, { most, least, cases }: ModeBound): Finding {
  return {
    kind: 'evidence-no-copy',
    text: l10n.t(
      '{0}: copies have at most {1} of the samples, and one copy of every byte would have {2} or more.',
      what,
      formatPercent(most),
      formatPercent(least),
    ),
    cases: [...cases],
  };
}

interface ModeBound {
  readonly name: string;
  /** The most that copies can have in any of the cases. */
  readonly most: number;
  /** The least that a copy would have in any of them. */
  readonly least: number;
  readonly cases: readonly number[];
}

/** What holds for all cases of a mode that have a bound. */
function boundsOfModes(examined: readonly Examined[], boundOf: (pass: Pass) => number | null): readonly ModeBound[] {
  const modes = new Map<string, ModeBound>();
  for (const { pass, index } of examined) {
    const most = boundOf(pass);
    if (most === null) continue;
    const { id, name } = pass.mode;
    const known = modes.get(id) ?? { name, most: 0, least: 1, cases: [] };
    const least = Math.min(known.least, leastShareOfACopy(pass));
    modes.set(id, { name, most: Math.max(known.most, most), least, cases: [...known.cases, index] });
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

function notEnough(examined: readonly Examined[]): Finding[] {
  const few = examined.filter(({ pass }) => sampled(pass) > 0 && sampled(pass) < FEWEST_SAMPLES);
  if (few.length === 0) return [];
  return [
    {
      kind: 'evidence-not-enough',
      text: l10n.t(
        'Not enough evidence to speak of copies in {0}: fewer than {1} samples.',
        [...new Set(few.map(({ pass }) => pass.mode.name))].join(', '),
        FEWEST_SAMPLES,
      ),
      cases: few.map(({ index }) => index),
    },
  ];
}

/** Where nothing could be sampled, or what was sampled has no names. */
function missing({ tiers }: Result): Finding[] {
  const tier = ['task-samples', 'symbols']
    .map((id) => tiers?.find((each) => each.id === id))
    .find((each) => each?.missing != null);
  if (tier?.missing == null) return [];
  return [
    {
      kind: 'evidence-missing',
      text: l10n.t(
        'Which copies were made could not be looked at. {0} To allow it: {1}. To undo that: {2}.',
        tier.missing.reason,
        tier.missing.allow,
        tier.missing.undo,
      ),
      cases: [],
    },
  ];
}
