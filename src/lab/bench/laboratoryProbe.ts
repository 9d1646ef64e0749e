/** Finds out whether there are laboratories here, and what can be set in them, by making one for each switch. */
import type { NativeAddon } from '../../../native/addon.d.ts';
import { SWITCHES } from '../../model/laboratory/switches.ts';
import type { LaboratoryProbe, SwitchProbe } from '../../model/probe.ts';
import { makeLaboratory } from './laboratories.ts';

export async function probeLaboratory(addon: NativeAddon): Promise<LaboratoryProbe> {
  const plain = await makeLaboratory(addon, {});
  if (!plain.ok) return { problem: plain.problem, switches: [] };
  plain.native.close();
  const switches: SwitchProbe[] = [];
  for (const { id, property, trial } of SWITCHES) {
    const made = await makeLaboratory(addon, { [property]: trial });
    if (made.ok) made.native.close();
    switches.push({ id, problem: made.ok ? null : made.problem });
  }
  return { problem: null, switches };
}
