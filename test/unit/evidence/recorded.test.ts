/** The labels of recorded stacks, held against the flows: every copy a flow has is there, and no other. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { proofOf } from '../../../src/model/evidence/copies.ts';
import { HERE, PROMISED } from '../../../src/model/evidence/flowNames.ts';
import type { CopyLabelId } from '../../../src/model/evidence/labels.ts';
import { COPY_LABELS } from '../../../src/model/evidence/labels.ts';
import { flowFactsOf } from '../../../src/model/flowFacts.ts';
import { findMode } from '../../../src/model/modes/catalogue.ts';
import type { ModeDescriptor } from '../../../src/model/modes/descriptor.ts';
import type { Evidence } from '../../../src/model/result/evidence.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { evidenceOf, resultOf } from './evidence.ts';
import type { RecordedTransfers } from './recorded.ts';
import { recordedOn } from './recorded.ts';

const KERNELS = readdirSync(new URL('.', import.meta.url)).flatMap(
  (name) => /^stacks-(.+)\.json$/.exec(name)?.[1] ?? [],
);

function modeOf({ mode }: RecordedTransfers): ModeDescriptor {
  const found = findMode(mode);
  if (found === undefined) throw new Error(`no mode ${mode}`);
  return found;
}

function flowOf(recorded: RecordedTransfers, result: Result) {
  return modeOf(recorded).here(flowFactsOf(result, recorded.path));
}

function nameOf({ mode, path, receiver, peer }: RecordedTransfers): string {
  return [mode, path, receiver ?? peer].filter((part) => part !== undefined).join(', ');
}

/** The copies of the payload by the sender, as textbooks of the kernel have them, not taken from the flows. */
const COPIES_OF_THE_SENDER: Readonly<Record<string, readonly CopyLabelId[]>> = {
  'read-write, file-to-file': ['copy-from-user', 'copy-to-user'],
  'read-write, file-to-socket': ['copy-from-user', 'copy-to-user'],
  'read-write-dontcache, file-to-file': ['copy-from-user', 'copy-to-user'],
  'mmap-write, file-to-file': ['copy-from-user'],
  'mmap-write, file-to-socket': ['copy-from-user'],
  'mmap-mmap, file-to-file': ['copy-user'],
  'sendfile, file-to-file': ['copy-page-cache'],
  'sendfile, file-to-socket': [],
  'splice, file-to-file': ['copy-page-cache'],
  'splice, file-to-socket': [],
  'copy-file-range, file-to-file': ['copy-page-cache'],
  'direct, file-to-file': [],
  'msg-zerocopy, file-to-socket': ['copy-undone'],
  'read-msg-zerocopy, file-to-socket': ['copy-to-user', 'copy-undone'],
  'direct-msg-zerocopy, file-to-socket': ['copy-undone'],
  'io-uring, file-to-file': ['copy-from-user', 'copy-to-user'],
  'io-uring-fixed, file-to-file': ['copy-fixed-buffer'],
  'io-uring-direct, file-to-file': [],
  'io-uring-send-zc, file-to-socket': ['copy-to-user', 'copy-undone'],
  'io-uring-splice, file-to-file': ['copy-page-cache'],
  'io-uring-splice, file-to-socket': [],
  'pipe, process-to-process': ['copy-from-user'],
  'socketpair, process-to-process': ['copy-from-user'],
  'unix-sendfile, process-to-process': [],
  'unix-splice, process-to-process': [],
  'vmsplice, process-to-process': [],
  'vmsplice-splice, process-to-process': [],
  'process-vm-readv, process-to-process': [],
  'shared-memory, process-to-process': [],
};

/**
 * Of kernels whose compiler made memcpy a part of its callers: what fixed buffers are copied by looks as if it crossed
 * the border to user space there.
 */
const WITHOUT_MEMCPY: typeof COPIES_OF_THE_SENDER = {
  'io-uring-fixed, file-to-file': ['copy-from-user', 'copy-to-user'],
};
const KERNELS_WITHOUT_MEMCPY: readonly string[] = ['6.1', '6.12'];

function copiesOfTheSender(kernel: string, { mode, path }: RecordedTransfers): readonly CopyLabelId[] | undefined {
  const own = KERNELS_WITHOUT_MEMCPY.includes(kernel) ? WITHOUT_MEMCPY : {};
  return { ...COPIES_OF_THE_SENDER, ...own }[`${mode}, ${path}`];
}

/** What is copied by the receiver: nothing where it discards, or where both sides have the memory mapped. */
function copiesOfTheReceiver({ mode, path, receiver }: RecordedTransfers): readonly CopyLabelId[] {
  if (path === 'file-to-file' || receiver === 'discard' || mode === 'shared-memory') return [];
  return ['copy-to-user'];
}

/** Labels of copies with 3 % or more of the samples. Packets are copied on top of whoever runs: that is the sender's. */
function leadingCopies({ labels }: Evidence, side: 'sender' | 'receiver'): readonly CopyLabelId[] {
  return COPY_LABELS.filter((label) => {
    const delivery = label === 'copy-undone';
    const samples = labels.filter(
      (each) =>
        each.label === label && (delivery ? side === 'sender' : (each.thread === 'receiver') === (side === 'receiver')),
    );
    return samples.reduce((sum, { share }) => sum + share, 0) >= 0.03;
  }).sort();
}

describe.each(KERNELS)('on %s', (kernel) => {
  const recordings = recordedOn(kernel);

  test.each(recordings.map((recorded) => [nameOf(recorded), recorded] as const))('%s', (_, recorded) => {
    const result = resultOf(recorded, `${kernel}.0`);
    const { arrows, contradictions, labels } = evidenceOf(result);
    expect(leadingCopies(evidenceOf(result), 'sender')).toEqual(copiesOfTheSender(kernel, recorded));
    expect(leadingCopies(evidenceOf(result), 'receiver')).toEqual(copiesOfTheReceiver(recorded));
    const flow = flowOf(recorded, result);
    const verdicts = flow.steps.map((step, index) => ({
      copy: step.kind === 'cpu-copy' ? proofOf(step, flow).labels.join('|') : null,
      reference: step.kind === 'page-reference' && step.from !== 'disk',
      verdict: arrows.find((arrow) => arrow.flow === HERE && arrow.step === index)?.verdict,
    }));
    expect(verdicts.filter(({ copy }) => copy !== null)).toEqual(
      verdicts.filter(({ copy }) => copy !== null).map((each) => ({ ...each, verdict: 'seen' })),
    );
    // In software everything else takes so long that the time of a copy would not be noticed.
    const honest = recorded.emulated ? ['seen', 'not-observable'] : ['seen'];
    for (const { reference, verdict } of verdicts) if (reference) expect(honest).toContain(verdict);
    expect(contradictions.filter(({ flow: name }) => name === HERE)).toEqual([]);
    const nameless = labels.filter(({ label }) => label === 'other' || label === 'unlabelled');
    expect(nameless.reduce((sum, { share }) => sum + share, 0)).toBeLessThan(0.03);
  });

  test('the classic splice between files lacks the copy, classic sendfile has it', () => {
    const between = (mode: string) =>
      recordings
        .filter((recorded) => recorded.mode === mode && recorded.path === 'file-to-file')
        .flatMap((recorded) => evidenceOf(resultOf(recorded, `${kernel}.0`)).contradictions)
        .map(({ flow, label }) => ({ flow, label }));
    expect(between('splice')).toEqual([{ flow: 'classic-0', label: 'copy-page-cache' }]);
    expect(between('sendfile')).toEqual([]);
  });

  test('over loopback what MSG_ZEROCOPY is for is undone, and nothing contradicts sendfile by scatter-gather', () => {
    const over = (mode: string) =>
      recordings
        .filter((recorded) => recorded.mode === mode && recorded.path === 'file-to-socket')
        .flatMap((recorded) => evidenceOf(resultOf(recorded, `${kernel}.0`)).contradictions)
        .map(({ flow, label }) => `${flow}: ${label}`);
    expect(new Set(over('msg-zerocopy'))).toEqual(new Set([`${PROMISED}: copy-undone`]));
    expect(over('sendfile')).toEqual([]);
  });
});
