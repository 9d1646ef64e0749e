/** Reports of results: whole, harmless whatever their words are, and the same numbers as in a terminal. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { reportResult } from '../../../src/cli/report.ts';
import { fullCaseName } from '../../../src/model/caseName.ts';
import { arrange } from '../../../src/model/findings/top.ts';
import { escaped } from '../../../src/model/report/markdown.ts';
import { reportFiles, reportInOne } from '../../../src/model/report/report.ts';
import type { Result } from '../../../src/model/result/result.ts';
import { resultSchema } from '../../../src/model/result/result.ts';
import { anyOf } from '../../anyDocument.ts';
import { ofObjects, paced, studied } from '../../webview/evidenceFixtures.ts';
import {
  complete,
  EXDEV,
  hazards,
  partial,
  plannedHazards,
  SEED_BUFFERS,
  told,
  withTroubles,
} from '../../webview/fixtures.ts';
import { problemsOfXml } from '../picture/xml.ts';
import { elementsOf, rendered, textOf } from './rendered.ts';

/** What a report is made of; nothing else may come from a file. */
const ELEMENTS = [
  'blockquote',
  'br',
  'h1',
  'h2',
  'h3',
  'img',
  'li',
  'p',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
];

function report(result: Result): string {
  return reportFiles(result, 'run.md', 'light').at(-1)?.text ?? '';
}

function picturesOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, href]) => href as string);
}

describe.each([
  ['a measurement', told(complete())],
  ['several sizes', told(complete({ buffers: SEED_BUFFERS }))],
  ['over a socket, with every pass', studied({ path: 'file-to-socket' })],
  ['with troubles', told(withTroubles())],
  ['objects', told(ofObjects())],
  ['at one rate', told(paced())],
] as const)('%s', (_, result) => {
  const text = textOf(rendered(report(result)));

  test('has its findings in the order of the page, and every case with its numbers or its reason', () => {
    const { top, rest } = arrange(result.findings);
    const places = [...top, ...rest].map((finding) => text.indexOf(finding.text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const one of result.cases) expect(text).toContain(fullCaseName(one));
    for (const { reason } of result.cases) if (reason !== null) expect(text).toContain(reason.message);
  });

  test('has the numbers of the terminal', () => {
    const inTerminal = reportResult(result).split('\n');
    const [, table = ''] = /## Numbers\n\n((?:\|.*\n)+)/.exec(report(result)) ?? [];
    const rows = table.trim().split('\n').slice(2);
    expect(rows.length).toBe(result.cases.filter((one) => one.summary !== null).length);
    for (const row of rows) {
      const cells = row.split(' | ').map((cell) => textOf(rendered(cell.replace(/^\| | \|$/g, ''))));
      expect(inTerminal.map((line) => line.replaceAll(/\s+/g, ' '))).toContain(cells.join(' '));
    }
  });

  test('shows its pictures, which lie beside it', () => {
    const files = reportFiles(result, 'run.md', 'dark');
    expect(picturesOf(files.at(-1)?.text ?? '')).toEqual(files.slice(0, -1).map(({ path }) => path.join('/')));
    expect(files[0]?.path).toEqual(['run-pictures', 'headline.svg']);
    expect(files.filter(({ path }) => path[1]?.startsWith('flow-')).length).toBeGreaterThan(0);
    for (const picture of files.slice(0, -1)) expect(problemsOfXml(picture.text)).toEqual([]);
  });

  test('in one piece has the same pictures inside', () => {
    const whole = reportInOne(result, 'dark');
    const inside = picturesOf(whole).map((href) => Buffer.from(href.split(',')[1] ?? '', 'base64').toString('utf8'));
    expect(inside).toEqual(
      reportFiles(result, 'run.md', 'dark')
        .slice(0, -1)
        .map(({ text: svg }) => svg),
    );
    expect(whole).not.toContain('run-pictures');
  });

  test('renders to nothing but headings, lists, tables and pictures', () => {
    for (const element of elementsOf(rendered(report(result)))) expect(ELEMENTS).toContain(element);
  });
});

test('the flows are those of the winner and of its baseline', () => {
  const result = studied();
  const flows = reportFiles(result, 'r.md', 'light').map(({ path }) => path.at(-1));
  expect(flows).toContain(`flow-${result.winner?.mode}.svg`);
  expect(flows).toContain('flow-read-write.svg');
});

test('a label is the title, and what is not whole says so', () => {
  expect(report({ ...complete(), label: 'before *the* patch' })).toMatch(/^# before \\\*the\\\* patch\n/);
  expect(report(complete())).toMatch(/^# File to file, preset \w+\n/);
  expect(report(partial())).toContain('> Partial result.');
  expect(report({ ...complete(), version: 99 })).toContain('> This file is of format version 99');
});

describe('hazards', () => {
  test('have a table of outcomes, and each in words; nothing is drawn', () => {
    const result = hazards('file-to-file', () => ({
      happened: true,
      arrivedBytes: 4096,
      error: { code: 'EIO', call: 'write', message: 'a | b' },
      differsFromByte: null,
      waited: false,
    }));
    const html = rendered(report(result));
    expect(html).toContain('<h2>Hazards</h2>');
    expect(html.match(/<td[^>]*>EIO/g)?.length).toBeGreaterThan(10);
    expect(picturesOf(report(result))).toEqual([]);
    expect(textOf(rendered(report(plannedHazards('file-to-socket'))))).toContain('not tried');
  });
});

describe('words of a stranger', () => {
  const NASTY = '</td></table><script>x</script> | \n\n# y\n![z](http://evil/a.png) `c` [l](javascript:1) <img src=q>';

  test('stay words, wherever they are', () => {
    const planned = told(complete());
    const result: Result = {
      ...planned,
      label: NASTY,
      reason: { ...EXDEV, message: NASTY, hint: NASTY },
      status: 'partial',
      tool: NASTY,
      experiment: { ...planned.experiment, directory: NASTY, source: { kind: 'file', path: NASTY } },
      host: { ...planned.host, name: NASTY, kernel: NASTY, limits: { [NASTY]: NASTY } },
      findings: planned.findings.map((finding) => ({ ...finding, text: NASTY })),
      cases: planned.cases.map((one, index) => ({
        ...one,
        mode: index === 2 ? NASTY : one.mode,
        ...(index === 1 ? { summary: null, samples: [], status: 'failed', reason: { ...EXDEV, message: NASTY } } : {}),
      })),
    };
    const html = rendered(report(result));
    for (const element of elementsOf(html)) expect(ELEMENTS).toContain(element);
    expect([...html.matchAll(/src="([^"]*)"/g)].every(([, src]) => src?.startsWith('run-pictures/'))).toBe(true);
    expect(report(result).split(escaped(NASTY)).length).toBeGreaterThan(10);
    for (const { text } of reportFiles(result, 'run.md', 'light').slice(0, -1)) expect(problemsOfXml(text)).toEqual([]);
  });

  test('any valid result has a report, with nothing in it but what a report is made of', () => {
    fc.assert(
      fc.property(anyOf(resultSchema), (document) => {
        const files = reportFiles(v.parse(resultSchema, document), 'any.md', 'light');
        for (const element of elementsOf(rendered(files.at(-1)?.text ?? ''))) expect(ELEMENTS).toContain(element);
        for (const { text } of files.slice(0, -1)) expect(problemsOfXml(text)).toEqual([]);
        const names = files.map(({ path }) => path.join('/'));
        expect(new Set(names).size).toBe(names.length);
        for (const name of names.slice(0, -1)) expect(name).toMatch(/^any-pictures\/[a-z0-9-]+\.svg$/);
      }),
      { numRuns: 100 },
    );
  });
});
