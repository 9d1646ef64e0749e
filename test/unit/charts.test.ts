/** Descriptions of charts: of which cases they are, in which order, and as text between tabs. */
import { describe, expect, it } from 'vitest';
import { type ChartKind, type Description, middle, sentenceOf } from '../../src/model/charts/description.ts';
import { chartsOf, shownCases } from '../../src/model/charts/kinds.ts';
import { tabSeparated } from '../../src/model/charts/tabular.ts';
import type { PageResult } from '../../src/model/pageResult.ts';
import { pageResultOf } from '../../src/model/pageResult.ts';
import type { Result } from '../../src/model/result/result.ts';
import { MIB } from '../../src/model/units.ts';
import { ofObjects, paced, studied } from '../webview/evidenceFixtures.ts';
import { complete, SEED_BUFFERS, withTroubles } from '../webview/fixtures.ts';
import { toAnotherHost } from '../webview/twoHostsFixture.ts';

function described(result: PageResult, id: string, hidden: readonly string[] = []): Description {
  const kind = chartsOf(result).find((each): each is ChartKind => each.id === id);
  if (kind === undefined) throw new RangeError(`no chart ${id}`);
  return kind.describe(result, shownCases(result, hidden));
}

describe('which charts a result has', () => {
  const BY_CASE = ['cpu', 'crossings', 'faults', 'switches'];
  it.each([
    ['a measurement', complete(), ['headline', 'time-by-size', 'speed-by-size', ...BY_CASE]],
    ['one with every pass', studied(), ['headline', 'time-by-size', 'speed-by-size', ...BY_CASE, 'calls', 'predicted']],
    ['objects', ofObjects(), ['headline', 'speed-by-size', ...BY_CASE]],
    ['one rate for all', paced(), ['headline', 'cost-by-size', ...BY_CASE.slice(1)]],
    ['one rate for two sides', paced('file-to-socket'), ['headline', 'cost-by-size', ...BY_CASE]],
  ] as const)('%s', (_name, result, ids) => {
    expect(chartsOf(pageResultOf(result)).map(({ id }) => id)).toEqual(ids);
  });
});

describe('what TCP knew', () => {
  it('is charted where the run asked it', () => {
    const ids = (result: Result) => chartsOf(pageResultOf(result)).map(({ id }) => id);
    const network = ['rtt', 'retransmits', 'course', 'fairness'];
    expect(ids(toAnotherHost())).toEqual(expect.arrayContaining(network));
    expect(ids(complete({ path: 'file-to-socket' }))).not.toEqual(expect.arrayContaining(['rtt']));
  });

  it('is the median of the transfers that count', () => {
    // Rounds 1 to 6, of which each has as many retransmits as its number, in 1/16 GiB.
    const [row] = described(pageResultOf(toAnotherHost()), 'retransmits').rows;
    expect(middle(row?.values[0])).toBe(3.5 * 16);
    expect(described(pageResultOf(toAnotherHost()), 'rtt').rows[0]?.values.map(middle)).toEqual([313_500, 90_000]);
  });

  it('goes over the time of one transfer, the rest of an interval at its own rate', () => {
    const result = toAnotherHost();
    const intervals = { everyNs: 4e6, bytes: [4 * MIB, 8 * MIB, MIB] };
    const cases = result.cases.map((one) => ({
      ...one,
      samples: one.samples.map((sample) => ({ ...sample, wallNs: 9e6, intervals })),
    }));
    const { rows } = described(pageResultOf({ ...result, cases }), 'course');
    expect(rows.slice(0, 3).map(({ values }) => values.map((value) => Math.round(middle(value) ?? 0)))).toEqual([
      [4e6, 1000],
      [8e6, 2000],
      [9e6, 1000],
    ]);
  });
});

describe('which cases a chart has', () => {
  it('by case: all with numbers, the best first, whatever way is better', () => {
    for (const [id, direction] of [
      ['headline', -1],
      ['cpu', 1],
      ['crossings', 1],
      ['faults', 1],
      ['switches', 1],
    ] as const) {
      const result = withTroubles({ path: 'file-to-socket' });
      const { rows } = described(pageResultOf(result), id);
      const measured = result.cases.flatMap((one, index) => (one.summary === null ? [] : [index]));
      expect(rows.map(({ plotted }) => plotted.case).sort(), id).toEqual(measured);
      const values = rows.map((row) => middle(row.values[0]) ?? Number.NaN);
      expect(values, id).toEqual(values.toSorted((a, b) => (a - b) * direction));
    }
  });

  it('by size: neither the control nor baselines that nobody asked for', () => {
    const result = complete({ buffers: SEED_BUFFERS });
    const { rows, shape } = described(pageResultOf(result), 'time-by-size');
    expect(shape).toEqual({ kind: 'lines', over: 'size', sizes: SEED_BUFFERS });
    const wanted = result.cases.flatMap((one, index) =>
      one.control || (one.bufferBytes !== null && !SEED_BUFFERS.includes(one.bufferBytes)) ? [] : [index],
    );
    expect(rows.map(({ plotted }) => plotted.case)).toEqual(wanted);
  });

  it('shared blocks have a time and no speed', () => {
    const result = pageResultOf(complete({ modes: ['read-write', 'reflink'], buffers: SEED_BUFFERS }));
    const modes = (id: string) => new Set(described(result, id).rows.map(({ plotted }) => plotted.mode));
    expect(modes('time-by-size')).toContain('reflink');
    for (const id of ['headline', 'speed-by-size']) expect(modes(id), id).not.toContain('reflink');
  });

  it('none of a mode that was taken out, and the others look as before', () => {
    const result = pageResultOf(complete());
    for (const { id } of chartsOf(result)) {
      const all = described(result, id).rows;
      const some = described(result, id, ['read-write']).rows;
      expect(some, id).toEqual(all.filter(({ plotted }) => plotted.mode !== 'read-write'));
    }
  });
});

describe('a chart in words', () => {
  const result = pageResultOf(complete({ buffers: SEED_BUFFERS }));

  it('is spoken with the numbers of its first rows, and says how many more there are', () => {
    const headline = described(result, 'headline');
    const sentence = sentenceOf(headline);
    expect(sentence).toMatch(/^Throughput, bar chart: sendfile [\d,]+ MiB\/s \([\d,]+–[\d,]+\); /);
    expect(sentence).toContain(`${headline.rows.length - 12} more are in the table.`);
    expect(sentenceOf({ ...headline, rows: [] })).toBe('Throughput: nothing to draw.');
  });

  it('is copied as one line per row, with bare numbers and the ends of the intervals', () => {
    const cpu = described(pageResultOf(complete({ path: 'file-to-socket' })), 'cpu');
    const lines = tabSeparated(cpu)
      .split('\n')
      .map((line) => line.split('\t'));
    expect(lines[0]).toEqual(['', 'sender, s/GiB', 'from', 'to', 'receiver, s/GiB', 'from', 'to']);
    expect(lines).toHaveLength(cpu.rows.length + 2);
    const [value] = cpu.rows[0]?.values ?? [];
    if (value === undefined || value === null || typeof value === 'number') throw new Error('an interval was expected');
    expect(lines[1]?.slice(0, 4)).toEqual([cpu.rows[0]?.name, ...[value.median, value.low, value.high].map(String)]);
  });
});
