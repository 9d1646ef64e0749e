/** Cases that did not do what they promise: other bytes arrived, copies were made after all, no data moved. */
import * as l10n from '@vscode/l10n';
import { isShownCopied } from '../evidence/findings.ts';
import { remarksOfResult } from '../remarks.ts';
import type { Finding, Result } from '../result.ts';
import { formatDuration } from '../units.ts';
import { modeName, nameOf } from './names.ts';

export function unkept(result: Result): readonly Finding[] {
  return [...unverified(result), ...remarkable(result)];
}

/** Cases whose bytes did not arrive as they left: their numbers mean nothing. */
function unverified(result: Result): readonly Finding[] {
  return result.cases.flatMap((one, index): Finding[] =>
    one.verified === null || one.verified.ok
      ? []
      : [
          {
            kind: 'corrupt',
            text: l10n.t('{0} did not deliver the bytes it was given: {1}', nameOf(one), one.verified.difference ?? ''),
            cases: [index],
          },
        ],
  );
}

/** Modes that did not do what their name promises. Those of which the same is to be said share a sentence. */
function remarkable(result: Result): readonly Finding[] {
  const remarks = remarksOfResult(result);
  const copied = remarks.filter(
    ({ remark, cases }) =>
      remark.kind === 'copied-after-all' &&
      !cases.every((index) => isShownCopied(result.cases[index] as Result['cases'][number])),
  );
  return [
    ...remarks.filter(({ remark }) => remark.kind === 'blocks-shared').map(({ cases }) => sharedBlocks(result, cases)),
    ...[...new Set(copied.map(({ remark }) => remark.text))].map((text): Finding => {
      const cases = copied.filter(({ remark }) => remark.text === text).flatMap((each) => each.cases);
      const names = [...new Set(cases.map((index) => modeNameAt(result, index)))].join('; ');
      return { kind: 'copied-after-all', text: l10n.t('Not zero-copy here: {0}. {1}', names, text), cases };
    }),
  ];
}

function sharedBlocks(result: Result, cases: readonly number[]): Finding {
  const time = result.cases[cases[0] ?? -1]?.summary?.wallNs.median ?? Number.NaN;
  return {
    kind: 'blocks-shared',
    text: l10n.t(
      '{0} shared the blocks in {1} and moved no data: it has no speed to compare.',
      modeNameAt(result, cases[0] ?? -1),
      formatDuration(time),
    ),
    cases: [...cases],
  };
}

function modeNameAt(result: Result, index: number): string {
  return modeName(result.cases[index]?.mode ?? '');
}
