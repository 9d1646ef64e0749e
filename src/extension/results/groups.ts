/** The results by host and by day, the latest first, and what is left of them by a filter. */
import * as l10n from '@vscode/l10n';
import type { Entry } from './entry.ts';
import { searchTextOf } from './words.ts';

export interface HostGroup {
  readonly kind: 'host';
  /** Null for files that do not tell. */
  readonly host: string | null;
  readonly days: readonly DayGroup[];
  readonly count: number;
}

export interface DayGroup {
  readonly kind: 'day';
  readonly host: string | null;
  /** `2026-11-21`, in the time zone of this process; null for files that do not tell. */
  readonly day: string | null;
  readonly entries: readonly Entry[];
}

/** What the tree is made of. */
export type ResultNode = HostGroup | DayGroup | Entry;

/** Those in which every word of the filter occurs, in upper or lower case. */
export function filtered(entries: readonly Entry[], filter: string): readonly Entry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const text = searchTextOf(entry);
    return words.every((word) => text.includes(word));
  });
}

/** Hosts by their latest result, days and results from the latest on; what cannot be read comes last. */
export function grouped(entries: readonly Entry[]): readonly HostGroup[] {
  const sorted = [...entries].sort((a, b) => compareText(startOf(b), startOf(a)) || compareText(a.file, b.file));
  return groupBy(sorted, hostOf).map(([host, ofHost]) => ({
    kind: 'host',
    host,
    count: ofHost.length,
    days: groupBy(ofHost, dayOf).map(([day, ofDay]) => ({ kind: 'day', host, day, entries: ofDay })),
  }));
}

/** `Today`, `Yesterday`, or the date. */
export function dayWords(day: string, now: Date, locale: string): string {
  const date = new Date(`${day}T12:00:00`);
  if (day === localDay(now)) return l10n.t('Today');
  if (day === localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return l10n.t('Yesterday');
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return date.toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short', ...year });
}

/** In the order of their first. */
function groupBy<K>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => K,
): readonly (readonly [K, readonly Entry[]])[] {
  const groups = new Map<K, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups];
}

function hostOf(entry: Entry): string | null {
  return entry.kind === 'result' ? entry.head.host.name : null;
}

function dayOf(entry: Entry): string | null {
  return entry.kind === 'result' ? localDay(new Date(entry.head.startedAt)) : null;
}

function startOf(entry: Entry): string {
  return entry.kind === 'result' ? entry.head.startedAt : '';
}

function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
