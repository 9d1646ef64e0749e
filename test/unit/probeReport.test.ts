import { describe, expect, test } from 'vitest';
import { reportProbe } from '../../src/cli/probeReport.ts';
import { wrapped } from '../../src/cli/textTable.ts';
import { hostFactGroups } from '../../src/model/hostFacts.ts';
import { modesNotRun } from '../../src/model/modes/notRun.ts';
import type { LaboratoryProbe, ModeProbe, ProbeReport } from '../../src/model/probe.ts';
import type { Host } from '../../src/model/result/host.ts';
import { aHost } from './fixtures.ts';

const LONG = {
  code: 'EPERM',
  message: 'A seccomp filter forbids io_uring_setup in this container (docker), as the default profile of Docker does.',
  hint: 'Start the container with --security-opt seccomp=PROFILE, where PROFILE allows io_uring_setup.',
};

const NO_NETEM = { code: 'ENOENT', message: 'This kernel has no queueing discipline netem.', hint: 'Load it.' };

function aReport(
  modes: readonly ModeProbe[],
  host: Partial<Host> = {},
  laboratory: LaboratoryProbe = { problem: null, switches: [] },
): ProbeReport {
  return {
    probedAt: '2026-11-21T10:00:00.000Z',
    host: aHost({ name: 'lovelace', ...host }),
    directory: '/data',
    modes,
    laboratory,
    route: null,
  };
}

const report = aReport([
  { mode: 'read-write', path: 'file-to-file', status: 'works', problem: null, notes: [] },
  { mode: 'io-uring', path: 'file-to-socket', status: 'unsupported', problem: LONG, notes: [] },
  { mode: 'splice', path: 'file-to-file', status: 'failed', problem: { ...LONG, code: 'stuck' }, notes: [] },
  { mode: 'msg-zerocopy', path: 'file-to-socket', status: 'works', problem: null, notes: ['The kernel copied 4.'] },
]);

describe('a probe on a terminal', () => {
  test('says how the interface to another host is set, and what it means that it cannot gather', () => {
    const link = { name: 'eth7', mtu: 9000, scatterGather: false, tso: null, gso: null, txChecksum: true };
    const eth = { ...link, virtio: false, virtual: false, linkBytesPerSecond: 1_250_000_000 };
    const route = { to: 'far:7411', interface: eth, problem: null };
    const text = reportProbe({ ...report, route }, 100);
    expect(text).toMatch(/Bytes for far:7411 leave by:\n +Interface: eth7\n +Link: 10 Gbit\/s\n +MTU: 9000\n/);
    expect(text).toContain('Without scatter-gather the CPU copies every packet once more');
  });

  test('says why there is no way to another host', () => {
    const problem = { code: 'ENETUNREACH', message: 'connect: no route.', hint: 'Ask.' };
    const text = reportProbe({ ...report, route: { to: 'far:7411', interface: null, problem } }, 100);
    expect(text).toContain('No way to far:7411\n    connect: no route. Ask.');
  });

  test('says what can be set in a laboratory, and why not the rest', () => {
    const switches = [
      { id: 'sg', problem: null },
      { id: 'mtu', problem: null },
      { id: 'delay', problem: NO_NETEM },
    ] as const;
    const text = reportProbe(aReport([], {}, { problem: null, switches }), 80);
    expect(text).toMatch(/^A laboratory \(--to lab\) can be made here, and set by:\n {4}sg, mtu$/m);
    expect(text).toMatch(/^not by delay\n {4}This kernel has no queueing discipline netem\. Load it\.$/m);
  });

  test('says why there is no laboratory', () => {
    const text = reportProbe(aReport([], {}, { problem: LONG, switches: [] }), 80);
    expect(text).toMatch(/^No laboratory \(--to lab\) here\n {4}A seccomp filter/m);
  });

  test('says per mode and path whether it works, and why not below the row', () => {
    const text = reportProbe(report, 80);
    expect(text).toMatch(/^2 of 4 ways to move bytes work here:$/m);
    expect(text).toMatch(/^read-write +file-to-file +works$/m);
    expect(text).toMatch(/^io-uring +file-to-socket +unsupported: EPERM\n {4}A seccomp filter/m);
    expect(text).toMatch(/^splice +file-to-file +failed: stuck\n {4}A seccomp filter/m);
    expect(text).toMatch(/^msg-zerocopy +file-to-socket +works\n {4}The kernel copied 4\.$/m);
    const words = text.replaceAll(/\s+/g, ' ');
    expect(words).toContain(`${LONG.message} ${LONG.hint}`);
    for (const { id, why } of modesNotRun()) expect(words).toContain(`${id} ${why}`);
    for (const { heading, facts } of hostFactGroups(report.host)) {
      expect(text).toContain(`\n\n${heading}\n`);
      for (const [name, value] of facts) expect(words).toContain(`${name} ${value}`);
    }
  });

  test.each([60, 80, 100])('keeps to %d columns', (width) => {
    for (const line of reportProbe(report, width).split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(width);
      expect(line).toBe(line.trimEnd());
    }
  });

  test('breaks lines at blanks only, and keeps every word', () => {
    const text = 'one two --a-word-that-is-longer-than-the-line three';
    expect(wrapped(text, 10)).toEqual(['one two', '--a-word-that-is-longer-than-the-line', 'three']);
    expect(wrapped('', 10)).toEqual([]);
  });
});
