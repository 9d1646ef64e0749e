/** What tells a case from others of the same mode and size: its laboratory, its streams, how its sockets are set. */
import type { CaseOutline } from './pageResult.ts';

type Optioned = Pick<CaseOutline, 'options'>;

/** `sg=off, mtu=9000, streams=8`; empty for one connection over what the kernel makes. */
export function caseSettings(one: Optioned): string {
  return joined(laboratoryText(one), socketSettings(one));
}

/** `streams=8, mss=1000`: all of it but the laboratory. */
export function socketSettings(one: Optioned): string {
  const streams = streamsOf(one);
  return joined(streams === 1 ? '' : `streams=${streams}`, String(one.options['tcp'] ?? ''));
}

/** `sg=off, mtu=9000`; empty for a laboratory as the kernel makes it, and for a case outside of any. */
export function laboratoryText({ options }: Optioned): string {
  return String(options['laboratory'] ?? '');
}

/** Connections that move the bytes of the case together. */
export function streamsOf({ options }: Optioned): number {
  return Number(options['streams'] ?? 1);
}

/** Of all cases, each once, in the order of the first; a single one where nothing tells them apart. */
export function settingsOf(cases: readonly Optioned[]): readonly string[] {
  return [...new Set(cases.map(caseSettings))];
}

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(', ');
}
