/** What can go wrong around a transfer, which modes it can be shown with, and the outcome in words. */
import * as l10n from '@vscode/l10n';
import { type Rule, rule } from './findings/rule.ts';
import { findMode } from './modes/catalogue.ts';
import type { ModeDescriptor } from './modes/descriptor.ts';
import type { CaseOutline } from './pageResult.ts';
import type { Case } from './result/case.ts';
import type { EvidenceLink } from './result/finding.ts';
import type { HazardKind, HazardReport } from './result/hazard.ts';
import type { PathId } from './result/path.ts';
import type { Result } from './result/result.ts';
import { formatBytes } from './units.ts';

export interface HazardDescriptor {
  readonly id: HazardKind;
  readonly name: string;
  /** One sentence: what is done at the chosen byte. */
  readonly what: string;
  readonly paths: readonly PathId[];
}

/** All hazards, in table order. Called late, when the language is known. */
export function hazardDescriptors(): readonly HazardDescriptor[] {
  const anywhere: readonly PathId[] = ['file-to-file', 'file-to-socket'];
  const socket: readonly PathId[] = ['file-to-socket'];
  return [
    {
      id: 'source-truncated',
      name: l10n.t('source truncated'),
      what: l10n.t('The source is cut off at that byte.'),
      paths: anywhere,
    },
    {
      id: 'source-appended',
      name: l10n.t('source appended to'),
      what: l10n.t('The source grows at its end.'),
      paths: anywhere,
    },
    {
      id: 'source-overwritten',
      name: l10n.t('source overwritten'),
      what: l10n.t('All bytes of the source are overwritten in place.'),
      paths: anywhere,
    },
    {
      id: 'source-deleted',
      name: l10n.t('source deleted'),
      what: l10n.t('The source gets a name and loses it again: its last link is gone.'),
      paths: anywhere,
    },
    {
      id: 'destination-full',
      name: l10n.t('destination full'),
      what: l10n.t('The copy may not grow beyond that byte (RLIMIT_FSIZE).'),
      paths: ['file-to-file'],
    },
    {
      id: 'receiver-stalls',
      name: l10n.t('receiver stops reading'),
      what: l10n.t('The receiver reads no more, and keeps the connection.'),
      paths: socket,
    },
    {
      id: 'receiver-closes',
      name: l10n.t('receiver closes'),
      what: l10n.t('The receiver closes the connection.'),
      paths: socket,
    },
    {
      id: 'receiver-resets',
      name: l10n.t('receiver resets'),
      what: l10n.t('The receiver resets the connection (RST).'),
      paths: socket,
    },
  ];
}

export function hazardsOf(path: PathId): readonly HazardDescriptor[] {
  return hazardDescriptors().filter((hazard) => hazard.paths.includes(path));
}

/**
 * Who brings the moment about: the sender between two chunks; the receiver, where one call moves everything; nobody,
 * where that call has no receiver that could be stalled.
 */
export function momentOf(mode: ModeDescriptor, path: PathId): 'sender' | 'receiver' | null {
  if (mode.chunk === 'buffer') return 'sender';
  return path === 'file-to-socket' ? 'receiver' : null;
}

/** Whether a hazard can be shown with a mode: a source cannot be changed in the middle of one call without a receiver. */
export function canMeet(hazard: HazardKind, mode: ModeDescriptor, path: PathId): boolean {
  return !hazard.startsWith('source-') || momentOf(mode, path) !== null;
}

export interface HazardTelling {
  /** A few words for a table. */
  readonly label: string;
  /** One or two sentences. */
  readonly text: string;
  /**
   * `told`: an error said so. `silent`: other bytes than the source held were delivered, and nothing said so.
   * `not-shown`: this hazard could not be made to meet this mode.
   */
  readonly tone: 'harmless' | 'told' | 'silent' | 'not-shown';
}

/** What the system did, in words; null while nothing is known. */
export function tellHazard(one: CaseOutline): HazardTelling | null {
  const hazard = one.hazard;
  const mode = findMode(one.mode);
  if (hazard === null || mode === undefined) return null;
  if (!canMeet(hazard.kind, mode, one.path)) {
    return { label: l10n.t('moment cannot be chosen'), text: one.reason?.message ?? '', tone: 'not-shown' };
  }
  if (hazard.report !== null) return tell(hazard.kind, hazard.report, hazard.atByte, one.bytes);
  return one.reason === null
    ? null
    : { label: one.reason.code, text: `${one.reason.message} ${one.reason.hint}`, tone: 'not-shown' };
}

function tell(kind: HazardKind, report: HazardReport, atByte: number, bytes: number): HazardTelling {
  const arrived = formatBytes(report.arrivedBytes);
  if (!report.happened && report.error === null) {
    return {
      label: l10n.t('over before'),
      text: l10n.t('The transfer was over before the moment came; all bytes arrived.'),
      tone: 'harmless',
    };
  }
  if (report.waited) {
    return {
      label: l10n.t('waits'),
      text: l10n.t(
        'The sender waits for as long as the receiver does not read: no error, no time limit. {0} had arrived.',
        arrived,
      ),
      tone: 'harmless',
    };
  }
  if (report.error !== null) return tellError(report.error, arrived);
  if (report.differsFromByte !== null) return tellChanged(report.differsFromByte, atByte);
  if (report.arrivedBytes < bytes) {
    return {
      label: l10n.t('short'),
      text: l10n.t('No call failed; {0} of {1} arrived.', arrived, formatBytes(bytes)),
      tone: 'silent',
    };
  }
  return { label: l10n.t('all arrived'), text: allArrived(kind), tone: 'harmless' };
}

/** Bytes before the moment had been sent already: only a reference to them can have let them change. */
function tellChanged(fromByte: number, atByte: number): HazardTelling {
  return fromByte < atByte
    ? {
        label: l10n.t('bytes already sent changed'),
        text: l10n.t(
          'No call failed, and bytes that had been sent before the moment arrived changed, from byte {0} on: what was under way were references to pages, not their contents.',
          fromByte,
        ),
        tone: 'silent',
      }
    : {
        label: l10n.t('part old, part new'),
        text: l10n.t(
          'No call failed, and from byte {0} on what arrived is not what the source held when the transfer began: the copy is part old, part new.',
          fromByte,
        ),
        tone: 'silent',
      };
}

function tellError(error: NonNullable<HazardReport['error']>, arrived: string): HazardTelling {
  const texts: Readonly<Record<string, readonly [label: string, text: string]>> = {
    SHORT:
      error.call === 'write' || error.call === 'send'
        ? [
            'EFAULT',
            l10n.t(
              '{0}() from the mapping failed with EFAULT: its page is gone. {1} had arrived.',
              error.call,
              arrived,
            ),
          ]
        : [
            l10n.t('short read'),
            l10n.t('{0}() gave no more bytes before the promised end. {1} had arrived.', error.call, arrived),
          ],
    SIGBUS: [
      l10n.t('SIGBUS, caught'),
      l10n.t(
        'Touching the mapping behind the new end raised SIGBUS. The lab put zero pages there and ended the transfer.',
      ),
    ],
    EPIPE: ['EPIPE', l10n.t('{0}() failed with EPIPE: nobody reads any more. {1} had arrived.', error.call, arrived)],
    ECONNRESET: [
      'ECONNRESET',
      l10n.t('{0}() failed with ECONNRESET: the connection was reset. {1} had arrived.', error.call, arrived),
    ],
    EFBIG: [
      'EFBIG',
      l10n.t(
        '{0}() failed with EFBIG, as ENOSPC on a full disk; what is written stays. {1} had arrived.',
        error.call,
        arrived,
      ),
    ],
    ENOSPC: [
      'ENOSPC',
      l10n.t('{0}() failed with ENOSPC; what is written stays. {1} had arrived.', error.call, arrived),
    ],
  };
  const known = Object.hasOwn(texts, error.code) ? texts[error.code] : undefined;
  const [label, text] = known ?? [
    error.code,
    l10n.t(
      '{0}() failed with {1}: {2}. {3} had arrived.',
      error.call,
      error.code,
      error.message.replace(/\.$/, ''),
      arrived,
    ),
  ];
  return { label, text, tone: 'told' };
}

/** What a run with hazards found: first where bytes changed and nobody said so. */
export const hazardRules: readonly Rule[] = [
  rule({
    kind: 'silent-change',
    question: 'contradiction',
    weight: 95,
    from: (result) =>
      hazardDescriptors().flatMap(({ id, name }) => {
        const cases = casesWhere(result, (one) => one.hazard?.kind === id && tellHazard(one)?.tone === 'silent');
        return cases.length === 0 ? [] : [{ name, cases }];
      }),
    say: ({ name, cases }, result) => ({
      text: l10n.t(
        '{0}: other bytes than the source held were delivered without any error by {1}.',
        name,
        cases.map((index) => nameAt(result, index)).join('; '),
      ),
      cases,
      evidence: toHazards(cases),
    }),
  }),
  rule({
    kind: 'survived',
    question: 'won',
    weight: 80,
    from: (result) => [casesWhere(result, (one) => one.hazard?.report?.happened === true)],
    say: (met) => ({
      text: l10n.t('{0} hazards met a transfer half way; none ended the process.', met.length),
      cases: met,
      evidence: toHazards(met),
    }),
  }),
];

function casesWhere({ cases }: Result, isMeant: (one: Case) => boolean): readonly number[] {
  return cases.flatMap((one, index) => (isMeant(one) ? [index] : []));
}

function nameAt({ cases }: Result, index: number): string {
  const mode = cases[index]?.mode ?? '';
  return findMode(mode)?.name ?? mode;
}

/** The first of them in the table of hazards. */
function toHazards(cases: readonly number[]): readonly EvidenceLink[] {
  return cases.slice(0, 1).map((index) => ({ part: 'hazards', case: index }));
}

/** Why nothing was lost. */
function allArrived(kind: HazardKind): string {
  switch (kind) {
    case 'source-truncated':
      return l10n.t('Everything arrived as it was: the mode held it already when the source was cut.');
    case 'source-appended':
      return l10n.t('Everything arrived as it was; what was appended is not sent, the size was taken at the start.');
    case 'source-overwritten':
      return l10n.t('Everything arrived as it was: the mode had copied it before it was overwritten.');
    case 'source-deleted':
      return l10n.t('Everything arrived as it was: an open file lives on without a name.');
    default:
      return l10n.t('Everything arrived as it was.');
  }
}
