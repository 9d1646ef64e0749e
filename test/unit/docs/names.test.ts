/** Commands, options and names in documents are those of the product. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/arguments.ts';
import { helpText } from '../../../src/cli/help.ts';
import { resolveExperiment } from '../../../src/model/experiment.ts';
import { modeDescriptors, modesOfPath } from '../../../src/model/modes/catalogue.ts';
import { myths } from '../../../src/model/myths.ts';
import { pathDescriptors } from '../../../src/model/paths.ts';
import { presets } from '../../../src/model/presets.ts';
import { parseExperimentFile } from '../../../src/model/request/file.ts';
import { resultSchema } from '../../../src/model/result/result.ts';
import { ROOT } from '../fixtures.ts';
import { blocksOf, DOCUMENTS, prose, read, rowsOf, spansOf } from './document.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

function json<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as T;
}

const { scripts, contributes } = json<Manifest>('package.json');
const texts = json<Readonly<Record<string, string>>>('package.nls.json');
const sentences = Object.keys(json<Readonly<Record<string, unknown>>>('l10n/bundle.l10n.json'));
const titles = contributes.commands.map(({ title }) => texts[title.slice(1, -1)] ?? title);

/** Of `npm run bench`, `npm run pictures` and such: what scripts take behind `--`. */
const OPTIONS_OF_SCRIPTS = ['--save-baseline', '--against'];
const OPTIONS = new Set(['--help', '--version', ...(helpText().match(/--[a-z][a-z-]*/g) ?? []), ...OPTIONS_OF_SCRIPTS]);

/** Lines of a shell, without what is set before a command and what is said behind it; a text in quotes is one with its line. */
function commandsOf(document: string): readonly string[] {
  const lines = blocksOf(document, 'sh').flatMap((block) =>
    block.replaceAll(/"[^"]*"/g, (quoted) => quoted.replaceAll('\n', ' ')).split('\n'),
  );
  return lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}

/** Why a line is nothing that somebody can type, or null. */
function whyNot(line: string): string | null {
  const [, given] = /^(?:\w+=\S+ )*(?:node dist\/cli\.js|zero-copy-lab) (.*)$/.exec(line) ?? [];
  if (given !== undefined) return whyNotOurs(given.trim().split(/\s+/));
  const [, script] = /^npm (?:run )?([\w:-]+)/.exec(line) ?? [];
  if (script !== undefined) return script in scripts || script === 'ci' ? null : `${line}: no such script`;
  return /^(node|sudo|ssh|git|cat) /.test(line) ? null : `${line}: what is it?`;
}

function whyNotOurs(given: readonly string[]): string | null {
  const parsed = parseCommandLine([...given]);
  if (!parsed.ok) return parsed.problem.message;
  if (parsed.value.name !== 'run' || /\.zcexp\.json/.test(given.join(' '))) return null;
  const resolved = resolveExperiment(parsed.value.options.request, { directory: '/data' });
  return resolved.ok ? null : resolved.problem.message;
}

describe.each(DOCUMENTS)('%s', (document) => {
  test('has commands that can be typed', () => {
    expect(commandsOf(document).flatMap((line) => whyNot(line) ?? [])).toEqual([]);
  });

  test('names scripts of npm that are there', () => {
    const named = [...read(document).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('names options that are there', () => {
    const ours = spansOf(document).filter((span) => /^(--|(run|probe|receive|compare|export|selfcheck) )/.test(span));
    const named = ours.flatMap((span) => span.match(/--[a-z][a-z-]*/g) ?? []);
    expect(named.filter((option) => !OPTIONS.has(option))).toEqual([]);
  });

  test('names settings and commands that are there', () => {
    const ids = [
      ...Object.keys(contributes.configuration.properties),
      ...contributes.commands.map((each) => each.command),
    ];
    expect(spansOf(document).filter((span) => /^zeroCopyLab\.\w+$/.test(span) && !ids.includes(span))).toEqual([]);
    // A button or a command is bold and begins with a verb that some command begins with.
    const verbs = new Set(titles.map((title) => title.split(' ')[0]));
    const bold = [...prose(document).matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, text = '']) => text);
    const named = bold.filter((text) => verbs.has(text.split(' ')[0]) && !/[.:,]$/.test(text.replace(/\.{3}$/, '')));
    expect(named.filter((text) => !titles.includes(text) && !sentences.includes(text))).toEqual([]);
  });

  test('names presets that are there', () => {
    const ids: readonly string[] = presets().map(({ id }) => id);
    const named = [
      ...read(document).matchAll(/\bpresets? `([\w-]+)`/gi),
      ...read(document).matchAll(/`([\w-]+)` preset\b/g),
    ].map(([, name = '']) => name);
    expect(named.filter((name) => !ids.includes(name))).toEqual([]);
  });

  test('has JSON that is some, and experiments that run', () => {
    for (const text of blocksOf(document, 'json')) {
      const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
      if (value['format'] === 'zero-copy-lab/experiment') {
        expect(parseExperimentFile(text, 'example')).toMatchObject({ ok: true });
      }
      if (value['format'] === 'zero-copy-lab/result') {
        expect(Object.keys(value).filter((name) => !(name in resultSchema.entries))).toEqual([]);
      }
    }
  });
});

test('README.md has the modes of each path', () => {
  const told = rowsOf('README.md', 'path').map(([, modes = '']) => {
    const [listed = ''] = modes.split(';');
    return [...listed.matchAll(/`([\w-]+)`/g)].map(([, mode]) => mode);
  });
  expect(told).toEqual(pathDescriptors().map(({ id }) => modesOfPath(id).map((mode) => mode.id)));
  expect(read('README.md')).toContain(`by ${modeDescriptors().length} modes`);
});

test('docs/tour.md counts the myths right', () => {
  const words: Readonly<Record<number, string>> = {
    11: 'eleven',
    12: 'twelve',
    13: 'thirteen',
    15: 'fifteen',
    16: 'sixteen',
  };
  const shown = myths().filter((myth) => myth.shown.how === 'run').length;
  expect(read('docs/tour.md')).toContain(
    `${words[myths().length]} claims that are wrong or stale, ${words[shown]} with`,
  );
});

test('docs/modes.md has each mode with its listing', () => {
  const sections = read('docs/modes.md').split(/^## /m);
  for (const { id } of modeDescriptors()) {
    expect(
      sections.find((section) => section.startsWith(`${id}\n`)),
      id,
    ).toContain('```c\n');
  }
});
