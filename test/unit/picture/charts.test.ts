/** Charts as pictures that stand alone: of every result there is a fixture of, and of any that the schema allows. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { middle } from '../../../src/model/charts/description.ts';
import { chartsOf, shownCases } from '../../../src/model/charts/kinds.ts';
import { type PageResult, pageResultOf } from '../../../src/model/pageResult.ts';
import { chartOf } from '../../../src/model/picture/chart/chartOf.ts';
import { linearScale, logScale, sizeScale } from '../../../src/model/picture/chart/scale.ts';
import { PALETTES, SHADES } from '../../../src/model/picture/palettes.ts';
import { resultSchema } from '../../../src/model/result/result.ts';
import { anyOf } from '../../anyDocument.ts';
import { ofObjects, paced, studied } from '../../webview/evidenceFixtures.ts';
import { complete, everyMode, partial, plannedHazards, SEED_BUFFERS, withTroubles } from '../../webview/fixtures.ts';
import { granted, refusal } from '../fixtures.ts';
import { problemsOfXml } from './xml.ts';

const RESULTS = {
  'a measurement': complete(),
  'several sizes': complete({ buffers: SEED_BUFFERS }),
  'every mode over a socket': complete({ path: 'file-to-socket', modes: everyMode('file-to-socket') }),
  'between processes': complete({ path: 'process-to-process', modes: everyMode('process-to-process') }),
  'with troubles': withTroubles(),
  'cut off': partial(),
  'with every pass': studied(),
  objects: ofObjects(),
  'at one rate': paced('file-to-socket'),
} as const;

function picture(result: PageResult, chart: string | null, shade: (typeof SHADES)[number] = 'light'): string {
  return granted(chartOf(result, { chart, hidden: [], shade })).text;
}

describe.each(Object.entries(RESULTS))('%s', (_, document) => {
  const result = pageResultOf(document);

  test.each(chartsOf(result).map(({ id }) => id))('%s is a file of its own in every shade', (chart) => {
    for (const shade of SHADES) {
      const text = picture(result, chart, shade);
      expect(problemsOfXml(text)).toEqual([]);
      expect(text).not.toMatch(/NaN|Infinity|undefined|var\(|class=|href/);
      expect(text).toContain(`fill="${PALETTES[shade].background}"`);
      expect(text).toContain(result.host.kernel);
    }
  });

  test('every bar has its name and its number beside it', () => {
    const kind = chartsOf(result).find(({ id }) => id === 'headline');
    const description = kind?.describe(result, shownCases(result, []));
    const text = picture(result, 'headline');
    for (const { name, values } of description?.rows.slice(0, 32) ?? []) {
      expect(text).toContain(`>${name}<`);
      expect(text).toContain(`>${description?.columns[0]?.words(middle(values[0]) ?? 0)}`);
    }
  });
});

test('the second of two bars is hatched, and what has no size is a level line', () => {
  const socket = pageResultOf(complete({ path: 'file-to-socket', buffers: SEED_BUFFERS }));
  const hatched = picture(socket, 'cpu').match(/d="(M[\d.]+ [\d.]+L[\d.]+ [\d.]+){2,}"/g) ?? [];
  const kind = chartsOf(socket).find(({ id }) => id === 'cpu');
  expect(hatched.length).toBe(kind?.describe(socket, shownCases(socket, [])).rows.length);
  expect(picture(socket, 'time-by-size')).toMatch(
    /d="M62 [\d.]+H\d+" stroke="#[0-9a-f]{6}" stroke-dasharray="[^"]*" stroke-width="2"/,
  );
});

test('many rows are cut, and it is said', () => {
  const result = pageResultOf(complete({ modes: everyMode('file-to-file'), buffers: [...SEED_BUFFERS, 4096, 65536] }));
  const kind = chartsOf(result).find(({ id }) => id === 'headline');
  const count = kind?.describe(result, shownCases(result, [])).rows.length;
  expect(count).toBeGreaterThan(32);
  expect(picture(result, null)).toContain(`The first 32 of ${count} are drawn.`);
});

describe('what is refused', () => {
  const wish = { hidden: [], shade: 'light' } as const;

  test('a chart that there is not, with those there are', () => {
    const problem = refusal(chartOf(pageResultOf(complete()), { ...wish, chart: 'calls' }));
    expect(problem.message).toBe('The result has no chart "calls".');
    expect(problem.hint).toContain('headline, time-by-size');
  });

  test('one with nothing to draw: hazards, or all modes taken out', () => {
    const hazards = refusal(chartOf(pageResultOf(plannedHazards('file-to-file')), { ...wish, chart: null }));
    expect(hazards.hint).toContain('Hazards are not timed');
    const result = pageResultOf(complete());
    const hidden = result.cases.map(({ mode }) => mode);
    expect(refusal(chartOf(result, { ...wish, chart: 'cpu', hidden })).message).toContain('"CPU time" has no numbers');
  });
});

test('any valid result: a well-formed picture or a reason', () => {
  fc.assert(
    fc.property(anyOf(resultSchema), (document) => {
      const result = pageResultOf(v.parse(resultSchema, document));
      for (const { id } of chartsOf(result)) {
        const outcome = chartOf(result, { chart: id, hidden: [], shade: 'dark' });
        if (!outcome.ok) continue;
        expect(problemsOfXml(outcome.value.text)).toEqual([]);
        expect(outcome.value.text).not.toMatch(/="[^"]*(NaN|Infinity)/);
      }
    }),
    { numRuns: 100 },
  );
});

describe('scales', () => {
  const values = fc.array(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), { minLength: 1, maxLength: 20 });

  test('have all values between their ends, and few ticks', () => {
    fc.assert(
      fc.property(values, (all) => {
        const most = Math.max(...all);
        for (const scale of [
          linearScale(most, 5, [10, 500]),
          logScale(all, [10, 500]),
          sizeScale(
            all.map((each) => each + 1),
            [10, 500],
          ),
        ]) {
          for (const value of all) {
            expect(scale.at(value)).toBeGreaterThanOrEqual(10 - 1e-6);
            expect(scale.at(value)).toBeLessThanOrEqual(500 + 1e-6);
          }
        }
        expect(linearScale(most, 5, [0, 1]).ticks.length).toBeLessThanOrEqual(7);
        expect(logScale(all, [0, 1]).ticks.length).toBeLessThanOrEqual(11);
      }),
    );
  });

  test('have round ticks', () => {
    expect(linearScale(3489, 5, [0, 1]).ticks).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(linearScale(0, 5, [0, 1]).ticks.at(-1)).toBe(1);
    expect(logScale([15, 420], [0, 1]).ticks).toEqual([10, 20, 50, 100, 200, 500]);
    expect(logScale([1, 1e7], [0, 1]).ticks).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]);
  });
});
