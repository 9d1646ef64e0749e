/** A result held against what the probe of the same place said before: nothing is promised that fails, and the other way round. */
import { expect } from 'vitest';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import type { PathId } from '../../src/model/result/path.ts';
import type { Result } from '../../src/model/result/result.ts';

/** Every mode of the path did what the probe said of it, and whatever moved bytes moved the right ones. */
export function expectAgreement({ cases }: Result, { modes }: ProbeReport, path: PathId): void {
  expect(new Set(cases.map(({ mode }) => mode))).toEqual(new Set(modesOfPath(path).map(({ id }) => id)));
  const probed = modes.filter((one) => one.path === path);
  for (const { mode, status, reason, verified } of cases) {
    const { status: said, problem } = probed.find((one) => one.mode === mode) ?? expect.fail(`${mode} was not probed`);
    expect({ mode, status, reason }).toEqual({ mode, status: said === 'works' ? 'ok' : said, reason: problem });
    if (status === 'ok') expect({ mode, ...verified }).toMatchObject({ mode, ok: true });
  }
}
