/** The text of a result file: what a list needs comes first, and a sample takes one line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultText } from '../../../src/lab/resultText.ts';
import { aCompleteResult } from '../fixtures.ts';

describe('the text of a result', () => {
  const result = aCompleteResult();

  test('is the document', () => {
    expect(JSON.parse(resultText(result))).toEqual(result);
  });

  test('is any document, as JSON.stringify would have it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        const text = resultText({ ...document });
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
      }),
    );
  });

  test('has the head first, whatever order the document has, and keeps the order of the rest', () => {
    const { cases, findings, label, winner, ...others } = result;
    const names = Object.keys(JSON.parse(resultText({ findings, cases, ...others, winner, label })) as object);
    expect(names.slice(0, names.indexOf('host') + 1)).toEqual([
      'format',
      'version',
      'id',
      'startedAt',
      'endedAt',
      'tool',
      'status',
      'reason',
      'label',
      'winner',
      'process',
      'experiment',
      'host',
    ]);
    expect(names.indexOf('findings')).toBeLessThan(names.indexOf('cases'));
  });

  test('has a line for each sample', () => {
    const lines = resultText(result).split('\n');
    const samples = result.cases.flatMap((one) => one.samples);
    const found = lines.filter((line) => line.includes('"round":')).map((line) => line.trim().replace(/,$/, ''));
    expect(found).toEqual(samples.map((sample) => JSON.stringify(sample)));
  });

  test('leaves out what is undefined, like JSON.stringify', () => {
    expect(JSON.parse(resultText({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });
});
