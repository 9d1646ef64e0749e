/** What the evidence of a result says, in sentences: contradictions first. */
import * as l10n from '@vscode/l10n';
import type { Flow } from '../flow.ts';
import { flowFactsOf } from '../flowFacts.ts';
import type { Contradiction, Evidence, Finding, Result } from '../result.ts';
import { formatNumber, formatPercent } from '../units.ts';
import { UNCOUNTED_CALLS } from './contradictions.ts';
import { COPY_LABELS, labelName } from './labels.ts';
import type { Pass } from './pass.ts';
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
import { HERE, PROMISED } from './verdicts.ts';

/** Kind of the findings that lead all others. */
export const CONTRADICTION = 'evidence-contradiction';

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
  return [...contradicted(examined), ...withoutCopies(result, examined), ...notEnough(examined), ...missing(result)];
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

/** Modes whose flow has no CPU copy by the sender, where the samples bear that out. */
function withoutCopies(result: Result, examined: readonly Examined[]): Finding[] {
  const groups = new Map<string, Examined[]>();
  for (const each of examined) {
    const { pass } = each;
    if (copiesOf(pass.mode.here(flowFactsOf(result, pass.one.path))) > 0 || bound(pass) === null) continue;
    groups.set(pass.mode.id, [...(groups.get(pass.mode.id) ?? []), each]);
  }
  return [...groups.values()].flatMap((group): Finding[] => {
    const loosest = group.reduce((a, b) => ((bound(b.pass) ?? 0) > (bound(a.pass) ?? 0) ? b : a));
    return [
      {
        kind: 'evidence-no-copy',
        text: noCopyText(loosest.pass, bound(loosest.pass) ?? 1),
        cases: group.map(({ index }) => index),
      },
    ];
  });
}

/** Copies that the sender makes, or that are made on the way. */
function copiesOf(flow: Flow): number {
  return flow.steps.filter((step) => step.kind === 'cpu-copy' && !step.receiver).length;
}

/** The most that copies on the sender's side can have of the samples; null where a copy could hide below that. */
function bound(pass: Pass): number | null {
  if (blindTo(pass, COPY_LABELS) !== null) return null;
  const sender = shareOf(pass, COPY_LABELS, 'sender').high;
  if (pass.one.path !== 'file-to-socket') return sender < leastShareOfACopy(pass) ? sender : null;
  if (blindToSoftirqs(pass, COPY_LABELS) !== null) return null;
  const most = Math.max(sender, shareOf(pass, ['copy-undone', 'copy-segmentation'], 'anyone').high);
  return most < leastShareOfACopy(pass) ? most : null;
}

/**
 * Sends by reference are confirmed by three things together: no completion says COPIED, the interface gathers and sums
 * up, and no copy routine ran. The first alone is blind to copies at segmentation.
 */
function noCopyText(pass: Pass, most: number): string {
  const { mode, one, host } = pass;
  const [high, least] = [formatPercent(most), formatPercent(leastShareOfACopy(pass))];
  const count = one.zerocopy;
  const offloads = host.interface?.scatterGather === true && host.interface.txChecksum === true;
  if (count !== null && count.completed > 0 && count.copied === 0 && offloads) {
    return l10n.t(
      'Zero-copy confirmed for {0}: none of {1} completions says COPIED, the interface gathers and sums up, and copies have at most {2} of the samples (one copy of every byte would have {3} or more).',
      mode.name,
      count.completed,
      high,
      least,
    );
  }
  const where =
    one.path === 'file-to-file'
      ? l10n.t('No CPU copy of the payload was seen in {0}', mode.name)
      : l10n.t('No CPU copy of the payload was seen on the sending side of {0}', mode.name);
  return l10n.t(
    '{0}: copies have at most {1} of the samples, and one copy of every byte would have {2} or more.',
    where,
    high,
    least,
  );
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
