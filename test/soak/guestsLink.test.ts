/**
 * MSG_ZEROCOPY from one guest to another over virtio-net: no local delivery, so the one place among the tests where
 * nobody copies. Then the same without scatter-gather.
 */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { removeFolder, temporaryFolder } from '../../scripts/lib/folders.mjs';
import { labelShares } from '../../src/model/evidence/shares.ts';
import type { LabelShare } from '../../src/model/result/evidence.ts';
import { type Moved, overWire } from '../native/overWire.ts';
import { skip } from '../skip.ts';
import { bundle } from './guests/bundle.ts';
import { noGuests, type Results, visit } from './guests/guest.ts';
import { debianKernel, type Kernel } from './guests/kernel.ts';
import { lab } from './guests/lab.ts';
import { Link } from './guests/link.ts';
import type { Watched } from './guests/watcher.ts';

const limitMs = 5 * 60_000;
const source = randomBytes(16 << 20);
const bufferBytes = 64 << 10;
const sends = source.length / bufferBytes;
/** What a packet of Ethernet carries of TCP, with timestamps. */
const segmentBytes = 1448;
const modes = ['msg-zerocopy', 'read-msg-zerocopy'];

const ethtool = '/usr/sbin/ethtool';

interface Transfer {
  readonly mode: string;
  readonly scatterGather: 'on' | 'off';
  /** Of what is found out about it. */
  readonly file: string;
  /** The receiver's, one for each. */
  readonly port: number;
}

const transfers: readonly Transfer[] = modes.flatMap((mode, index) => [
  { mode, scatterGather: 'on', file: `${mode}-with-sg`, port: 5000 + index },
  { mode, scatterGather: 'off', file: `${mode}-without-sg`, port: 6000 + index },
]);

/** It is up when all that listen do: who can be reached can be sent to. */
const receive = `
${transfers.map(({ file, port }) => `nc -l -p ${port} | sha256sum > /results/${file} &`).join('\n')}
until [ $(cat /proc/net/tcp /proc/net/tcp6 | grep -c ' 0A ') = ${transfers.length} ]; do :; done
ip addr add 192.0.2.2/24 dev eth0
ip link set eth0 up
wait
`;

/** over_wire.cc in the guest, by the name the sampler knows a sender by. */
const senderProgram = '/bin/zcl-sender';

function send(): string {
  const move = ({ mode, scatterGather, file, port }: Transfer) => `
${ethtool} -K eth0 sg ${scatterGather} tso ${scatterGather}
${ethtool} -k eth0 | grep '^scatter-gather: ${scatterGather}'
cat /sys/class/net/eth0/statistics/tx_packets > /results/${file}.before
watch ${senderProgram} mode=${mode} file=/source buffer=${bufferBytes} wire=192.0.2.2:${port} receiver=elsewhere > /results/${file}
cat /sys/class/net/eth0/statistics/tx_packets > /results/${file}.after
`;
  return `
watch() { ${process.execPath} /watcher.js /lab "$@"; }
ip addr add 192.0.2.1/24 dev eth0
ip link set eth0 up
until ping -c 1 -W 1 192.0.2.2; do :; done
${transfers.map(move).join('')}
`;
}

interface Visited {
  readonly sender: Results;
  readonly receiver: Results;
}

/** Boots the two, and has one send to the other; or says why that cannot be done here. */
async function visitBoth(series: string): Promise<Visited | string> {
  const obstacle =
    noGuests() ?? (spawnSync(ethtool, ['--version']).error ? `needs ${ethtool} (package ethtool)` : null);
  if (obstacle !== null) return obstacle;
  const kernel = await debianKernel(series);
  if (!kernel.ok) return kernel.problem.message;
  const link = await Link.make();
  if (typeof link === 'string') return link;
  try {
    return await overLink(kernel.value, link);
  } finally {
    link.remove();
  }
}

async function overLink(kernel: Kernel, link: Link): Promise<Visited> {
  const program = overWire([]);
  const folder = temporaryFolder('link');
  try {
    const file = path.join(folder, 'source');
    writeFileSync(file, source);
    const modules = ['virtio_pci', 'virtio_blk', 'virtio_net'];
    const both = { kernel, cpu: 'max', memoryMib: 768, limitMs };
    const sending = {
      modules,
      programs: [...lab.programs, program.file, ethtool],
      files: {
        ...lab.files,
        '/source': file,
        [senderProgram]: program.file,
        '/watcher.js': await bundle('watcher', folder),
      },
      task: send(),
    };
    const receiving = { modules, programs: [], files: {}, task: receive };
    const [sender, receiver] = await Promise.all([
      visit({ ...both, contents: sending, link: link.end(0) }),
      visit({ ...both, contents: receiving, link: link.end(1) }),
    ]);
    return { sender, receiver };
  } finally {
    program.remove();
    removeFolder(folder);
  }
}

describe.each(['6.1', '6.12'])('from Linux %s to another', (series) => {
  let visited: Visited | string;
  beforeAll(async () => {
    visited = await visitBoth(series);
  }, limitMs);

  interface Found {
    readonly moved: Moved;
    /** SHA-256 of what arrived. */
    readonly arrived: string;
    /** Sent by the device. */
    readonly packets: number;
    /** Samples of sender and softirqs by label. */
    readonly labels: readonly LabelShare[];
  }

  function found(context: TestContext, { file }: Transfer): Found {
    if (typeof visited === 'string') return skip(context, visited);
    const { sender, receiver } = visited;
    const { output, periodNs, stacks } = JSON.parse(sender.get(file) ?? '') as Watched;
    return {
      moved: JSON.parse(output) as Moved,
      arrived: receiver.get(file) ?? '',
      packets: Number(sender.get(`${file}.after`)) - Number(sender.get(`${file}.before`)),
      labels: labelShares(stacks, { bytes: source.length, periodNs }),
    };
  }

  test.for(transfers)('$file moves every byte', (transfer, context) => {
    const { moved, arrived } = found(context, transfer);
    expect(moved).toMatchObject({ code: 'ok', sent: sends, completed: sends });
    expect(arrived).toMatch(createHash('sha256').update(source).digest('hex'));
  });

  test.for(transfers.filter(({ scatterGather }) => scatterGather === 'on'))(
    '$file is sent as it is',
    (transfer, context) => {
      const { moved, packets, labels } = found(context, transfer);
      expect(moved.copied).toBe(0);
      expect(packets).toBeLessThan(source.length / segmentBytes / 2);
      expect(copiesOnTheWay(labels)).toEqual([]);
    },
  );

  // The kernel cuts every packet itself, and copies to do so (net/core/skbuff.c: skb_segment). It owns up to it for some
  // of the sends, for all or for none: how many, nobody can count on.
  test.for(transfers.filter(({ scatterGather }) => scatterGather === 'off'))(
    '$file is copied, whatever its completions say',
    (transfer, context) => {
      const { packets, labels } = found(context, transfer);
      expect(packets).toBeGreaterThanOrEqual(source.length / segmentBytes);
      expect(copiesOnTheWay(labels)).toContain('copy-segmentation');
    },
  );
});

/** The copies that the kernel makes of what it was told not to copy; the reading of a file is none of them. */
function copiesOnTheWay(labels: readonly LabelShare[]): readonly string[] {
  return labels.map(({ label }) => label).filter((label) => label === 'copy-undone' || label === 'copy-segmentation');
}
