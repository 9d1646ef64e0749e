/** The bill of materials and the notices: by the rules of CycloneDX, and about what is really in the packages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import { describe, expect, test } from 'vitest';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { currentNotices } from '../../scripts/lib/notices.mjs';
import { parts, requireLicenses } from '../../scripts/lib/parts.mjs';
import { billOfMaterials } from '../../scripts/lib/sbom.mjs';

const schemas = path.resolve(
  path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);

function schema(name: string): AnySchemaObject {
  return JSON.parse(readFileSync(path.join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
}

/** CycloneDX's own schema; the formats of texts (dates, addresses) are not looked at. */
function compiled() {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  // By the names that the library's copy refers to them with.
  for (const name of ['spdx', 'jsf-0.82']) {
    const { $id: _, ...rest } = schema(name);
    ajv.addSchema(rest, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema('bom-1.6'));
}

const valid = compiled();

function complaints(document: unknown): readonly string[] {
  return valid(document) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const bill = billOfMaterials();
const all = parts();

describe('the bill of materials', () => {
  test('keeps the rules of CycloneDX 1.6', () => {
    expect(complaints(bill)).toEqual([]);
  });

  test('would not, with a licence SPDX does not know or a component without a name', () => {
    const [first] = bill.components;
    const { name: _, ...nameless } = first ?? expect.fail('there are no components');
    expect(complaints({ ...bill, components: [nameless] })).not.toEqual([]);
    expect(complaints({ ...bill, components: [{ ...first, licenses: [{ license: { id: 'MTI' } }] }] })).not.toEqual([]);
  });

  test('has every reference once, and what depends on another leads to one of them', () => {
    const references = [bill.metadata.component['bom-ref'], ...bill.components.map((each) => each['bom-ref'])];
    expect(new Set(references).size).toBe(references.length);
    expect(bill.dependencies.map(({ ref }) => ref).toSorted()).toEqual(references.toSorted());
    for (const { dependsOn } of bill.dependencies) expect(references).toEqual(expect.arrayContaining(dependsOn));
  });

  test('is the same every time', () => {
    expect(billOfMaterials()).toEqual(bill);
  });

  test('names every package that a bundle has code of', () => {
    const { outputs } = JSON.parse(readFileSync(inRepository('dist', 'metafile.json'), 'utf8')) as {
      outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
    };
    const found = Object.entries(outputs).flatMap(([output, { inputs }]) =>
      Object.keys(inputs)
        .filter((input) => input.includes('node_modules/') && (inputs[input]?.bytesInOutput ?? 0) > 0)
        .map((input) => ({ input, output })),
    );
    expect(found.length).toBeGreaterThan(50);
    for (const { input, output } of found) {
      const named = all.find(({ name }) => input.includes(`node_modules/${name}/`));
      expect({ input, files: named?.files }).toEqual({ input, files: expect.arrayContaining([output]) });
    }
  });

  test('names what was compiled into the addon and the receiver', () => {
    const at = (file: string) => all.filter(({ files }) => files.includes(file));
    const names = (file: string) => at(file).map(({ name }) => name);
    expect(names('build/Release/zero_copy_lab.node')).toEqual(['GCC run-time libraries', 'node-addon-api', 'xxHash']);
    expect(names('build/Release/zcl-receiver')).toEqual(['GCC run-time libraries', 'GNU C Library', 'xxHash']);
  });
});

describe('the notices', () => {
  test('hold the words of every licence', () => {
    const notices = currentNotices();
    expect(notices).toContain('Copyright (c) Microsoft Corporation');
    expect(notices).toContain('Copyright (C) 2012-2023 Yann Collet');
    expect(notices).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    for (const { name, text } of all) {
      // Any line that is long enough to be its own will do.
      const line = text.split(/\r?\n/).find((each) => each.trim().length > 40) ?? expect.fail(`${name} has no text`);
      expect(notices).toContain(line.trim());
    }
  });

  test('cannot be written with a licence nobody has looked at, or without one', () => {
    const [first = expect.fail('there are no parts')] = all;
    expect(() => requireLicenses([{ ...first, license: 'SSPL-1.0' }])).toThrow(/SSPL-1\.0, which nobody has looked at/);
    expect(() => requireLicenses([{ ...first, license: 'UNLICENSED' }])).toThrow(/UNLICENSED/);
    expect(() => requireLicenses([{ ...first, text: ' \n' }])).toThrow(/without the text of its licence/);
  });
});
