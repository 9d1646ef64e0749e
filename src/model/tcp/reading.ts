/** What TCP knew of the way when a transfer was over, on the sending side: of one connection, or of all its streams. */
import type { Sample, StreamSample } from '../result/sample.ts';

export interface TcpReading {
  /** Smoothed round trip; of several streams the median. */
  readonly rttNs: number | null;
  /** The shortest round trip of the connection; null for several streams. */
  readonly minRttNs: number | null;
  /** Segments sent again, of all streams together. */
  readonly retransmits: number | null;
}

export function tcpOf({ observed, streams }: Pick<Sample, 'observed' | 'streams'>): TcpReading {
  return {
    rttNs: observed['tcpRttNs'] ?? medianOf(known(streams, (stream) => stream.rttNs)),
    minRttNs: observed['tcpMinRttNs'] ?? null,
    retransmits: observed['tcpRetransmits'] ?? sumOf(known(streams, (stream) => stream.retransmits)),
  };
}

function known(streams: Sample['streams'], quantity: (stream: StreamSample) => number | null): readonly number[] {
  return (streams ?? []).flatMap((stream) => quantity(stream) ?? []);
}

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;
}

function sumOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}
