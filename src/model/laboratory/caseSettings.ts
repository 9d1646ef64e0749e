/** Which laboratory a case runs through: an option of its, and so part of what tells it from others. */
import type { CaseOutline } from '../pageResult.ts';

/** `sg=off, mtu=9000`; empty for a laboratory as the kernel makes it, and for a case outside of any. */
export function caseSettings({ options }: Pick<CaseOutline, 'options'>): string {
  return String(options['laboratory'] ?? '');
}

/** Of all cases, each once, in the order of the first; a single one where nothing tells laboratories apart. */
export function settingsOf(cases: readonly Pick<CaseOutline, 'options'>[]): readonly string[] {
  return [...new Set(cases.map(caseSettings))];
}
