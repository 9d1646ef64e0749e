/** The command line on other kernels than this machine's: what works there, and what it says of what does not. */
import path from 'node:path';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import { parseResult } from '../../src/lab/resultFile.ts';
import { HERE } from '../../src/model/evidence/flowNames.ts';
import { COPY_LABELS } from '../../src/model/evidence/labels.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import type { Case } from '../../src/model/result/case.ts';
import type { LabelShare } from '../../src/model/result/evidence.ts';
import { tierSchema } from '../../src/model/result/evidence.ts';
import type { PathId } from '../../src/model/result/path.ts';
import type { Result } from '../../src/model/result/result.ts';
import { skip } from '../skip.ts';
import { expectAgreement } from './agreement.ts';
import { type Filesystem, makeDisk, noDisks } from './guests/disk.ts';
import { noGuests, type Results, visit } from './guests/guest.ts';
import { debianKernel } from './guests/kernel.ts';
import { lab, zcl } from './guests/lab.ts';

const limitMs = 10 * 60_000;
const filesystems: readonly Filesystem[] = ['ext4', 'xfs'];

/** What cannot work there, by what the kernel and the filesystem are, and what is to be said of it. */
const noDontcache = { 'read-write-dontcache': /^RWF_DONTCACHE came with Linux 6\.14, and this is 6\.\d+\./ };
const refusals: Readonly<Record<Filesystem, Readonly<Record<string, RegExp>>>> = {
  ext4: { ...noDontcache, reflink: /^The ext4 at \/ext4 shares no blocks/ },
  xfs: noDontcache,
};

const watched = {
  'file-to-file': ['mmap-write', 'sendfile', 'splice', 'direct'],
  'file-to-socket': ['sendfile', 'msg-zerocopy'],
} as const;

/** What a filesystem has to do with is done on both of them. */
const task = `
${zcl}
run() { zcl run --buffers 64KiB --rounds 1 --quiet "$@"; }
mkdir /ext4 /xfs
mount -t ext4 /dev/vda /ext4
mount -t xfs /dev/vdb /xfs
for place in ext4 xfs; do
  cd /$place
  zcl probe --json > /results/$place.json
  run --path file-to-file --modes all --size 4MiB --json /results/$place-file-to-file.json
done
cd /ext4
for path in file-to-socket process-to-process; do
  run --path $path --modes all --size 4MiB --json /results/ext4-$path.json
done
${Object.entries(watched)
  .map(
    ([path, modes]) =>
      `run --path ${path} --modes ${modes} --size 8MiB --evidence require --json /results/watched-${path}.json`,
  )
  .join('\n')}
`;

/** The copies that lead the samples of sender, receiver and softirqs together, as on every other kernel. */
const copies: readonly (readonly [PathId, string, readonly string[]])[] = [
  ['file-to-file', 'read-write', ['copy-from-user', 'copy-to-user']],
  ['file-to-file', 'mmap-write', ['copy-from-user']],
  ['file-to-file', 'sendfile', ['copy-page-cache']],
  ['file-to-file', 'splice', ['copy-page-cache']],
  ['file-to-file', 'direct', []],
  ['file-to-socket', 'sendfile', ['copy-to-user']],
  ['file-to-socket', 'msg-zerocopy', ['copy-to-user', 'copy-undone']],
];

/** Boots a kernel, and has the lab do its work on it; or says why that cannot be done here. */
async function visitKernel(series: string): Promise<Results | string> {
  const obstacle = noGuests() ?? noDisks(...filesystems);
  if (obstacle !== null) return obstacle;
  const kernel = await debianKernel(series);
  if (!kernel.ok) return kernel.problem.message;
  const folder = temporaryFolder('disks');
  try {
    const disks = await Promise.all(filesystems.map((type) => makeDisk(path.join(folder, type), type)));
    const contents = { ...lab, modules: ['virtio_pci', 'virtio_blk', 'xfs'], task };
    return await visit({ kernel: kernel.value, contents, cpu: 'max', memoryMib: 1024, disks, limitMs });
  } finally {
    removeFolder(folder);
  }
}

function caseOf({ cases }: Result, wanted: string): Case {
  return cases.find(({ mode, control }) => mode === wanted && !control) ?? expect.fail(`no case of ${wanted}`);
}

function shareOf(labels: readonly LabelShare[], wanted: string): number {
  return labels.filter(({ label }) => label === wanted).reduce((sum, { share }) => sum + share, 0);
}

describe.each(['6.1', '6.12'])('on Linux %s', (series) => {
  let visited: Results | string;
  beforeAll(async () => {
    visited = await visitKernel(series);
  }, limitMs);

  function read(context: TestContext, file: string): string {
    if (typeof visited === 'string') return skip(context, visited);
    return visited.get(`${file}.json`) ?? expect.fail(`The guest left no ${file}.`);
  }

  function probe(context: TestContext, place: Filesystem): ProbeReport {
    return JSON.parse(read(context, place)) as ProbeReport;
  }

  function result(context: TestContext, file: string): Result {
    const parsed = parseResult(read(context, file), file);
    return parsed.ok ? parsed.value : expect.fail(parsed.problem.message);
  }

  function holdAgainstProbe(context: TestContext, place: Filesystem, path: PathId): void {
    expectAgreement(result(context, `${place}-${path}`), probe(context, place), path);
  }

  describe.each(filesystems)('with %s', (place) => {
    test('the probe is of that host', (context) => {
      const { host } = probe(context, place);
      expect(host.kernel.startsWith(`${series}.`)).toBe(true);
      expect(host.filesystem).toMatchObject({ type: place, mountPoint: `/${place}` });
    });

    test('what the probe says does not work is what cannot', (context) => {
      const { modes } = probe(context, place);
      const found = modes.filter(({ status }) => status !== 'works');
      expect(Object.fromEntries(found.map(({ mode, status }) => [mode, status]))).toEqual(
        Object.fromEntries(Object.keys(refusals[place]).map((mode) => [mode, 'unsupported'])),
      );
      for (const { mode, problem } of found) expect(problem?.message).toMatch(refusals[place][mode] as RegExp);
    });

    test('file-to-file does what the probe said', (context) => holdAgainstProbe(context, place, 'file-to-file'));
  });

  test.for(['file-to-socket', 'process-to-process'] as const)('%s does what the probe said', (path, context) =>
    holdAgainstProbe(context, 'ext4', path),
  );

  test('loopback copies what was sent by reference', (context) => {
    const { cases } = result(context, 'ext4-file-to-socket');
    const byReference = cases.filter(({ zerocopy }) => zerocopy !== null);
    expect(byReference.map(({ mode }) => mode)).toEqual(expect.arrayContaining(['msg-zerocopy', 'io-uring-send-zc']));
    for (const { mode, zerocopy } of byReference) {
      expect({ mode, ...zerocopy }).toEqual({ mode, sent: 64, completed: 64, copied: 64 });
    }
  });

  describe('the evidence', () => {
    test.for(['file-to-file', 'file-to-socket'])(
      'of %s is of every kind, and counts the calls the lab counts',
      (path, context) => {
        const { tiers, cases } = result(context, `watched-${path}`);
        expect(tiers).toHaveLength(tierSchema.entries.id.options.length);
        expect(tiers?.filter(({ available }) => !available)).toEqual([]);
        for (const { mode, evidence } of cases.filter(({ control }) => !control)) {
          const { counted, traced } = evidence?.calls ?? expect.fail(`no calls of ${mode}`);
          expect({ mode, traced }).toEqual({ mode, traced: counted });
        }
      },
    );

    test.for(copies)('%s by %s shows %j', ([path, mode, expected], context) => {
      const { evidence } = caseOf(result(context, `watched-${path}`), mode);
      const shown = COPY_LABELS.filter((label) => shareOf(evidence?.labels ?? [], label) >= 0.015);
      expect(shown.toSorted()).toEqual(expected);
      expect(evidence?.contradictions.filter(({ flow }) => flow === HERE)).toEqual([]);
    });
  });
});
