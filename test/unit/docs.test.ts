/** Tables in the documents, held to the code that they are about. */
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { MEASUREMENT_RULES } from '../../src/model/findings.ts';
import { hazardRules } from '../../src/model/hazards.ts';
import { myths } from '../../src/model/myths.ts';
import { presets } from '../../src/model/presets.ts';
import { type ExperimentRequest, experimentFileSchema, parseExperimentFile } from '../../src/model/request/file.ts';
import { optionOf, type RequestProperty } from '../../src/model/request/place.ts';
import { questionSchema } from '../../src/model/result/finding.ts';
import { resultSchema } from '../../src/model/result/result.ts';
import { blocksOf, read, tableBelow } from './docs/document.ts';
import { granted } from './fixtures.ts';

describe('docs/findings.md', () => {
  test('has the rules there are, with their questions and weights', () => {
    const told = tableBelow('docs/findings.md', 'The rules').map(([weight, kind, question]) =>
      [weight, kind, question].join(' '),
    );
    const rules = [...MEASUREMENT_RULES, ...hazardRules].map(({ weight, kind, question }) =>
      [weight, kind, question].join(' '),
    );
    expect(told.toSorted()).toEqual([...new Set(rules)].sort());
    const weights = told.map((row) => Number.parseInt(row, 10));
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  test('has the questions there are', () => {
    const told = tableBelow('docs/findings.md', 'At the top').map(([question]) => question);
    expect(told).toEqual([...questionSchema.options]);
  });
});

describe('docs/experiments.md', () => {
  test('has every property, and what it is on the command line', () => {
    const rows = tableBelow('docs/experiments.md', 'Properties');
    const properties = Object.keys(experimentFileSchema.entries).filter((name) => name !== '$schema');
    expect(rows.map(([property]) => property)).toEqual(properties);
    for (const [property = '', , options = ''] of rows) {
      if (property === 'format' || property === 'version') expect(options).toBe('');
      else expect(options.split(', ')).toContain(optionOf(property as RequestProperty));
    }
  });

  test('has every preset', () => {
    const told = tableBelow('docs/experiments.md', 'Presets').map(([preset]) => preset);
    expect(told).toEqual(presets().map(({ id }) => id));
  });

  test('has an example that is one', () => {
    for (const text of blocksOf('docs/experiments.md', 'json')) {
      expect(parseExperimentFile(text, 'example')).toMatchObject({ ok: true });
    }
  });
});

test('docs/exports.md has the formats there are', () => {
  const refused = parseCommandLine(['export', 'run.zcresult.json', '--format', 'another']);
  const known = refused.ok ? '' : refused.problem.hint;
  const [, table = ''] = read('docs/exports.md').split('| format |');
  const told = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, format]) => format);
  expect(known).toContain(`${told.join(', ')}.`);
});

test('docs/results.md has every name of a result', () => {
  const told = tableBelow('docs/results.md', 'What is in it').flatMap(([names = '']) => names.split(', '));
  const names = Object.keys(resultSchema.entries);
  // What no version wrote yet, and what explains another name.
  const left = ['receiverHost', 'calibrationProblem', 'pacedBytesPerSecond'];
  expect(told.toSorted()).toEqual(names.filter((name) => !left.includes(name)).toSorted());
});

describe('docs/reliability.md', () => {
  const shown = myths().flatMap(({ id, shown: how }) => (how.how === 'run' ? [{ id, request: how.request }] : []));
  const rows = tableBelow('docs/reliability.md', 'Myths');

  test('has every myth that an experiment shows', () => {
    expect(rows.map(([id]) => id)).toEqual(shown.map(({ id }) => id));
  });

  test.each(shown)('$id: by the command of its experiment', ({ id, request }) => {
    const [, command = ''] = rows.find(([each]) => each === id) ?? [];
    const parsed = granted(parseCommandLine(command.split(' ')));
    const asked = parsed.name === 'run' ? parsed.options.request : {};
    const resolved = (each: ExperimentRequest) => granted(resolveExperiment(each, { directory: '/data' }));
    expect(resolved(asked)).toEqual(resolved(request));
  });
});
