/** What stands between parts that code puts together: Chinese has its own, without blanks. */
import * as l10n from '@vscode/l10n';

/** `a, b, c` */
export function listed(parts: readonly string[]): string {
  return parts.join(betweenWords());
}

/** `a, b; c`: of parts that may hold commas. */
export function inSeries(parts: readonly string[]): string {
  return parts.join(l10n.t('; '));
}

export function betweenWords(): string {
  return l10n.t(', ');
}

export function betweenSentences(): string {
  return l10n.t('. ');
}
