/** Folders of a run whose name leads elsewhere by now: what is said, and that nothing goes there. */
import * as l10n from '@vscode/l10n';
import type { Experiment } from '../../model/result/experiment.ts';
import type { Problem } from '../../model/result/problem.ts';
import { HeldFolder } from '../heldFolder.ts';

const CODE = 'folder-replaced';

/** Of the folder that the result is in; null where it is where it was. */
export function resultsElsewhere(folder: HeldFolder): Problem | null {
  const fate = folder.fate();
  if (fate.kind === 'there') return null;
  if (fate.now === null) {
    return {
      code: 'results-gone',
      message: l10n.t('{0} was deleted while the run was under way: there is no place for its result.', folder.path),
      hint: l10n.t('Run the experiment again.'),
    };
  }
  return {
    code: CODE,
    message:
      fate.kind === 'missing'
        ? l10n.t('{0} was moved during the run.', folder.path)
        : l10n.t('{0} was replaced during the run; nothing was written to what is there now.', folder.path),
    hint: l10n.t('What was measured is in {0}, where the folder is now.', fate.now),
  };
}

/** Of a folder that was deleted: whatever is still measured would be lost. */
export function resultsLost(folder: HeldFolder): Problem | null {
  const fate = folder.fate();
  return fate.kind !== 'there' && fate.now === null ? resultsElsewhere(folder) : null;
}

/**
 * The folders that files of the transfers are made in. They have no names there, so nothing that is there can be written or
 * deleted; but a run that went on in another folder would measure another disk under the name of this one.
 */
export class Destinations {
  private constructor(private readonly folders: readonly HeldFolder[]) {}

  /** @throws the system's error */
  static open({ directory, receiver, remote }: Experiment): Destinations {
    const saved = remote === null ? (receiver?.directory ?? null) : null;
    return new Destinations([directory, ...(saved === null ? [] : [saved])].map((each) => HeldFolder.open(each)));
  }

  /** Why the next transfer would go elsewhere; null where it would not. */
  elsewhere(): Problem | null {
    const replaced = this.folders.find((folder) => folder.fate().kind === 'replaced');
    if (replaced === undefined) return null;
    return {
      code: CODE,
      message: l10n.t('{0} was replaced by another folder during the run.', replaced.path),
      hint: l10n.t('What had been measured until then is kept; run the experiment again for the rest.'),
    };
  }

  close(): void {
    for (const folder of this.folders) folder.close();
  }
}
