// The bill of materials of a release: CycloneDX 1.6, the same bytes from the same sources and compiler.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRepository } from './folders.mjs';
import { parts } from './parts.mjs';

/**
 * Writes it.
 *
 * @param {string} [file] where to
 */
export function writeSbom(file) {
  const { name, version } = manifest();
  const output = file ?? inRepository('dist', `${name}-${version}.cdx.json`);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${JSON.stringify(billOfMaterials(), undefined, 2)}\n`);
  return output;
}

/** Of https://cyclonedx.org/docs/1.6/json/. */
export function billOfMaterials() {
  const { name, version, license, repository } = manifest();
  const all = parts();
  const own = `${name}@${version}`;
  const content = {
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': own,
        name,
        version,
        licenses: [{ license: { id: license } }],
        externalReferences: [{ type: 'vcs', url: repository.url }],
      },
    },
    components: all.map(component),
    dependencies: [
      { ref: own, dependsOn: all.map(({ purl }) => purl) },
      ...all.map(({ purl, needs }) => ({
        ref: purl,
        dependsOn: needs.map((need) => all.find((each) => each.name === need)?.purl),
      })),
    ],
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
}

/** @param {import('./parts.mjs').Part} part */
function component({ name, version, license, home, purl, files, integrity }) {
  const [, group, rest = name] = /^(@[^/]+)\/(.*)$/.exec(name) ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group ? { group } : {}),
    name: rest,
    ...(version ? { version } : {}),
    scope: 'required',
    licenses: license.includes(' ') ? [{ expression: license }] : [{ license: { id: license } }],
    purl,
    externalReferences: [
      { type: 'website', url: home },
      ...(integrity ? [{ type: 'distribution', url: tarball(name, version), hashes: [hashOf(integrity)] }] : []),
    ],
    evidence: { occurrences: files.map((location) => ({ location })) },
  };
}

/**
 * @param {string} name
 * @param {string | undefined} version
 */
function tarball(name, version) {
  return `https://registry.npmjs.org/${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;
}

/** @param {string} integrity `sha512-` and base64, as npm writes it */
function hashOf(integrity) {
  return { alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') };
}

/** RFC 9562, version 8: made of a hash, so that the same content has the same. @param {string} content */
function uuidOf(content) {
  const bytes = createHash('sha256').update(content).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** @returns {{ name: string, version: string, license: string, repository: { url: string } }} */
function manifest() {
  return JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
}
