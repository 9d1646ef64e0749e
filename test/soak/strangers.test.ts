/** Strangers' files by the thousand: everything that is made of a result, for results that are valid, damaged or neither. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { reportComparison } from '../../src/cli/compareReport.ts';
import { reportHazards } from '../../src/cli/hazardReport.ts';
import { reportResult } from '../../src/cli/report.ts';
import { journalOf } from '../../src/lab/journal.ts';
import { openResult, parseResult, writeResult } from '../../src/lab/resultFile.ts';
import { compareResults } from '../../src/model/comparison/compare.ts';
import { comparisonAsText } from '../../src/model/comparison/words.ts';
import { resultToCsv } from '../../src/model/csv.ts';
import { readPageRequest } from '../../src/model/pageRequest.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import { chartOf } from '../../src/model/picture/chart/chartOf.ts';
import { flowOf, slideOf } from '../../src/model/picture/flow/slideOf.ts';
import { reportInOne } from '../../src/model/report/report.ts';
import { type Result, resultSchema } from '../../src/model/result/result.ts';
import { withSummaries } from '../../src/model/summary.ts';
import { anyOf } from '../anyDocument.ts';
import { damaged } from '../damaged.ts';
import { aCompleteResult, aPlannedResult, aSocketExperiment } from '../unit/fixtures.ts';

const DOCUMENTS = 1000;
const DAMAGED = 5000;
const JOURNALS = 1000;
const MESSAGES = 100_000;
/** Another one with ZCL_SEED=NUMBER. */
const seed = Number(process.env['ZCL_SEED'] ?? 20);

const USES: readonly ((result: Result) => unknown)[] = [
  reportResult,
  reportHazards,
  resultToCsv,
  (result) => reportInOne(result, 'dark'),
  (result) => JSON.stringify(pageResultOf(withSummaries(result))),
  (result) => chartOf(pageResultOf(withSummaries(result)), { chart: null, hidden: [], shade: 'light' }),
  (result) => {
    for (const index of result.cases.keys()) {
      flowOf(withSummaries(result), index, 'dark');
      slideOf(result, { case: index, other: 0, flow: 'other', widths: 'measured', shade: 'dark' });
    }
  },
  (result) => {
    const compared = compareResults([
      { name: 'a', result },
      { name: 'b', result },
    ]);
    if (compared.ok) {
      reportComparison(compared.value, 80);
      comparisonAsText(compared.value);
    }
  },
];

function used(result: Result): void {
  for (const use of USES) use(result);
}

test(`${DOCUMENTS} documents that the schema allows`, () => {
  fc.assert(
    fc.property(anyOf(resultSchema), (document) => used(v.parse(resultSchema, document))),
    { seed, numRuns: DOCUMENTS },
  );
});

test(`${DAMAGED} documents that somebody has been at`, () => {
  const whole = [aCompleteResult(), aCompleteResult(undefined, aSocketExperiment())].map(
    (each) => JSON.parse(JSON.stringify(each)) as object,
  );
  let readable = 0;
  fc.assert(
    fc.property(fc.oneof(...whole.map(damaged)), (document) => {
      const read = parseResult(JSON.stringify(document), 'stranger');
      if (!read.ok) {
        expect(read.problem.message).toMatch(/^[^\n]{1,300}\.$/);
        return;
      }
      readable += 1;
      used(read.value);
    }),
    { seed, numRuns: DAMAGED },
  );
  expect(readable).toBeGreaterThan(DAMAGED / 10);
});

test(`${JOURNALS} journals of runs that died`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zcl-soak-'));
  try {
    const file = path.join(folder, 'run.zcresult.json');
    const result = aCompleteResult();
    const events: object[] = [
      { type: 'started', result: aPlannedResult() },
      { type: 'sample', case: 0, sample: result.cases[0]?.samples[1] },
      { type: 'verified', case: 1, verified: { how: 'readback', ok: true, difference: null } },
      { type: 'case-ended', case: 2, status: 'failed', reason: { code: 'a', message: 'b', hint: 'c' } },
      { type: 'finished', result },
    ];
    const line = fc.oneof(fc.json(), ...events.map((each) => damaged(each).map((some) => JSON.stringify(some))));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        writeResult(file, aPlannedResult());
        writeFileSync(journalOf(file), `${[JSON.stringify(events[0]), ...lines].join('\n')}\n`);
        const opened = openResult(file);
        // A journal may say that its run came to its end.
        expect(opened.ok && opened.value.status).toMatch(/^(partial|complete|failed)$/);
        if (opened.ok) used(opened.value);
        expect(readdirSync(folder)).toEqual(['run.zcresult.json']);
      }),
      { seed, numRuns: JOURNALS },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test(`${MESSAGES} messages from pages`, () => {
  const request = { type: 'flow-picture', id: 1, case: 0, other: null, flow: 'here', widths: null, shade: 'dark' };
  fc.assert(
    fc.property(
      fc.constantFrom('result' as const, 'probe' as const, 'learn' as const, 'compare' as const),
      fc.oneof(fc.jsonValue(), damaged(request)),
      (page, message) => {
        readPageRequest(page, message);
      },
    ),
    { seed, numRuns: MESSAGES },
  );
});
