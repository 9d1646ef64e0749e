/**
 * What an empty tree of results says, by the conditions of package.json. No test of VS Code runs on a host that is not
 * Linux or in a virtual workspace; so the conditions themselves are worked out for every state there can be.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONTEXT_KEYS, SETTINGS, VIEWS } from '../../src/extension/ids.ts';
import { ROOT } from './fixtures.ts';

type Context = Readonly<Record<string, string | boolean | undefined>>;

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly contributes: {
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const manifest = read('package.json') as Manifest;
const texts = read('package.nls.json') as Readonly<Record<string, string>>;

/** Of the conditions of VS Code those kinds that are used there. @throws Error for any other */
function holds(condition: string, context: Context): boolean {
  return condition.split(' && ').every((term) => {
    const [, not, key = '', , wanted] = /^(!?)([\w.]+)( == '([^']+)')?$/.exec(term) ?? [];
    if (key === '') throw new Error(`no meaning is known of "${term}"`);
    const value = context[key];
    return wanted === undefined ? Boolean(value) !== (not === '!') : value === wanted;
  });
}

/** What the view says in a state. */
function said(shown: string | undefined, host: string, trusted: boolean): readonly string[] {
  const context = { [CONTEXT_KEYS.resultsShown]: shown, [CONTEXT_KEYS.host]: host, isWorkspaceTrusted: trusted };
  return manifest.contributes.viewsWelcome
    .filter(({ view, when }) => view === VIEWS.results && holds(when, context))
    .map(({ contents }) => texts[contents.slice(1, -1)] ?? contents);
}

describe('an empty tree says one thing', () => {
  test.each([
    { host: 'linux', trusted: true, says: /command:zeroCopyLab\.run\)/, never: /Restricted Mode/ },
    { host: 'linux', trusted: false, says: /Restricted Mode/, never: /command:zeroCopyLab\.run\)/ },
    { host: 'other', trusted: true, says: /Linux/, never: /command:zeroCopyLab\.run\)/ },
    { host: 'other', trusted: false, says: /Linux/, never: /command:zeroCopyLab\.run\)/ },
    { host: 'virtual', trusted: true, says: /virtual|disk/i, never: /command:zeroCopyLab\.run\)/ },
    { host: 'virtual', trusted: false, says: /virtual|disk/i, never: /command:zeroCopyLab\.run\)/ },
  ])('on $host, trusted: $trusted', ({ host, trusted, says, never }) => {
    const [text = '', ...others] = said('empty', host, trusted);
    expect(others).toEqual([]);
    expect(text).toMatch(says);
    expect(text).not.toMatch(never);
  });

  test.each(['linux', 'other', 'virtual'])(
    'and nothing while there are results, or while it is not known (%s)',
    (host) => {
      for (const trusted of [true, false]) {
        expect(said('some', host, trusted)).toEqual([]);
        expect(said(undefined, host, trusted)).toEqual([]);
        expect(said('no-hits', host, trusted)).toHaveLength(1);
      }
    },
  );
});

test('a folder that is not trusted has no say in any setting', () => {
  const { restrictedConfigurations, supported } = manifest.capabilities.untrustedWorkspaces;
  expect(supported).toBe('limited');
  expect([...restrictedConfigurations].sort()).toEqual(
    Object.keys(manifest.contributes.configuration.properties).sort(),
  );
  expect(restrictedConfigurations).toContain(SETTINGS.resultsFolder.id);
});
