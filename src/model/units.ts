/** One unit per quantity everywhere: MiB/s, s, CPU s/GiB, crossings/MiB, faults/MiB, context switches/GiB. */

export const KIB = 1024;
export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', KIB],
  ['kib', KIB],
  ['m', MIB],
  ['mib', MIB],
  ['g', GIB],
  ['gib', GIB],
  ['t', 1024 * GIB],
  ['tib', 1024 * GIB],
]);

/** `256MiB`, `64 KiB`, `4k` or plain bytes. Undefined for anything that is not a whole number of bytes, 0 included. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  if (match === null) return undefined;
  const factor = SUFFIXES.get((match[2] ?? '').toLowerCase());
  if (factor === undefined) return undefined;
  const bytes = Number(match[1]) * factor;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** `64 KiB`, `1.5 GiB`, `500 B`: exact where it can be, else three digits. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [
    ['GiB', GIB],
    ['MiB', MIB],
    ['KiB', KIB],
  ] as const) {
    if (bytes >= size) return `${formatNumber(bytes / size)} ${unit}`;
  }
  return `${bytes} B`;
}

/** Three significant digits, thousands separated; whole numbers below 1,000 stay whole. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value.toLocaleString('en-US');
  const magnitude = Math.abs(value);
  if (magnitude >= 1000) return Math.round(value).toLocaleString('en-US');
  if (magnitude >= 100) return value.toFixed(0);
  if (magnitude >= 10) return value.toFixed(1);
  if (magnitude >= 0.01 || magnitude === 0) return value.toFixed(2);
  return value.toPrecision(2);
}

/** `1.32x`, and `0.042x` where two decimals would say little. */
export function formatRatio(value: number): string {
  return `${value < 0.1 ? value.toPrecision(2) : value.toFixed(2)}x`;
}

/** `12 ms`, `1.25 s` from nanoseconds. */
export function formatDuration(ns: number): string {
  if (ns >= 1e9) return `${formatNumber(ns / 1e9)} s`;
  if (ns >= 1e6) return `${formatNumber(ns / 1e6)} ms`;
  return `${formatNumber(ns / 1e3)} µs`;
}

/** Nanoseconds, from parts of one to seconds: unit costs and single calls are that short. */
export function shortDuration(ns: number): string {
  return ns < 1000 ? `${formatNumber(ns)} ns` : formatDuration(ns);
}

/** `7 %` from 0.07. */
export function formatPercent(fraction: number): string {
  // Rounded first: 0.07 * 100 is a little more than 7.
  const percent = Math.round(fraction * 1000) / 10;
  return `${percent >= 10 || Number.isInteger(percent) ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

/** `10 Gbit/s`, as links are rated, from bytes per second. */
export function formatLinkSpeed(bytesPerSecond: number): string {
  const bits = bytesPerSecond * 8;
  return bits >= 1e9 ? `${formatNumber(bits / 1e9)} Gbit/s` : `${formatNumber(bits / 1e6)} Mbit/s`;
}

export function mibPerSecond(bytes: number, ns: number): number {
  return ns === 0 ? 0 : bytes / MIB / (ns / 1e9);
}
