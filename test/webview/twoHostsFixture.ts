/** A run to another host, as a receiver there and TCP here tell of it. */
import type { ReceiverHost } from '../../src/model/result/host.ts';
import type { Result } from '../../src/model/result/result.ts';
import type { Sample } from '../../src/model/result/sample.ts';
import { complete, told } from './fixtures.ts';

const ETH = {
  name: 'enp5s0',
  mtu: 9000,
  scatterGather: true,
  tso: true,
  gso: true,
  txChecksum: true,
  virtio: false,
  virtual: false,
  linkBytesPerSecond: 1_250_000_000,
};

export const BABBAGE: ReceiverHost = {
  name: 'babbage',
  kernel: '6.1.0-28',
  arch: 'aarch64',
  distribution: null,
  cpu: { model: 'Neoverse-N1', logical: 64 },
  memoryBytes: 2 ** 37,
  virtualised: null,
  interface: { ...ETH, name: 'eth0', mtu: 1500, virtio: null },
};

const STREAMS = 4;

/** From one real machine to another, in four streams of which the last is the slowest, looked at ten times on the way. */
export function toAnotherHost(changes: Partial<Result> = {}): Result {
  const result = complete({ path: 'file-to-socket' });
  const overTheWay = (sample: Sample, bytes: number): Sample => ({
    ...sample,
    observed: {
      tcpRttNs: 310_000 + sample.round * 1000,
      tcpMinRttNs: 90_000,
      tcpMssBytes: 1448,
      tcpRetransmits: sample.round,
      hostBusyNs: 60_000_000,
      hostSoftirqNs: 20_000_000,
      receiverHostBusyNs: 90_000_000,
      receiverHostSoftirqNs: 45_000_000,
    },
    streams: Array.from({ length: STREAMS }, (_, nth) => ({
      bytes: bytes / STREAMS,
      doneNs: nth === STREAMS - 1 ? sample.wallNs : Math.round(sample.wallNs * 0.3),
      rttNs: 300_000,
      retransmits: 0,
    })),
    intervals: { everyNs: Math.round(sample.wallNs / 10), bytes: Array.from({ length: 10 }, () => bytes / 10) },
  });
  return told({
    ...result,
    experiment: {
      ...result.experiment,
      target: 'host',
      remote: { host: 'babbage.example', address: '192.0.2.7', port: 7411, way: 'direct' },
      streams: [STREAMS],
    },
    host: { ...result.host, virtualised: null, interface: ETH },
    receiverHost: BABBAGE,
    cases: result.cases.map((one) => ({
      ...one,
      options: { ...one.options, streams: STREAMS },
      samples: one.samples.map((sample) => overTheWay(sample, one.bytes)),
    })),
    ...changes,
  });
}
