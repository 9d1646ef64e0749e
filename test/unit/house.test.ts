/** The rules of the house: who may import whom, and that what is written twice says the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { modeDescriptors, modesOfPath } from '../../src/model/modes/catalogue.ts';
import { modesNotRun } from '../../src/model/modes/notRun.ts';
import { FILE_PATHS, PATHS } from '../../src/model/paths.ts';
import { aCompleteResult, aPlannedResult, aSocketExperiment, ROOT } from './fixtures.ts';

interface Import {
  readonly from: string;
  /** A file of ours, relative to the root, or the name of a module. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const sources: readonly string[] = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.posix.join('src', name.split(path.sep).join('/')));
const imports: readonly Import[] = sources.flatMap(importsOf);

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function importsOf(from: string): readonly Import[] {
  const text = read(from);
  const statements = /^(?:import|export)\s+(type\s)?([^;'"]*?)\s*from\s+'([^']+)'|^import\s+'([^']+)'/gm;
  const found = [...text.matchAll(statements)].map(([, type, names, named, bare]) => ({
    from,
    to: target(from, (named ?? bare) as string),
    // `import { type A, type B }` is left out of the bundle as well.
    typeOnly: type !== undefined || /^\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}$/.test(names ?? ''),
  }));
  const dynamic = [...text.matchAll(/\b(?:import|require)\(\s*'([^']+)'\s*\)/g)].map(([, name]) => ({
    from,
    to: target(from, name as string),
    typeOnly: false,
  }));
  return [...found, ...dynamic];
}

function target(from: string, name: string): string {
  return name.startsWith('.') ? path.posix.join(path.posix.dirname(from), name) : name;
}

function isOurs(file: string): boolean {
  return file.startsWith('src/') || file.startsWith('native/');
}

/** `model`, `lab`, ... of a file of ours. */
function roomOf(file: string): string {
  return file.startsWith('native/') ? 'native' : (file.split('/')[1] as string);
}

function brief(each: Import): string {
  return `${each.from} -> ${each.to}`;
}

describe('imports', () => {
  test('are seen at all, and lead to files that exist', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(new Set(sources.map(roomOf))).toEqual(new Set(['model', 'lab', 'extension', 'webview', 'cli']));
    for (const each of imports.filter(({ to }) => isOurs(to))) {
      expect(existsSync(path.join(ROOT, each.to)), brief(each)).toBe(true);
    }
  });

  test.each([
    { room: 'model', may: [] },
    { room: 'lab', may: ['model', 'native'] },
    { room: 'extension', may: ['lab', 'model'] },
    { room: 'cli', may: ['lab', 'model'] },
    { room: 'webview', may: ['model'] },
  ])('$room may import only $may', ({ room, may }) => {
    const strangers = imports
      .filter(({ from, to }) => roomOf(from) === room && isOurs(to) && roomOf(to) !== room)
      .filter(({ to }) => !may.includes(roomOf(to)));
    expect(strangers.map(brief)).toEqual([]);
  });

  test('only the extension imports vscode', () => {
    const users = imports.filter(({ to }) => to === 'vscode').map(({ from }) => roomOf(from));
    expect(new Set(users)).toEqual(new Set(['extension']));
  });

  test('model and webview need nothing of Node', () => {
    const node = imports
      .filter(({ from }) => ['model', 'webview'].includes(roomOf(from)))
      .filter(({ to }) => to.startsWith('node:') || builtinModules.includes(to));
    expect(node.map(brief)).toEqual([]);
  });

  test('only the bench process loads the addon', () => {
    const natives = imports.filter(({ to }) => roomOf(to) === 'native');
    expect(natives.filter(({ typeOnly, to }) => !typeOnly || to !== 'native/addon.d.ts').map(brief)).toEqual([]);
    const loaders = imports.filter(({ to }) => to === 'src/lab/addon.ts');
    expect(loaders.filter(({ from }) => !from.startsWith('src/lab/bench/')).map(brief)).toEqual([]);
    expect(sources.filter((file) => /dlopen|\.node'/.test(read(file)))).toEqual(['src/lab/addon.ts']);
    const bench = imports.filter(
      ({ from, to }) => to.startsWith('src/lab/bench/') && !from.startsWith('src/lab/bench/'),
    );
    expect(bench.map(brief)).toEqual([]);
  });

  test('the page takes no schema library along', () => {
    const reached = new Set(sources.filter((file) => /^src\/webview\/[^/]+\/main\.ts$/.test(file)));
    for (const file of reached) {
      for (const each of imports) if (each.from === file && !each.typeOnly) reached.add(each.to);
    }
    expect(reached).toContain('src/model/summary.ts');
    expect([...reached].filter((file) => file === 'valibot' || file.startsWith('src/model/result/'))).toEqual([]);
  });

  test('go round in no circle', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      if (trail.includes(file) || done.has(file)) return;
      for (const { from, to } of imports) if (from === file && isOurs(to)) visit(to, [...trail, file]);
      done.add(file);
    };
    for (const file of sources) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe('package.json', () => {
  interface Manifest {
    readonly engines: Readonly<Record<string, string>>;
    readonly main: string;
    readonly bin: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly capabilities: {
      readonly untrustedWorkspaces: { readonly supported: unknown };
      readonly virtualWorkspaces: { readonly supported: unknown };
    };
    readonly extensionKind: readonly string[];
    readonly contributes: {
      readonly jsonValidation: readonly { readonly url: string }[];
    };
  }
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const { contributes } = manifest;

  test('runs where the files are, shows results in untrusted folders, and not in virtual ones', () => {
    expect(manifest.extensionKind).toEqual(['workspace']);
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
  });

  test('the types of VS Code are those of the oldest one supported', () => {
    expect(manifest.engines['vscode']).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });

  test('ships bundles, so nothing is installed with it', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.main).toBe('./dist/extension/extension.mjs');
    expect(manifest.bin).toEqual({ 'zero-copy-lab': 'dist/cli.js' });
  });

  test('points to schemas that exist', () => {
    for (const { url } of contributes.jsonValidation) expect(existsSync(path.join(ROOT, url)), url).toBe(true);
  });
});

describe('the shipped schemas', () => {
  const schema = (name: string) => JSON.parse(read(`schemas/${name}.schema.json`)) as object;
  const accepts = (name: string, data: unknown): boolean =>
    // The formats are checked by the code; ajv alone does not know them.
    new Ajv({ strict: false, validateFormats: false }).compile(schema(name))(JSON.parse(JSON.stringify(data)));

  test('are those of the code', async () => {
    interface Schemas {
      currentSchemas(): Promise<readonly { readonly file: string; readonly text: string }[]>;
    }
    const script = pathToFileURL(path.join(ROOT, 'scripts/lib/schemas.mjs')).href;
    const { currentSchemas } = (await import(script)) as Schemas;
    const current = await currentSchemas();
    expect(current.map(({ file }) => path.basename(file)).sort()).toEqual(
      readdirSync(path.join(ROOT, 'schemas')).sort(),
    );
    for (const { file, text } of current) expect(JSON.parse(read(file))).toEqual(JSON.parse(text));
  });

  test.each([
    { name: 'complete', result: aCompleteResult() },
    { name: 'running', result: aPlannedResult() },
    { name: 'over a socket', result: aCompleteResult(undefined, aSocketExperiment()) },
  ])('accept a result that is $name', ({ result }) => {
    expect(accepts('zcresult', result)).toBe(true);
  });

  test('accept a result with more in it, as a later version may have', () => {
    expect(accepts('zcresult', { ...aCompleteResult(), novelty: 1 })).toBe(true);
  });

  test.each([
    { name: 'an empty object', data: {} },
    { name: 'another format', data: { ...aCompleteResult(), format: 'x' } },
    { name: 'another status', data: { ...aCompleteResult(), status: 'done' } },
    { name: 'a case without samples', data: { ...aCompleteResult(), cases: [{ mode: 'sendfile' }] } },
    { name: 'a text for a time', data: { ...aCompleteResult(), noiseFloor: 'low' } },
  ])('reject $name', ({ data }) => {
    expect(accepts('zcresult', data)).toBe(false);
  });

  test('know what an experiment file may say', () => {
    expect(accepts('zcexp', { preset: 'quick', size: '1MiB', modes: 'all', rounds: 'auto' })).toBe(true);
    expect(accepts('zcexp', { modes: ['sendfile'], buffers: [64, '4KiB'], rounds: 3 })).toBe(true);
    expect(accepts('zcexp', { sise: '1MiB' })).toBe(false);
    expect(accepts('zcexp', { size: true })).toBe(false);
    expect(accepts('zcexp', [])).toBe(false);
  });
});

describe('modes', () => {
  const ids = modeDescriptors().map((mode) => mode.id);

  /** Ids that the C++ files of a folder register: `const RegisterMode<ReadWrite> kEntry("read-write");` */
  function registered(folder: string, entry: 'RegisterMode' | 'RegisterExchange'): string[] {
    const pattern = new RegExp(`${entry}<[^>]+>\\s+\\w+\\("([^"]+)"\\)`, 'g');
    return readdirSync(path.join(ROOT, folder)).flatMap((file) =>
      [...read(`${folder}/${file}`).matchAll(pattern)].map(([, id]) => id as string),
    );
  }

  test.each([
    { folder: 'native/modes', entry: 'RegisterMode', paths: FILE_PATHS },
    { folder: 'native/exchanges', entry: 'RegisterExchange', paths: PATHS.filter((id) => !FILE_PATHS.includes(id)) },
  ] as const)('each has a class in $folder, and each class there a descriptor', ({ folder, entry, paths }) => {
    const described = [...new Set(paths.flatMap((id) => modesOfPath(id).map((mode) => mode.id)))];
    expect(registered(folder, entry).sort()).toEqual(described.sort());
  });

  test('each descriptor file in src/model/modes is in the catalogue', () => {
    const described = sources
      .filter((file) => file.startsWith('src/model/modes/'))
      .flatMap((file) => [...read(file).matchAll(/\(\): ModeDescriptor \{\s*return \{\s*id: '([^']+)'/g)])
      .map(([, id]) => id as string);
    expect(described.sort()).toEqual([...ids].sort());
  });

  test('each has an id of its own, in small letters', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('each says what it does and what to know before using it', () => {
    for (const mode of modeDescriptors()) {
      for (const text of [mode.summary, ...mode.caveats]) expect(text).toMatch(/^[^\n]+\.$/);
      expect(mode.paths.length).toBeGreaterThan(0);
      expect(mode.caveats.length).toBeGreaterThan(0);
      expect(mode.since).toMatch(/^\d+\.\d+(\.\d+)?$/);
    }
  });

  test('each in one call what its chunk allows: whole modes heed no buffer, and only buffer modes have a fit', () => {
    for (const mode of modeDescriptors()) {
      if (mode.chunk === 'whole') expect([mode.fit, mode.options]).toEqual([undefined, []]);
      if (mode.fit === 'pipe' || mode.fit === 'pipe-per-buffer') expect(mode.options).toContain('pipeBytes');
    }
  });

  test('only reflink shares blocks instead of moving data', () => {
    expect(modeDescriptors().flatMap((mode) => (mode.moves === 'sharing' ? [mode.id] : []))).toEqual(['reflink']);
  });

  test('those that are not run say why, and are not in the catalogue', () => {
    expect(modesNotRun().map(({ id }) => id)).toEqual(
      expect.arrayContaining(['transmit-file', 'ktls-sendfile', 'io-uring-recv-zc', 'devmem-tcp']),
    );
    for (const one of modesNotRun()) {
      expect(ids).not.toContain(one.id);
      expect(one.why).toMatch(/^[^\n]+\.$/);
    }
  });
});
