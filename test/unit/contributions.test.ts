/** package.json and the ids of the code hold each other, in both directions: neither can have what the other does not know. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, EDITORS, PANELS, SETTINGS, VIEWS } from '../../src/extension/ids.ts';
import { ROOT } from './fixtures.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly enablement?: string;
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg?: string; readonly altText?: string };
  readonly completionEvents?: readonly string[];
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings?: readonly MenuItem[];
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsContainers?: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome?: readonly { readonly view: string; readonly when?: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly order?: number; readonly markdownDescription?: string }>
      >;
    };
    readonly walkthroughs?: readonly { readonly steps: readonly Step[] }[];
    readonly submenus?: readonly { readonly id: string }[];
  };
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const code = readdirSync(path.join(ROOT, 'src/extension'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'ids.ts')
  .map((name) => read(path.join('src/extension', name)))
  .join();

const commands = Object.values<string>(COMMANDS);
const contextKeys = Object.values<string>(CONTEXT_KEYS);
const settings = Object.values(SETTINGS).map(({ id }) => id);
const views = Object.values<string>(VIEWS);
const editors = Object.values<string>(EDITORS);
const menuItems = [...Object.values(contributes.menus).flat(), ...(contributes.keybindings ?? [])];
const steps = (contributes.walkthroughs ?? []).flatMap((each) => each.steps);
const contributedViews = Object.values(contributes.views ?? {}).flat();

/** Every condition of the manifest. */
const conditions = [
  ...menuItems.map(({ when }) => when),
  ...contributes.commands.map(({ enablement }) => enablement),
  ...contributedViews.map(({ when }) => when),
  ...(contributes.viewsWelcome ?? []).map(({ when }) => when),
].flatMap((each) => each ?? []);

/** `%key%` as its English text; what is no key stays. */
function text(value: string): string {
  return value.replace(/^%(.+)%$/, (_, key: string) => texts[key] ?? '');
}

function sorted(ids: readonly string[]): string[] {
  return [...ids].sort();
}

describe('commands', () => {
  test('are those of the code', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(commands));
  });

  test('are all that menus and keys name', () => {
    for (const { command } of menuItems) if (command !== undefined) expect(commands).toContain(command);
  });

  test('say what they do, under one category', () => {
    for (const { command, title, category } of contributes.commands) {
      expect(text(title), command).toMatch(/^[A-Z]/);
      expect(text(category ?? ''), command).toBe('Zero-Copy');
    }
  });

  test('have a place in the palette only where they can work without a file or a selection handed to them', () => {
    const palette = contributes.menus['commandPalette'] ?? [];
    for (const { when } of palette) expect(when).toMatch(/\S/);
  });

  test('include the main one, by its fixed name', () => {
    const main = contributes.commands.find(({ command }) => command === COMMANDS.run);
    expect(text(main?.title ?? '')).toBe('Run zero-copy benchmark');
  });
});

describe('editors, views and panels', () => {
  test('editors are those of the code, and have a provider', () => {
    expect(sorted(contributes.customEditors.map(({ viewType }) => viewType))).toEqual(sorted(editors));
    for (const name of Object.keys(EDITORS)) {
      expect(code).toMatch(new RegExp(`registerCustomEditorProvider\\(\\s*EDITORS\\.${name}\\b`));
    }
  });

  test('views are those of the code, and have a provider', () => {
    expect(sorted(contributedViews.map(({ id }) => id))).toEqual(sorted(views));
    for (const name of Object.keys(VIEWS)) expect(code).toMatch(new RegExp(`\\(\\s*VIEWS\\.${name}\\b`));
    for (const { view } of contributes.viewsWelcome ?? []) expect(views).toContain(view);
  });

  test('panels are opened by the code', () => {
    for (const name of Object.keys(PANELS)) expect(code).toContain(`PANELS.${name}`);
  });

  test('the extension is started by its contributions, by panels that come back, by files it marks, and where a run may be under way', () => {
    const restored = Object.entries<string>(PANELS).filter(([name]) =>
      new RegExp(`registerWebviewPanelSerializer\\(\\s*PANELS\\.${name}\\b`).test(code),
    );
    const marked = code.includes('createDiagnosticCollection') ? ['onLanguage:json'] : [];
    expect(sorted(manifest.activationEvents)).toEqual(
      sorted([
        ...marked,
        ...restored.map(([, id]) => `onWebviewPanel:${id}`),
        // Which each results folder holds. A pattern would have VS Code search the folder, and that heeds what it says.
        `workspaceContains:${SETTINGS.resultsFolder.fallback}/.gitignore`,
      ]),
    );
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  test('are those of the code, with the same defaults', () => {
    const declared = Object.entries(properties).map(([id, property]) => ({ id, fallback: property.default }));
    const inOrder = (all: readonly { readonly id: string }[]) => [...all].sort((a, b) => a.id.localeCompare(b.id));
    expect(inOrder(declared)).toEqual(inOrder(Object.values(SETTINGS)));
    for (const name of Object.keys(SETTINGS)) expect(code).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test('are described, and stand in an order of their own', () => {
    for (const [id, { markdownDescription }] of Object.entries(properties)) {
      expect(text(markdownDescription ?? ''), id).toMatch(/\.$/);
    }
    const orders = Object.values(properties).map(({ order }) => order);
    expect(new Set(orders).size).toBe(orders.length);
    expect(orders).not.toContain(undefined);
  });

  test('that are restricted exist', () => {
    for (const id of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) expect(settings).toContain(id);
  });
});

describe('context keys', () => {
  /** Keys of ours that a condition asks for; what an expression compares with is a value. */
  function keysIn(condition: string): string[] {
    const asked = condition.replaceAll(/(==|!=|=~|\bin\b)\s*('[^']*'|\/[^/]*\/|[^\s&|)]+)/g, '');
    return [...asked.matchAll(/(?<![\w.])zeroCopyLab\.\w+/g)].map(([key]) => key);
  }

  test('are read out of a condition', () => {
    expect(keysIn('view == zeroCopyLab.a && !zeroCopyLab.b || zeroCopyLab.c =~ /^x$/ && config.zeroCopyLab.d')).toEqual(
      ['zeroCopyLab.b', 'zeroCopyLab.c'],
    );
  });

  test('are those of the code: each is set there and asked for in the manifest', () => {
    const events = steps.flatMap((step) => step.completionEvents ?? []);
    const asked = [
      ...conditions.flatMap(keysIn),
      ...events.filter((event) => event.startsWith('onContext:')).flatMap((event) => keysIn(event.slice(10))),
    ];
    expect(sorted([...new Set(asked)])).toEqual(sorted(contextKeys));
    for (const name of Object.keys(CONTEXT_KEYS)) {
      expect(code).toMatch(new RegExp(`new ContextKey\\(\\s*CONTEXT_KEYS\\.${name}\\b`));
    }
  });
});

describe('walkthrough', () => {
  test('has pictures that exist and say what they show', () => {
    for (const { id, media } of steps) {
      const picture = readFileSync(path.join(ROOT, media.svg ?? 'none'), 'utf8');
      // The policy of VS Code's page would leave them out, and the picture black.
      expect(picture, id).not.toMatch(/<style|\sstyle=/);
      expect(text(media.altText ?? ''), id).toMatch(/\S/);
    }
  });

  test('completes its steps by what there is', () => {
    for (const { id, completionEvents = [] } of steps) {
      expect(completionEvents.length, id).toBeGreaterThan(0);
      for (const event of completionEvents) {
        const [kind = '', what = ''] = event.split(/:(.*)/);
        expect(['onCommand', 'onContext', 'onView'], event).toContain(kind);
        if (kind === 'onCommand') expect(commands).toContain(what);
        if (kind === 'onView') expect(views).toContain(what);
      }
    }
  });
});

describe('ids', () => {
  const known = [...commands, ...contextKeys, ...settings, ...views, ...editors, ...Object.values<string>(PANELS)];
  const containers = Object.values(contributes.viewsContainers ?? {}).flatMap((all) => all.map(({ id }) => id));
  const submenus = (contributes.submenus ?? []).map(({ id }) => id);
  const walkthroughs = ['zeroCopyLab.start'];

  test('are each of one thing only', () => {
    const inOnePlace = [...commands, ...contextKeys, ...settings, ...views];
    expect(new Set(inOnePlace).size).toBe(inOnePlace.length);
  });

  test.each(['package.json', 'package.nls.json'])('in %s are known, also those of links in its texts', (file) => {
    const named = [...read(file).matchAll(/(?<![\w.])(?:config\.)?(zeroCopyLab\.\w+)/g)].map(([, id]) => id);
    for (const id of named) expect([...known, ...containers, ...submenus, ...walkthroughs]).toContain(id);
  });

  test('are not written out in the code beside ids.ts', () => {
    for (const id of known) expect(code).not.toMatch(new RegExp(`['"\`]${id}['"\`]`));
  });
});

test('every %text% is in package.nls.json, and nothing else is', () => {
  const used = [...read('package.json').matchAll(/%([\w.]+)%/g)].map(([, key]) => key as string);
  expect(sorted(Object.keys(texts))).toEqual(sorted([...new Set(used)]));
});
