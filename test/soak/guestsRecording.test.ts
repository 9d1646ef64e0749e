/**
 * Records the stacks of every mode on other kernels, and holds them against those the unit tests of the labels have.
 * What is recorded is kept in test-output/, to be copied to test/unit/evidence/ for a kernel that is new there.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inRepository, removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import { COPY_LABELS } from '../../src/model/evidence/labels.ts';
import { labelShares } from '../../src/model/evidence/shares.ts';
import { skip } from '../skip.ts';
import { decode, type RecordedTransfers, recordedOn } from '../unit/evidence/recorded.ts';
import { bundle } from './guests/bundle.ts';
import { makeDisk, noDisks } from './guests/disk.ts';
import { noGuests, visit } from './guests/guest.ts';
import { debianKernel, type Kernel } from './guests/kernel.ts';
import { lab } from './guests/lab.ts';

const limitMs = 10 * 60_000;
/** A copy of every byte has more of the samples than this, in all recordings; and what is less may be chance. */
const noticed = 0.05;
const surelySeen = 0.01;

const task = `
mkdir /ext4
mount -t ext4 /dev/vda /ext4
${process.execPath} /recorder.js /lab /ext4 > /results/stacks.json
`;

async function record(kernel: Kernel): Promise<string> {
  const folder = temporaryFolder('recording');
  try {
    const files = { ...lab.files, '/recorder.js': await bundle('recorder', folder) };
    const contents = { ...lab, files, modules: ['virtio_pci', 'virtio_blk'], task };
    const disks = [await makeDisk(path.join(folder, 'disk'), 'ext4')];
    const results = await visit({ kernel, contents, cpu: 'max', memoryMib: 1024, disks, limitMs });
    return results.get('stacks.json') ?? '';
  } finally {
    removeFolder(folder);
  }
}

/** Mode, path and far end, with the labels of the copies above a share. */
function copiesIn(recorded: readonly RecordedTransfers[], least: number): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    recorded.map(({ mode, path: where, receiver, peer, stacks, ...pass }) => {
      const labels = labelShares(stacks, pass);
      const copies = COPY_LABELS.filter(
        (copy) => labels.filter(({ label }) => label === copy).reduce((sum, { share }) => sum + share, 0) >= least,
      );
      return [`${mode}, ${where}, ${receiver ?? peer ?? 'file'}`, copies];
    }),
  );
}

test.for(['6.1', '6.12'])('the stacks of Linux %s have the labels they had', async (series, context) => {
  const obstacle = noGuests() ?? noDisks('ext4');
  if (obstacle !== null) skip(context, obstacle);
  const kernel = await debianKernel(series);
  if (!kernel.ok) skip(context, kernel.problem.message);
  const text = await record(kernel.value);
  mkdirSync(inRepository('test-output'), { recursive: true });
  writeFileSync(inRepository('test-output', `stacks-${series}.json`), text);

  const [now, then] = [decode(text), recordedOn(series)];
  const seenNow = copiesIn(now, surelySeen);
  const seenThen = copiesIn(then, surelySeen);
  expect(Object.keys(seenNow)).toEqual(Object.keys(seenThen));
  for (const [name, copies] of Object.entries(copiesIn(then, noticed))) {
    expect({ name, copies: seenNow[name] }).toEqual({ name, copies: expect.arrayContaining([...copies]) });
  }
  for (const [name, copies] of Object.entries(copiesIn(now, noticed))) {
    expect({ name, copies: seenThen[name] }).toEqual({ name, copies: expect.arrayContaining([...copies]) });
  }
});
