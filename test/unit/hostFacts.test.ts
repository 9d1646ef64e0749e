import { describe, expect, test } from 'vitest';
import { parseResult } from '../../src/lab/resultFile.ts';
import { hostFactGroups } from '../../src/model/hostFacts.ts';
import type { Host } from '../../src/model/result/host.ts';
import { aCompleteResult, aHost, granted } from './fixtures.ts';

describe('facts of a host', () => {
  function fact(name: string, host: Partial<Host>): string | undefined {
    const facts = hostFactGroups(aHost(host)).flatMap((group) => group.facts);
    return facts.find((each) => each[0] === name)?.[1];
  }

  test('what is not known is said to be unknown', () => {
    const host = { seccomp: null, distribution: null, limits: { memlock: null } };
    expect(fact('System-call filter (seccomp)', host)).toBe('unknown');
    expect(fact('Distribution', host)).toBe('unknown');
    expect(fact('memlock (ulimit -l)', host)).toBe('unknown');
  });

  test('limits have the names one sets them by, and units', () => {
    const limits = { memlock: 'unlimited', pipeMaxSize: 1048576, pipeUserPagesHard: 0, ioUringDisabled: 2, novelty: 7 };
    expect(fact('memlock (ulimit -l)', { limits })).toBe('unlimited');
    expect(fact('fs.pipe-max-size', { limits })).toBe('1 MiB');
    expect(fact('fs.pipe-user-pages-hard', { limits })).toBe('unlimited');
    expect(fact('kernel.io_uring_disabled', { limits })).toBe('2');
    expect(fact('novelty', { limits })).toBe('7');
  });

  test('devices from the filesystem down, with what counts for O_DIRECT and DMA', () => {
    const device = {
      alias: null,
      model: null,
      rotational: null,
      scheduler: null,
      logicalBlockBytes: null,
      virtio: false,
    };
    const blockDevices = [
      { ...device, name: 'dm-0', alias: 'vg-home', logicalBlockBytes: 4096 },
      { ...device, name: 'vda3', rotational: false, scheduler: 'none', virtio: true },
    ];
    expect(fact('Device dm-0', { blockDevices })).toBe('vg-home, blocks of 4 KiB');
    expect(fact('Device vda3', { blockDevices })).toMatch(/^virtio: .*, not rotational, scheduler none$/);
  });

  test('an interface only where there is one', () => {
    const on = {
      mtu: 65536,
      scatterGather: true,
      tso: false,
      gso: null,
      txChecksum: true,
      virtio: false,
      virtual: true,
      linkBytesPerSecond: null,
    };
    expect(fact('Scatter-gather', {})).toBeUndefined();
    expect(fact('Scatter-gather', { interface: { name: 'lo', ...on } })).toBe('on');
    expect(fact('TCP segmentation (TSO)', { interface: { name: 'lo', ...on } })).toBe('off');
    expect(fact('Generic segmentation (GSO)', { interface: { name: 'lo', ...on } })).toBe('unknown');
  });

  test('a document from before some were gathered says null for them', () => {
    const result = aCompleteResult();
    const { blockDevices, seccomp, transparentHugePages, cpu, ...host } = result.host;
    const { governor, ...olderCpu } = cpu;
    const link = { name: 'lo', mtu: 65536, scatterGather: true };
    const older = { ...result, host: { ...host, cpu: olderCpu, interface: link } };
    expect(granted(parseResult(JSON.stringify(older), 'older')).host).toEqual({
      ...host,
      blockDevices: [],
      seccomp: null,
      transparentHugePages: null,
      cpu: { ...olderCpu, governor: null },
      interface: {
        ...link,
        tso: null,
        gso: null,
        txChecksum: null,
        virtio: null,
        virtual: null,
        linkBytesPerSecond: null,
      },
    });
  });
});
