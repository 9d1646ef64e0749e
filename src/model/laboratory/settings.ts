/** The settings of a laboratory as text, by which documents and people tell laboratories apart. */
import type { Laboratory } from '../result/network.ts';
import { formatValue, SWITCHES } from './switches.ts';

/** `sg=off, mtu=9000`; empty where everything is as the kernel makes it. */
export function settingsText(laboratory: Laboratory): string {
  return SWITCHES.flatMap((each) => {
    const value = laboratory[each.property];
    return value === undefined ? [] : [`${each.id}=${formatValue(each, value)}`];
  }).join(', ');
}
