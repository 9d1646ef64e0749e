/** What TCP knew of the way when a transfer was over, on the sending side: of one connection, or of all its streams. */
import type { Sample, StreamSample } from './result/sample.ts';

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

/**
 * How evenly streams shared the way: 1 where all were equally fast, 1/n where one had everything (R. Jain, D. Chiu and
 * W. Hawe, DEC-TR-301, 1984), of their rates from the start of the window to their last byte. Null for fewer than two.
 */
export function fairnessOf(streams: readonly StreamSample[] | null): number | null {
  const rates = (streams ?? []).map(({ bytes, doneNs }) => (doneNs === 0 ? 0 : bytes / doneNs));
  const squares = rates.reduce((sum, rate) => sum + rate ** 2, 0);
  if (rates.length < 2 || squares === 0) return null;
  return rates.reduce((sum, rate) => sum + rate, 0) ** 2 / (rates.length * squares);
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
