/** What of this host held a mode back: only where the run shows that it did. */
import * as l10n from '@vscode/l10n';
import { modeName } from '../caseName.ts';
import { CONTRADICTED_FROM, passOf, shareOf, shareText } from '../evidence/pass.ts';
import type { Share } from '../evidence/wilson.ts';
import { flowFactsOf } from '../flowFacts.ts';
import { wantedPipeBytes } from '../modes/calls.ts';
import { findMode } from '../modes/catalogue.ts';
import type { Case } from '../result/case.ts';
import type { EvidenceLink } from '../result/finding.ts';
import type { BlockDevice } from '../result/host.ts';
import type { Problem } from '../result/problem.ts';
import type { Result } from '../result/result.ts';
import { formatBytes } from '../units.ts';
import { inRanking, type Rule, rule } from './rule.ts';

/** A reason is the host's where a system call gave it. */
const ERRNO = /^E[A-Z0-9]+$/;

const HOST: EvidenceLink = { part: 'host' };

export const hostLimitRules: readonly Rule[] = [
  rule({
    kind: 'mode-refused',
    question: 'limit',
    weight: 42,
    from: refusedModes,
    say: ({ reason, cases }, result) => ({
      text: l10n.t('Could not run here: {0}. {1}', modeNames(result, cases), reason.message),
      cases,
      evidence: [...inRanking(cases.slice(0, 1)), HOST],
    }),
  }),
  rule({
    kind: 'no-scatter-gather',
    question: 'limit',
    weight: 41,
    from: segmentCopies,
    say: ({ index, share }, result) => ({
      text: l10n.t(
        '{0} has no scatter-gather, so that packets were copied once more at segmentation, whichever mode sent them: {1} of the samples of {2}.',
        result.host.interface?.name ?? '',
        shareText(share),
        modeNames(result, [index]),
      ),
      cases: [index],
      evidence: [{ part: 'flow', case: index, flow: null }, HOST],
    }),
  }),
  rule({
    kind: 'small-pipe',
    question: 'limit',
    weight: 40,
    from: smallPipes,
    say: ({ got, wanted, cases }, result) => ({
      text: l10n.t(
        'The pipe of {0} holds {1} here instead of {2}, so that a call moves no more than that.',
        modeNames(result, cases),
        formatBytes(got),
        formatBytes(wanted),
      ),
      cases,
      evidence: [...inRanking(cases.slice(0, 1)), HOST],
    }),
  }),
  rule({
    kind: 'no-shared-blocks',
    question: 'limit',
    weight: 39,
    from: (result) => {
      const cases = casesWhere(result, copiedInsteadOfSharing);
      return cases.length === 0 ? [] : [cases];
    },
    say: (cases, result) => ({
      text: l10n.t(
        '{0} copied the bytes: the {1} at {2} shared no blocks between source and copy.',
        modeNames(result, cases),
        result.host.filesystem.type,
        result.host.filesystem.mountPoint,
      ),
      cases,
      evidence: [...cases.slice(0, 1).map((index) => ({ part: 'flow', case: index, flow: 'here' }) as const), HOST],
    }),
  }),
  rule({
    kind: 'host-dma',
    question: 'limit',
    weight: 38,
    from: (result) => {
      const disk = result.host.virtualised === null ? undefined : virtioDisk(result);
      const cases = disk === undefined ? [] : casesWhere(result, (one) => waitsForDma(result, one));
      return disk === undefined || cases.length === 0 ? [] : [{ disk, cases }];
    },
    say: ({ disk, cases }, result) => ({
      text: l10n.t(
        'The DMA that {0} waited for is that of {1}, a virtio disk: the machine around this one does it, and its CPU time is in none of these numbers.',
        modeNames(result, cases),
        disk.name,
      ),
      cases,
      evidence: [...inRanking(cases.slice(0, 1)), HOST],
    }),
  }),
];

/** Modes that a system call refused, together where it is for one reason. */
function refusedModes({ cases }: Result): readonly { readonly reason: Problem; readonly cases: readonly number[] }[] {
  const refused = cases.flatMap(({ status, reason }, index) =>
    status === 'unsupported' && reason !== null && ERRNO.test(reason.code) ? [{ reason, index }] : [],
  );
  return [...new Set(refused.map(({ reason }) => reason.message))].map((message) => {
    const alike = refused.filter((each) => each.reason.message === message);
    return { reason: (alike[0] as (typeof refused)[number]).reason, cases: alike.map(({ index }) => index) };
  });
}

/** The case in which copies at segmentation took the largest share, where the interface cannot gather. */
function segmentCopies(result: Result): readonly { readonly index: number; readonly share: Share }[] {
  if (result.host.interface?.scatterGather !== false) return [];
  return result.cases
    .flatMap(({ control, evidence }, index) => {
      const pass = control || evidence === null ? null : passOf(result, index, evidence);
      return pass === null ? [] : [{ index, share: shareOf(pass, ['copy-segmentation'], 'anyone') }];
    })
    .filter(({ share }) => share.low >= CONTRADICTED_FROM)
    .sort((a, b) => b.share.share - a.share.share)
    .slice(0, 1);
}

interface SmallPipes {
  readonly got: number;
  readonly wanted: number;
  readonly cases: readonly number[];
}

/** Pipes that the kernel made smaller than they were asked to be, together where they are alike. */
function smallPipes({ cases }: Result): readonly SmallPipes[] {
  const found = new Map<string, SmallPipes>();
  for (const [index, one] of cases.entries()) {
    const got = Math.min(...one.samples.flatMap(({ observed }) => observed['pipeBytes'] ?? []));
    const wanted = wantedPipeBytes(one);
    if (!Number.isFinite(got) || wanted === null || got >= wanted) continue;
    const key = `${got} ${wanted}`;
    found.set(key, { got, wanted, cases: [...(found.get(key)?.cases ?? []), index] });
  }
  return [...found.values()];
}

/** A mode that leaves it to the filesystem, which looked for shared blocks afterwards and found none. */
function copiedInsteadOfSharing({ mode, samples }: Case): boolean {
  const shared = samples.flatMap(({ observed }) => observed['sharedBytes'] ?? []);
  return findMode(mode)?.moves === 'data' && shared.length > 0 && shared.every((bytes) => bytes === 0);
}

function virtioDisk({ host }: Result): BlockDevice | undefined {
  return host.blockDevices.find(({ virtio }) => virtio);
}

/** Whether a device moves data before the mode has come to its end, as from a cold cache or with O_DIRECT. */
function waitsForDma(result: Result, one: Case): boolean {
  const mode = findMode(one.mode);
  if (mode === undefined || one.summary === null || one.control) return false;
  return mode
    .here(flowFactsOf(result, one.path, one))
    .steps.some((step) => step.kind === 'dma-copy' && step.later !== true);
}

function casesWhere({ cases }: Result, isMeant: (one: Case) => boolean): readonly number[] {
  return cases.flatMap((one, index) => (isMeant(one) ? [index] : []));
}

/** Each mode once. */
function modeNames({ cases }: Result, indexes: readonly number[]): string {
  return [...new Set(indexes.map((index) => modeName(cases[index]?.mode ?? '')))].join('; ');
}
