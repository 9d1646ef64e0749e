/** A link between two guests: a network of their own on this machine, with a bridge and two taps in it. */
import type { ChildProcess } from 'node:child_process';
import { signalGroup, spawnGroup } from '../../../scripts/lib/run.mjs';

/**
 * A tap takes packets in pieces, larger than the wire has them and without checksums. qemu's links by socket do not, and
 * virtio-net over them has no scatter-gather (drivers/net/virtio_net.c: VIRTIO_NET_F_CSUM brings NETIF_F_SG).
 */
const setUp = `
set -e
ip link add name bridge type bridge
for tap in tap0 tap1; do
  ip tuntap add dev $tap mode tap vnet_hdr
  ip link set $tap master bridge up
done
ip link set bridge up
echo up
exec sleep infinity
`;

/** What one of the two guests is given. */
export interface End {
  /** The words in front of qemu, which must be in that network. */
  readonly within: readonly string[];
  /** The words for qemu. */
  readonly device: readonly string[];
}

export class Link {
  private constructor(private readonly holder: ChildProcess) {}

  /** @returns why there can be none, where that is so */
  static async make(): Promise<Link | string> {
    const holder = spawnGroup('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', setUp], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    holder.stderr?.setEncoding('utf8').on('data', (text) => {
      complaint += text;
    });
    const up = await new Promise<boolean>((resolve) => {
      holder.stdout?.once('data', () => resolve(true));
      holder.once('close', () => resolve(false));
      holder.once('error', (error) => {
        complaint = error.message;
        resolve(false);
      });
    });
    return up ? new Link(holder) : `needs a network of its own with taps: ${complaint.trim()}`;
  }

  end(which: 0 | 1): End {
    return {
      within: ['nsenter', '--target', String(this.holder.pid), '--user', '--preserve-credentials', '--net'],
      device: [
        ...['-netdev', `tap,id=link,ifname=tap${which},script=no,downscript=no,vnet_hdr=on`],
        ...['-device', `virtio-net-pci,netdev=link,mac=52:54:00:00:00:0${which}`],
      ],
    };
  }

  remove(): void {
    signalGroup(this.holder, 'SIGKILL');
  }
}
