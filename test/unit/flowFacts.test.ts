import { describe, expect, test } from 'vitest';
import { flowFactsOf } from '../../src/model/flowFacts.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { Result } from '../../src/model/result/result.ts';
import { aCompleteResult, aHost, anExperiment, aPlannedResult, aSample, aSocketExperiment } from './fixtures.ts';

/** A result whose copy_file_range cases observed these numbers of shared bytes, in one transfer each. */
function withShared(...seen: readonly (number | undefined)[]): Result {
  const planned = aPlannedResult(anExperiment({ modes: ['copy-file-range'] }));
  const model = planned.cases.find((one) => one.mode === 'copy-file-range') as Case;
  const cases = seen.map((sharedBytes) => ({
    ...model,
    samples: [aSample(1, { observed: sharedBytes === undefined ? {} : { sharedBytes } })],
  }));
  return { ...planned, cases };
}

describe('the facts of a result', () => {
  test('are those of its host and its experiment', () => {
    const result = aCompleteResult(
      undefined,
      anExperiment({ cache: 'cold', bytes: 8192, queueDepth: 32, durable: true }),
    );
    expect(flowFactsOf(result, 'file-to-file')).toEqual({
      path: 'file-to-file',
      cold: true,
      durable: true,
      wholeBlocks: true,
      receiver: null,
      delivery: null,
      outOf: null,
      into: null,
      undone: null,
      mapped: null,
      scatterGather: result.host.interface?.scatterGather ?? null,
      checksumOffload: result.host.interface?.txChecksum ?? null,
      filesystem: result.host.filesystem.type,
      sharesBlocks: null,
      kernel: result.host.kernel,
      peer: null,
      queueDepth: 32,
    });
  });

  test('over a socket: what the receiver does, that it is on this host, and what the interface can', () => {
    const features = { scatterGather: false, tso: false, gso: true, txChecksum: true };
    const host = aHost({
      interface: { name: 'veth0', mtu: 1500, virtio: false, virtual: true, linkBytesPerSecond: null, ...features },
    });
    const result = aPlannedResult(aSocketExperiment(), host);
    expect(flowFactsOf(result, 'file-to-socket')).toMatchObject({
      receiver: 'read',
      delivery: 'local',
      scatterGather: false,
      checksumOffload: true,
    });
  });

  test('a size that is no multiple of 4 KiB may leave O_DIRECT a tail', () => {
    const result = aPlannedResult(anExperiment({ bytes: 8191 }));
    expect(flowFactsOf(result, 'file-to-file').wholeBlocks).toBe(false);
  });

  test.each([
    { seen: [], expected: null },
    { seen: [undefined], expected: null },
    { seen: [0], expected: false },
    { seen: [0, 4096], expected: true },
  ])('copy_file_range that observed $seen shared bytes: $expected', ({ seen, expected }) => {
    expect(flowFactsOf(withShared(...seen), 'file-to-file').sharesBlocks).toBe(expected);
  });
});
