/** What the documents say of the code, held to it: their links, their tables and their commands. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
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
import { granted, ROOT } from './fixtures.ts';

const DOCUMENTS: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

function read(document: string): string {
  return readFileSync(path.join(ROOT, document), 'utf8');
}

/** Without what is shown as code. */
function prose(document: string): string {
  return read(document).replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
}

/** The places that GitHub gives the headings of a document. */
function anchorsOf(document: string): readonly string[] {
  return [...read(document).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The rows of the table below a heading, cell by cell, in which code has no marks. */
function tableBelow(document: string, heading: string): readonly (readonly string[])[] {
  const [, below = ''] = read(document).split(`\n## ${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(below) ?? [];
  const [, , ...rows] = table.trimEnd().split('\n');
  return rows.map((row) => [...row.slice(1, -1).split('|')].map((cell) => cell.trim().replaceAll('`', '')));
}

/** What the blocks of a language hold. */
function blocksOf(document: string, language: string): readonly string[] {
  return [...read(document).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
}

describe.each(DOCUMENTS)('%s', (document) => {
  test('links to files and headings that are there', () => {
    const links = [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
      if (!existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names files of ours that are there', () => {
    const named = [...read(document).matchAll(/`((?:src|native|test|scripts|docs|schemas)\/[\w./-]+)`/g)];
    expect(named.map(([, file = '']) => file).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test('has commands that the command line takes', () => {
    const commands = blocksOf(document, 'sh').flatMap((block) => [
      ...block.matchAll(/^node dist\/cli\.js ([^#\n]*)/gm),
    ]);
    const refused = commands.flatMap(([command, given = '']) => {
      const parsed = parseCommandLine(given.trim().split(/\s+/));
      return parsed.ok ? [] : [`${command}: ${parsed.problem.message}`];
    });
    expect(refused).toEqual([]);
  });
});

test('pictures are small enough for a page that is read', () => {
  const folder = path.join(ROOT, 'docs', 'images');
  const large = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).size > 300_000);
  expect(large).toEqual([]);
});

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
