import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/model/findings.ts';
import { remarksOf, remarksOfResult, sharesBlocks } from '../../src/model/remarks.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { summarise } from '../../src/model/summary.ts';
import { zerocopyTotal } from '../../src/model/zerocopyTotal.ts';
import { LOOPBACK } from '../interfaces.ts';
import { aCompleteResult, aHost, aSample } from './fixtures.ts';

function aCase(changes: Partial<Case>, sample: Partial<Sample> = {}): Case {
  const one = aCompleteResult().cases[0] as Case;
  return { ...one, samples: [0, 1, 2].map((round) => aSample(round, sample)), ...changes };
}

function labels(one: Case, host = aHost()): readonly string[] {
  return remarksOf(one, host).map(({ label }) => label);
}

const OFFLOADS = { ...LOOPBACK, name: 'eth0', mtu: 1500 };
const withScatterGather = aHost({ interface: OFFLOADS });
const withoutScatterGather = aHost({ interface: { ...OFFLOADS, scatterGather: false } });
const withoutChecksum = aHost({ interface: { ...OFFLOADS, txChecksum: false } });

describe('shared blocks', () => {
  test('are told where the whole destination is shared', () => {
    const clone = aCase({ bytes: 8192 }, { observed: { sharedBytes: 8192 } });
    expect(sharesBlocks(clone)).toBe(true);
    expect(labels(clone)).toEqual(['blocks shared, no data moved']);
  });

  test.each([
    { name: 'none is shared', observed: { sharedBytes: 0 } },
    { name: 'only a part is shared', observed: { sharedBytes: 4096 } },
    { name: 'nobody looked', observed: {} },
  ])('are not told where $name', ({ observed }) => {
    expect(sharesBlocks(aCase({ bytes: 8192 }, { observed }))).toBe(false);
  });

  test('one transfer that copied is enough for a speed', () => {
    const samples = [8192, 8192, 0].map((sharedBytes, round) => aSample(round, { observed: { sharedBytes } }));
    expect(sharesBlocks(aCase({ bytes: 8192, samples }))).toBe(false);
  });

  test('an empty transfer shares nothing', () => {
    expect(sharesBlocks(aCase({ bytes: 0 }, { observed: { sharedBytes: 0 } }))).toBe(false);
  });
});

describe('what completions said', () => {
  test('is summed over the counted samples', () => {
    const samples = [1, 2, 3].map((sent, round) => aSample(round, { zerocopy: { sent, completed: sent, copied: 1 } }));
    expect(zerocopyTotal(samples)).toEqual({ sent: 6, completed: 6, copied: 3 });
    const result = aCompleteResult();
    const summed = summarise({ ...result, cases: [aCase({ samples }), ...result.cases.slice(1)] });
    expect(summed.cases[0]?.zerocopy).toEqual({ sent: 5, completed: 5, copied: 2 });
  });

  test('is null where no send asked', () => {
    expect(zerocopyTotal([aSample(1)])).toBeNull();
    expect(labels(aCase({ zerocopy: null }))).toEqual([]);
  });

  test('copied: the kernel copied after all, wholly or in part', () => {
    expect(labels(aCase({ zerocopy: { sent: 4, completed: 4, copied: 4 } }))).toEqual(['kernel copied after all']);
    expect(labels(aCase({ zerocopy: { sent: 4, completed: 4, copied: 1 } }))).toEqual(['kernel copied 1 of 4 sends']);
  });

  test('not copied is never called confirmed, and the missing scatter-gather is named', () => {
    const zerocopy = { sent: 4, completed: 4, copied: 0 };
    const [trusting] = remarksOf(aCase({ zerocopy }), withScatterGather);
    const [doubting] = remarksOf(aCase({ zerocopy }), withoutScatterGather);
    expect(trusting?.label).toBe('no copy reported, not confirmed');
    expect(doubting?.label).toBe('no copy reported, not confirmed');
    expect(trusting?.text).not.toContain('scatter-gather');
    expect(doubting?.text).toContain('without scatter-gather');
    expect(remarksOf(aCase({ zerocopy }), withoutChecksum)[0]?.text).toContain('checksum offload');
    expect(remarksOf(aCase({ zerocopy }), aHost())[0]?.text).toContain('without scatter-gather');
  });
});

describe('what was done in another way than asked for', () => {
  test.each([
    { observed: { directBufferBytes: 4096 }, bufferBytes: 1000, label: 'buffer rounded up to 4 KiB' },
    { observed: { bufferedTailBytes: 17 }, bufferBytes: 4096, label: 'last 17 B buffered' },
    { observed: { pipeBytes: 65_536 }, bufferBytes: 1_048_576, label: 'pipe of 64 KiB' },
    { observed: { ioWorkers: 3 }, bufferBytes: 4096, label: '3 io_uring workers' },
    {
      observed: { receiverMappedBytes: 300, receiverCopiedBytes: 100 },
      bufferBytes: 4096,
      label: '75 % mapped by the receiver',
    },
  ])('$label', ({ observed, bufferBytes, label }) => {
    expect(labels(aCase({ bufferBytes }, { observed }))).toEqual([label]);
  });

  test.each([
    { name: 'a buffer that needed no rounding', observed: { directBufferBytes: 4096 } },
    { name: 'no tail', observed: { bufferedTailBytes: 0 } },
    { name: 'a pipe as large as the buffer', observed: { pipeBytes: 4096 } },
    { name: 'no worker', observed: { ioWorkers: 0 } },
  ])('nothing is said of $name', ({ observed }) => {
    expect(labels(aCase({ bufferBytes: 4096 }, { observed }))).toEqual([]);
  });

  test('a pipe smaller than asked for is told whatever the buffer', () => {
    const one = aCase({ bufferBytes: 4096, options: { pipeBytes: 1_048_576 } }, { observed: { pipeBytes: 65_536 } });
    expect(labels(one)).toEqual(['pipe of 64 KiB']);
  });
});

describe('a result', () => {
  test('says the same of several cases of a mode once', () => {
    const result = aCompleteResult();
    const busy = (one: Case): Case => ({
      ...one,
      samples: one.samples.map((each) => ({ ...each, observed: { ioWorkers: 2 } })),
    });
    const marked = { ...result, cases: result.cases.map(busy) };
    const remarks = remarksOfResult(marked);
    expect(remarks).toHaveLength(new Set(result.cases.map((one) => one.mode)).size);
    expect(remarks.flatMap(({ cases }) => cases).sort()).toEqual([...result.cases.keys()].sort());
  });

  test('names no case that shared blocks as the fastest, and tells its time', () => {
    const result = aCompleteResult();
    const index = result.cases.findIndex((one) => one.mode === 'sendfile');
    const shared = summarise({
      ...result,
      cases: result.cases.map((one, at) =>
        at === index
          ? {
              ...one,
              samples: one.samples.map((each) => ({ ...each, wallNs: 2000, observed: { sharedBytes: one.bytes } })),
            }
          : one,
      ),
    });
    const findings = findingsOf(shared);
    expect(findings.filter(({ kind }) => kind === 'faster').flatMap(({ cases }) => cases)).not.toContain(index);
    const told = findings.find(({ kind }) => kind === 'blocks-shared');
    expect(told?.cases).toEqual([index]);
    expect(told?.text).toMatch(/moved no data/);
  });
});

test('modes that were copied alike share one finding', () => {
  const result = aCompleteResult();
  const zerocopy = { sent: 4, completed: 4, copied: 4 };
  const copied = {
    ...result,
    cases: result.cases.map((one) => ({ ...one, samples: one.samples.map((each) => ({ ...each, zerocopy })) })),
  };
  const findings = findingsOf(summarise(copied)).filter(({ kind }) => kind === 'copied-after-all');
  expect(findings).toHaveLength(1);
  expect(findings[0]?.text).toMatch(/^Not zero-copy here: .*sendfile/);
  expect(findings[0]?.cases).toHaveLength(result.cases.length);
});
