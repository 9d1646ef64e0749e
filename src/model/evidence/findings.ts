/** What the evidence of a result says, in sentences: contradictions first. */
import * as l10n from '@vscode/l10n';
import type { Step } from '../flow.ts';
import { flowFactsOf } from '../flowFacts.ts';
import type { Case, Contradiction, Evidence, Finding, Result } from '../result.ts';
import { formatNumber, formatPercent } from '../units.ts';
import { UNCOUNTED_CALLS } from './contradictions.ts';
import { HERE, PROMISED } from './flowNames.ts';
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

/** Whether samples show that a send by reference was copied, so that the word of the kernel for it need not be given. */
export function isShownCopied({ evidence }: Case): boolean {
  return evidence?.contradictions.some(({ flow }) => flow === PROMISED) ?? false;
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

/** One sentence for each mode and what is contradicted: its calls, its flow here, what it is for, its textbook flows. */
function contradicted(examined: readonly Examined[]): Finding[] {
  const all = examined.flatMap((each) =>
    each.evidence.contradictions.map((contradiction): Contradicted => ({ ...each, contradiction })),
  );
  const modes = [...new Set(all.map(({ pass }) => pass.mode.id))];
  return modes.flatMap((mode) => {
    const ofMode = all.filter(({ pass }) => pass.mode.id === mode);
    const calls = ofMode.filter(({ contradiction }) => contradiction.label === UNCOUNTED_CALLS);
    const here = ofMode.filter(({ contradiction: { flow, label } }) => flow === HERE && label !== UNCOUNTED_CALLS);
    const promised = ofMode.filter(({ contradiction }) => contradiction.flow === PROMISED);
    // What a mode does in secret no textbook could know.
    const secret = new Set(here.map(({ contradiction }) => contradiction.label));
    const classic = ofMode.filter(
      ({ contradiction: { flow, label } }) => flow !== HERE && flow !== PROMISED && !secret.has(label),
    );
    return [
      ...sentence(calls, callsText),
      ...sentence(here, hereText),
      ...sentence(promised, promiseText),
      ...sentence(classic, classicText),
    ];
  });
}

/** @param text from one contradiction at least, of one mode */
function sentence(
  group: readonly Contradicted[],
  text: (first: Contradicted, group: readonly Contradicted[]) => string,
): Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  return [{ kind: CONTRADICTION, text: text(first, group), cases: [...new Set(group.map(({ index }) => index))] }];
}

function callsText({ pass, contradiction }: Contradicted): string {
  return l10n.t('{0} is not what it says: {1}', pass.mode.name, contradiction.text);
}

function hereText({ pass }: Contradicted, group: readonly Contradicted[]): string {
  return l10n.t('{0} copied where the flow here has no copy: {1}.', pass.mode.name, copiesText(group));
}

function classicText({ pass }: Contradicted, group: readonly Contradicted[]): string {
  const titles = [...new Set(group.map(({ contradiction }) => contradiction.flow))];
  return l10n.t(
    '{0} copied where its textbook flow ("{1}") has no copy: {2}.',
    pass.mode.name,
    titles.join('", "'),
    copiesText(group),
  );
}

function promiseText({ pass, contradiction }: Contradicted, group: readonly Contradicted[]): string {
  const why =
    contradiction.label === 'copy-undone'
      ? l10n.t('delivered on this host')
      : l10n.t('the interface cannot gather, or not sum up');
  const name = pass.mode.name;
  const copies = copiesText(group);
  const count = pass.one.zerocopy;
  if (count === null || count.completed === 0) return l10n.t('{0} copied after all, {1}: {2}.', name, why, copies);
  const completions = l10n.t('{0} of {1} completions say COPIED', count.copied, count.completed);
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
