/** Packages on systems that are older or other than this one: what works there, moves the right bytes, and is said of the rest. */
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { parseResult } from '../../src/lab/resultFile.ts';
import { PATHS } from '../../src/model/paths.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import { skip } from '../skip.ts';
import { expectAgreement } from './agreement.ts';
import { arm64 } from './systems/arm64.ts';
import { debian11 } from './systems/debian.ts';
import { withNode } from './systems/node.ts';
import { type Findings, findings } from './systems/system.ts';

const limitMs = 20 * 60_000;

/** Modes that need nothing an emulator of a processor lacks. */
const plain = [
  ...['read-write', 'mmap-write', 'mmap-mmap', 'sendfile', 'splice', 'copy-file-range'],
  ...['pipe', 'socketpair', 'unix-sendfile', 'unix-splice', 'vmsplice', 'vmsplice-splice', 'shared-memory'],
];

/** On this machine's own kernel all works that works here; qemu has no io_uring, MSG_ZEROCOPY, process_vm_readv, nor STATX_DIOALIGN. */
const systems = [
  { system: debian11, lacks: [] },
  { system: withNode(20, 'v20.20.2'), lacks: [] },
  { system: withNode(22, 'v22.23.3'), lacks: [] },
  { system: withNode(24, 'v24.21.0'), lacks: [] },
  { system: arm64, lacks: [/uring/, /zerocopy/, /^process-vm/, /direct/, /dontcache/] },
];

describe.each(systems)('$system.name', ({ system, lacks }) => {
  let visited: Findings | string;
  beforeAll(async () => {
    visited = system.obstacle() ?? (await findings(system));
  }, limitMs);

  function read(context: TestContext, name: string): string {
    if (typeof visited === 'string') return skip(context, visited);
    return visited.get(name) ?? expect.fail(`The visit left no ${name}.`);
  }

  function probe(context: TestContext): ProbeReport {
    return JSON.parse(read(context, 'probe.json')) as ProbeReport;
  }

  test('is what it is called', (context) => {
    expect(JSON.parse(read(context, 'identity'))).toMatchObject(system.identity);
  });

  test('the probe finds what works, and gives a reason for the rest', (context) => {
    expect([read(context, 'probe.code'), read(context, 'probe.err')]).toEqual(['0', '']);
    const { modes } = probe(context);
    const works = modes.filter(({ status }) => status === 'works').map(({ mode }) => mode);
    expect(works).toEqual(expect.arrayContaining(plain));
    for (const { mode, status, problem } of modes.filter((one) => one.status !== 'works')) {
      expect({ mode, status, problem }).toEqual({
        mode,
        status: 'unsupported',
        problem: { code: expect.any(String), message: expect.stringMatching(/\S/), hint: expect.stringMatching(/\S/) },
      });
      // By the filesystem, which may be any.
      if (!/^(reflink|read-write-dontcache|direct|io-uring-direct|direct-msg-zerocopy)$/.test(mode)) {
        expect(lacks.filter((pattern) => pattern.test(mode))).not.toEqual([]);
      }
    }
  });

  test.for(PATHS)('a run on %s moves the right bytes by what works, as the probe said', (path, context) => {
    expect([read(context, `${path}.code`), read(context, `${path}.err`)]).toEqual(['0', '']);
    const parsed = parseResult(read(context, `${path}.json`), path);
    const result = parsed.ok ? parsed.value : expect.fail(parsed.problem.message);
    expect(result.status).toBe('complete');
    expectAgreement(result, probe(context), path);
  });
});
