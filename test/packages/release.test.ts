/** What is looked at before a release: its workflows, and that tag, version and changelog agree. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRepository } from '../../scripts/lib/folders.mjs';
import { examineRelease } from '../../scripts/lib/release.mjs';
import { targets } from '../../scripts/lib/targets.mjs';
import { complaintsAbout } from '../../scripts/lib/workflows.mjs';

const FILE = '.github/workflows/release.yml';
const workflow = readFileSync(inRepository(FILE), 'utf8');

// That they are as they should be is a check of its own (scripts/lib/checks.mjs).
describe('the workflows', () => {
  test.for([
    ['a key there is not', /^ {4}runs-on: /m, '    run-on: ', /unexpected key "run-on"/],
    ['a job there is not', 'needs: publish', 'needs: published', /needs job "published" which does not exist/],
    ['a value there is not', 'matrix.target }}', 'matrix.platform }}', /property "platform" is not defined/],
    ['an action by a tag, which can be moved', /@[0-9a-f]{40} # (v7\.0\.1)/, '@$1', /not pinned to a commit/],
    ['all permissions', /^permissions:\n {2}contents: read\n/m, '', /says nothing of permissions/],
  ] as const)('are complained of for %s', async ([, from, to, complaint]) => {
    const broken = workflow.replace(from, to);
    expect(broken).not.toBe(workflow);
    expect((await complaintsAbout(FILE, broken)).join('\n')).toMatch(complaint);
  });

  test('build every package there is', () => {
    const [, built = ''] = /^ +target: \[(.*)\]$/m.exec(workflow) ?? [];
    expect(built.split(', ')).toEqual(Object.keys(targets));
  });
});

describe('a release', () => {
  const changelog =
    '# Changelog\n\n## 1.3.0 (2026-11-21)\n\n- New.\n\n## 1.2.0 (unreleased)\n\n- Old.\n\n## 1.1.0 (2026-10-01)\n';

  test('goes out under its own name, with what the changelog says of it', () => {
    expect(examineRelease('v1.3.0', '1.3.0', changelog)).toEqual({ complaints: [], notes: '- New.' });
  });

  test.for([
    ['v1.3.1', '1.3.0', /The tag is v1\.3\.1, and package\.json says 1\.3\.0/],
    ['v1.4.0', '1.4.0', /has no section 1\.4\.0/],
    ['v1.3', '1.3', /has no section 1\.3/],
    ['v1.2.0', '1.2.0', /needs its day/],
    ['v1.1.0', '1.1.0', /says nothing of 1\.1\.0/],
  ] as const)('%s of version %s does not', ([tag, version, complaint]) => {
    expect(examineRelease(tag, version, changelog).complaints.join('\n')).toMatch(complaint);
  });
});
