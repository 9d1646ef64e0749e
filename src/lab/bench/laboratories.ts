/** The networks that an experiment runs through: made before anything is measured, and gone with this process. */
import * as l10n from '@vscode/l10n';
import type { NativeAddon, NativeLaboratory } from '../../../native/addon.d.ts';
import { laboratoryText } from '../../model/caseSettings.ts';
import { explainNoLaboratory, explainNoSetting } from '../../model/laboratory/refusals.ts';
import { settingsText } from '../../model/laboratory/settings.ts';
import { formatValue, isGranted, SWITCHES } from '../../model/laboratory/switches.ts';
import { describeSystemError, type Outcome, ok } from '../../model/problems.ts';
import type { Case } from '../../model/result/case.ts';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Laboratory, LaboratoryInterface } from '../../model/result/network.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { InterfaceBytes } from '../host/counters.ts';
import { namespaceLimits } from '../host/namespaces.ts';
import type { RunDocument } from './runDocument.ts';

/** Set by native/launcher where it could not enter a user namespace: the errno by name, which says more than ours. */
const REASON_VARIABLE = 'ZERO_COPY_LAB_NO_USER_NAMESPACE';

/** One that is set as it was asked to be, or why there is none. */
type Made =
  | { readonly ok: true; readonly native: NativeLaboratory; readonly interface: LaboratoryInterface }
  /** `nowhere`: whatever it were set to. */
  | { readonly ok: false; readonly problem: Problem; readonly nowhere: boolean };

/** A laboratory that is set as asked. */
export async function makeLaboratory(addon: NativeAddon, asked: Laboratory): Promise<Made> {
  const opened = await addon.openLaboratory(asked);
  if (opened.ok) return readBack(asked, opened.value);
  const { error } = opened;
  if (error.call !== 'unshare') return { ok: false, problem: explainNoSetting(error), nowhere: false };
  const code = process.env[REASON_VARIABLE] ?? error.code;
  return { ok: false, problem: explainNoLaboratory({ ...error, code }, namespaceLimits()), nowhere: true };
}

export class Laboratories {
  /** @param made by the text of their settings */
  private constructor(private readonly made: ReadonlyMap<string, Made>) {}

  /** Fails where this process may make none at all; one that cannot be set as asked is found out by its cases. */
  static async open(
    addon: NativeAddon,
    { laboratories }: Pick<Experiment, 'laboratories'>,
  ): Promise<Outcome<Laboratories>> {
    const made = new Map<string, Made>();
    const all = new Laboratories(made);
    for (const asked of laboratories ?? []) {
      const one = await makeLaboratory(addon, asked);
      if (!one.ok && one.nowhere) {
        all.close();
        return { ok: false, problem: one.problem };
      }
      made.set(settingsText(asked), one);
    }
    return ok(all);
  }

  /** Tells the document what each case runs through, and ends those whose laboratory there is not. */
  enterInto(document: RunDocument): void {
    for (const [index, one] of document.result.cases.entries()) {
      const made = this.made.get(laboratoryText(one));
      if (made?.ok === true) document.record({ type: 'interface', case: index, interface: made.interface });
      else if (made !== undefined) document.endCase(index, { problem: made.problem, unsupported: true });
    }
  }

  /** What the case runs through; undefined for one outside of a laboratory. */
  of(one: Case): NativeLaboratory | undefined {
    const made = this.made.get(laboratoryText(one));
    return made?.ok === true ? made.native : undefined;
  }

  close(): void {
    for (const made of this.made.values()) if (made.ok) made.native.close();
  }
}

/** What left by a laboratory so far, and came back. */
export function bytesOf(laboratory: NativeLaboratory): InterfaceBytes | null {
  const reading = laboratory.read();
  return reading.ok ? { sentBytes: reading.value.sentBytes, receivedBytes: reading.value.receivedBytes } : null;
}

/** The settings as the kernel tells them: it grants what goes together, and says nothing where it does not. */
function readBack(asked: Laboratory, native: NativeLaboratory): Made {
  const reading = native.read();
  if (!reading.ok) return { ok: false, problem: describeSystemError(reading.error), nowhere: false };
  const { sentBytes: _, receivedBytes: __, ...rest } = reading.value;
  const found: LaboratoryInterface = { ...rest, virtio: false, virtual: true, linkBytesPerSecond: null };
  for (const each of SWITCHES) {
    const wish = asked[each.property];
    if (wish === undefined || isGranted(each, wish, found)) continue;
    native.close();
    const problem = notGranted(asked, each.id, formatValue(each, found[each.property] ?? 0));
    return { ok: false, problem, nowhere: false };
  }
  return { ok: true, native, interface: found };
}

function notGranted(asked: Laboratory, id: string, found: string): Problem {
  return {
    code: 'not-granted',
    message: l10n.t(
      'A veth pair was asked to be set to {0}, and the kernel left {1} at {2}.',
      settingsText(asked),
      id,
      found,
    ),
    hint: l10n.t('Some switches depend on others: without scatter-gather or checksums there is no TSO.'),
  };
}
