/** What documents quote of the product is what it says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tiersOf } from '../../../src/model/evidence/tiers.ts';
import { ROOT } from '../fixtures.ts';
import { read, rowsOf, tableBelow } from './document.ts';

type Bundle = Readonly<Record<string, string | { readonly message: string }>>;

/** Every sentence, with an ellipsis where it has a value of the host. */
const SENTENCES = Object.values(
  JSON.parse(readFileSync(path.join(ROOT, 'l10n', 'bundle.l10n.json'), 'utf8')) as Bundle,
).map((text) => (typeof text === 'string' ? text : text.message).replaceAll(/\{\d+\}/g, '…'));

describe('docs/troubleshooting.md', () => {
  const symptoms = rowsOf('docs/troubleshooting.md', 'symptom').map(([symptom = '']) => symptom);

  test('has symptoms', () => {
    expect(symptoms.length).toBeGreaterThan(30);
  });

  test.each(symptoms)('%s', (symptom) => {
    expect(symptom.replaceAll(/[ …]/g, '').length).toBeGreaterThan(10);
    const said = SENTENCES.filter((sentence) => sentence.startsWith(symptom));
    expect(said).not.toEqual([]);
  });
});

describe('docs/evidence.md', () => {
  const refused = { taskSamples: 'EACCES', cpuWide: 'EACCES', tracepoint: 'EACCES', symbols: 'EPERM' };
  const tiers = tiersOf(refused, { perfEventParanoid: 2, kptrRestrict: 1 });

  test('has every kind of evidence, with the commands that the page prints', () => {
    const rows = tableBelow('docs/evidence.md', 'Kinds of evidence, and what each takes');
    const told = rows.map(([kind, , , allow, undo]) => [kind, allow, undo]);
    expect(told).toEqual(tiers.map(({ id, missing }) => [id, missing?.allow ?? '', missing?.undo ?? '']));
  });

  test('has the settings that hints of refusals name', () => {
    const hints = SENTENCES.flatMap((sentence) => /sysctl ((?:kernel|net|fs)\.[\w.]+)/.exec(sentence)?.[1] ?? []);
    expect(hints.length).toBeGreaterThan(2);
    const page = read('docs/evidence.md');
    expect(hints.filter((setting) => !page.includes(setting))).toEqual([]);
  });
});
