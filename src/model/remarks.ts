/**
 * What to know about a case's numbers: where the mode did not do what its name promises, or did it in another way than
 * asked for. From what the samples observed; shown beside the numbers wherever they are.
 */
import * as l10n from '@vscode/l10n';
import { interfaceOf } from './flowFacts.ts';
import { findMode } from './modes/catalogue.ts';
import { type CaseOutline, type Digestible, digestOf, observedOf, transferCount } from './pageResult.ts';
import type { Host } from './result/host.ts';
import type { Result } from './result/result.ts';
import { formatBytes } from './units.ts';

export interface Remark {
  readonly kind:
    | 'blocks-shared'
    | 'copied-after-all'
    | 'no-copy-reported'
    | 'buffer-rounded'
    | 'buffered-tail'
    | 'smaller-pipe'
    | 'io-workers'
    | 'mapped-by-receiver';
  /** A few words for a table. */
  readonly label: string;
  /** One or two sentences. */
  readonly text: string;
}

/** A case, and what its transfers observed. */
type Measured = Digestible & CaseOutline;

/** The remarks of a case, the most important first. */
export function remarksOf(measured: Measured, host: Host): readonly Remark[] {
  if (transferCount(measured) === 0) return [];
  const one = { ...measured, digest: digestOf(measured) };
  return [...sharing(one), ...zerocopy(one, host), ...directIo(one), ...pipe(one), ...workers(one), ...receiver(one)];
}

/** Whether blocks were shared instead of bytes moved, so that a speed would mean nothing and only the time is told. */
export function sharesBlocks(one: Digestible & Pick<CaseOutline, 'mode' | 'bytes'>): boolean {
  return (
    findMode(one.mode)?.moves === 'sharing' ||
    (one.bytes > 0 && (observedOf(one, 'sharedBytes')?.least ?? 0) >= one.bytes)
  );
}

function sharing(one: Measured): readonly Remark[] {
  if (!sharesBlocks(one)) return [];
  return [
    {
      kind: 'blocks-shared',
      label: l10n.t('blocks shared, no data moved'),
      text: l10n.t(
        'The filesystem made both files point to the same blocks (FIEMAP_EXTENT_SHARED). Its time is that of changing metadata; a speed would mean nothing.',
      ),
    },
  ];
}

/**
 * The COPIED flag of a completion is honest when it is set. When it is clear the copy may still have been made later, at
 * segmentation, on an interface without scatter-gather or checksum offload (net/core/skbuff.c: skb_segment).
 */
function zerocopy(one: Measured, host: Host): readonly Remark[] {
  const count = one.zerocopy;
  if (count === null || count.completed === 0) return [];
  if (count.copied > 0) {
    return [
      {
        kind: 'copied-after-all',
        label:
          count.copied >= count.completed
            ? l10n.t('kernel copied after all')
            : l10n.t('kernel copied {0} of {1} sends', count.copied, count.completed),
        text: l10n.t(
          'The kernel reported for {0} of {1} completed sends that it copied the data after all; whatever is delivered on the same host always is (skb_copy_ubufs).',
          count.copied,
          count.completed,
        ),
      },
    ];
  }
  const leaves = interfaceOf(host, one);
  const offloads = leaves?.scatterGather === true && leaves.txChecksum === true;
  return [
    {
      kind: 'no-copy-reported',
      label: l10n.t('no copy reported, not confirmed'),
      text: offloads
        ? l10n.t(
            'The kernel reports no copy for any of {0} sends; not confirmed, because that takes kernel evidence that no copy routine ran.',
            count.completed,
          )
        : l10n.t(
            'The kernel reports no copy for any of {0} sends; not confirmed: without scatter-gather and checksum offload the copy is made later, at segmentation, and the report does not know of it.',
            count.completed,
          ),
    },
  ];
}

function directIo(one: Measured): readonly Remark[] {
  const rounded = observedOf(one, 'directBufferBytes')?.most ?? null;
  const tail = observedOf(one, 'bufferedTailBytes')?.most ?? null;
  return [
    ...(rounded === null || rounded === one.bufferBytes
      ? []
      : [
          {
            kind: 'buffer-rounded' as const,
            label: l10n.t('buffer rounded up to {0}', formatBytes(rounded)),
            text: l10n.t('O_DIRECT takes whole blocks: the buffer was rounded up to {0}.', formatBytes(rounded)),
          },
        ]),
    ...(tail === null || tail === 0
      ? []
      : [
          {
            kind: 'buffered-tail' as const,
            label: l10n.t('last {0} buffered', formatBytes(tail)),
            text: l10n.t(
              'The last {0} do not fill a block of the device: they went through the page cache.',
              formatBytes(tail),
            ),
          },
        ]),
  ];
}

function pipe(one: Measured): readonly Remark[] {
  const got = observedOf(one, 'pipeBytes')?.least ?? null;
  const asked = typeof one.options['pipeBytes'] === 'number' ? one.options['pipeBytes'] : one.bufferBytes;
  if (got === null || asked === null || got >= asked) return [];
  return [
    {
      kind: 'smaller-pipe',
      label: l10n.t('pipe of {0}', formatBytes(got)),
      text: l10n.t('Its pipe holds {0}, so a call moves no more than that.', formatBytes(got)),
    },
  ];
}

function workers(one: Measured): readonly Remark[] {
  const count = observedOf(one, 'ioWorkers')?.most ?? 0;
  if (count === 0) return [];
  return [
    {
      kind: 'io-workers',
      label: l10n.t('{0} io_uring workers', count),
      text: l10n.t(
        'The kernel ran requests on up to {0} io_uring worker threads; their CPU time is part of the sender’s.',
        count,
      ),
    },
  ];
}

function receiver(one: Measured): readonly Remark[] {
  const mapped = observedOf(one, 'receiverMappedBytes')?.total ?? null;
  if (mapped === null) return [];
  const copied = observedOf(one, 'receiverCopiedBytes')?.total ?? 0;
  const share = mapped + copied === 0 ? 0 : Math.round((100 * mapped) / (mapped + copied));
  return [
    {
      kind: 'mapped-by-receiver',
      label: l10n.t('{0} % mapped by the receiver', share),
      text: l10n.t(
        'TCP_ZEROCOPY_RECEIVE could map {0} % of the bytes; the rest did not fill whole pages and was copied.',
        share,
      ),
    },
  ];
}

/** Every remark of a result, with the cases it is about; the same words are said once. */
export function remarksOfResult(
  result: Pick<Result, 'host'> & { readonly cases: readonly Measured[] },
): readonly { readonly remark: Remark; readonly cases: readonly number[] }[] {
  const found = new Map<string, { remark: Remark; cases: number[] }>();
  for (const [index, one] of result.cases.entries()) {
    for (const remark of remarksOf(one, result.host)) {
      const key = `${one.mode} ${remark.kind} ${remark.label}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { remark, cases: [index] });
      else known.cases.push(index);
    }
  }
  return [...found.values()];
}
