/** The settings of a laboratory: as text, and as part of what tells cases apart. */
import type { CaseOutline } from '../pageResult.ts';
import type { Case, Laboratory } from '../result.ts';
import { formatValue, switches } from './switches.ts';

type Options = Pick<CaseOutline, 'options'>;

/** What the options of a case say of its laboratory; nothing for a case that has none, or whose has no switch set. */
export function laboratoryOf({ options }: Options): Laboratory {
  return Object.fromEntries(
    switches().flatMap(({ property }) => (options[property] === undefined ? [] : [[property, options[property]]])),
  );
}

/** `sg=off, mtu=9000`; nothing where everything is as the kernel makes it. */
export function settingsText(laboratory: Laboratory): string {
  return switches()
    .flatMap((each) => {
      const value = laboratory[each.property];
      return value === undefined ? [] : [`${each.id}=${formatValue(each, value)}`];
    })
    .join(', ');
}

/** The same of a case; nothing for one outside of a laboratory. */
export function caseSettingsText(one: Options): string {
  return settingsText(laboratoryOf(one));
}

export function areInOneLaboratory(one: Options, other: Options): boolean {
  return switches().every(({ property }) => one.options[property] === other.options[property]);
}

/** Several laboratories, so that a mode alone does not name a case. */
export function hasSeveralLaboratories({ cases }: { readonly cases: readonly Pick<Case, 'options'>[] }): boolean {
  return new Set(cases.map(caseSettingsText)).size > 1;
}
