/** Experiment files: what an editor marks in them, what it proposes, and a preset written out as one. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnoseExperiment } from '../../src/lab/experimentDiagnostics.ts';
import { readExperiment } from '../../src/lab/experimentFile.ts';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import { PATHS } from '../../src/model/paths.ts';
import { presetsFor } from '../../src/model/presets.ts';
import { type ExperimentRequest, experimentFileSchema } from '../../src/model/request/file.ts';
import { inWordsOfFiles } from '../../src/model/request/place.ts';
import { writtenOut } from '../../src/model/request/writtenOut.ts';
import { granted, ROOT, refusal } from './fixtures.ts';

/** The marks of a file as `severity marked text`, with what each says. */
function marks(text: string): { readonly where: string; readonly says: string }[] {
  return diagnoseExperiment(text).map(({ severity, message, start, end }) => ({
    where: `${severity} ${text.slice(start, end)}`,
    says: message,
  }));
}

describe('an editor marks what a run would refuse, where it is written', () => {
  test.each<readonly [object, string, RegExp]>([
    [{ path: 'file-to-moon' }, '"file-to-moon"', /^path "file-to-moon" is not known here/],
    [{ modes: ['sendfile', 'teleport'] }, '"teleport"', /^modes "teleport" is not known here/],
    [{ modes: ['pipe'] }, '"pipe"', /^modes "pipe" is not of file-to-file, but of process-to-process/],
    [
      { path: 'process-to-process', modes: ['pipe', 'sendfile'] },
      '"sendfile"',
      /is not of process-to-process, but of file/,
    ],
    [{ modes: [] }, '[]', /^modes is empty/],
    [{ size: '64 MB' }, '"64 MB"', /^size 64 MB is not a size/],
    [{ buffers: [64, '2GiB'] }, '"2GiB"', /^buffers 2GiB is above 1 GiB/],
    [{ rounds: 0 }, '0', /^rounds 0 is out of range/],
    [{ size: 5, source: '/a' }, '5', /^size and source exclude each other/],
    [{ objects: [4096], rate: 'auto' }, '[4096]', /^objects and rate exclude each other/],
    [{ preset: 'hazards', source: '/a' }, '"/a"', /takes none of yours\. Leave out source/],
    [{ path: 'file-to-socket', durable: true }, 'true', /Leave it out, or choose path file-to-file/],
    [{ path: 'file-to-socket', pin: { sender: 0, receiver: 9999 } }, '9999', /^pin 9999 is out of range/],
    [{ preset: 'objects', path: 'process-to-process' }, '"process-to-process"', /Objects are files/],
    [{ timeLimitSeconds: -1 }, '-1', /^timeLimitSeconds -1 is not a time/],
  ])('%j', (request, where, says) => {
    for (const text of [JSON.stringify(request), JSON.stringify(request, null, 4)]) {
      const [mark, ...more] = marks(text);
      expect(mark?.where.replaceAll(/\s/g, '')).toBe(`error${where.replaceAll(/\s/g, '')}`);
      expect(mark?.says).toMatch(says);
      expect(more).toEqual([]);
    }
  });

  test('all of it at once, each property once', () => {
    const text = JSON.stringify({ modes: ['pipe', 'x'], size: 0, rounds: -1, cache: 'hot' });
    expect(marks(text).map(({ where }) => where)).toEqual(['error "pipe"', 'error 0', 'error -1', 'error "hot"']);
  });

  test('nothing further where the path is not known: the modes may be right', () => {
    expect(marks('{"path": "x", "modes": ["pipe"]}').map(({ where }) => where)).toEqual(['error "x"']);
  });

  test('what is missing is marked at the whole', () => {
    expect(marks('{"preset": "full", "rate": "auto"}').map(({ where }) => where)).toEqual([
      'error {"preset": "full", "rate": "auto"}',
    ]);
  });

  test('nothing where the form is wrong: that is marked by the schema', () => {
    for (const text of ['', '{', '[]', '{"sise": 1}', '{"rounds": "many"}', '// x\n{}'])
      expect(marks(text)).toEqual([]);
  });

  test('nothing is looked for in a text that nobody wrote by hand', () => {
    const huge = JSON.stringify({ modes: Array.from({ length: 100_000 }, () => 'x') });
    expect(diagnoseExperiment(huge)).toEqual([
      { severity: 'error', message: 'An experiment has at most 256 KiB of text.', start: 0, end: 1 },
    ]);
  });

  test('whatever is written, a mark lies in the text, and errors are exactly the refusals of a run', () => {
    const size = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constantFrom('64KiB', '4 MB', 'auto', '2GiB'));
    const requests = fc.record(
      {
        preset: fc.constantFrom('quick', 'objects', 'hazards', 'x'),
        path: fc.constantFrom(...PATHS, 'x'),
        modes: fc.oneof(fc.constant('all'), fc.array(fc.constantFrom('sendfile', 'pipe', 'splice', 'x'))),
        size,
        buffers: fc.array(size, { maxLength: 3 }),
        rounds: fc.oneof(fc.constant('auto'), fc.integer({ min: -1, max: 3 })),
        source: fc.constant('/a'),
        receiver: fc.constantFrom('read', 'save', 'x'),
        receiverDirectory: fc.constant('/b'),
        peer: fc.constantFrom('thread', 'x'),
        pipeSize: size,
        queueDepth: fc.integer({ min: -1, max: 2000 }),
        durable: fc.boolean(),
        pin: fc.record({ sender: fc.integer({ min: -1, max: 2 }) }),
        objects: fc.array(size, { maxLength: 2 }),
        rate: size,
        timeLimitSeconds: fc.integer({ min: -1, max: 1 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(requests, (request) => {
        const text = JSON.stringify(request, null, 2);
        const found = diagnoseExperiment(text);
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        const errors = found.filter(({ severity }) => severity === 'error');
        const run = resolveExperiment(request as ExperimentRequest, { directory: '', sourceBytes: 1 });
        if (run.ok) expect(errors).toEqual([]);
        else expect(errors[0]?.message).toBe(inWordsOfFiles(`${run.problem.message} ${run.problem.hint}`));
      }),
    );
  });
});

describe('an editor warns of what is said in vain', () => {
  test.each<readonly [object, string, RegExp]>([
    [{ modes: ['sendfile'], buffers: [4096] }, '[4096]', /None of these modes has a buffer/],
    [{ receiver: 'read' }, '"read"', /^receiver is not heeded on file-to-file/],
    [{ path: 'file-to-socket', receiverDirectory: '/tmp' }, '"/tmp"', /saves nothing/],
    [{ peer: 'thread' }, '"thread"', /^peer is not heeded on file-to-file/],
    [{ modes: ['sendfile'], pipeSize: '64KiB' }, '"64KiB"', /^pipeSize is not heeded by any/],
    [{ modes: ['read-write'], queueDepth: 4 }, '4', /^queueDepth is not heeded by any/],
  ])('%j', (request, where, says) => {
    const [mark, ...more] = marks(JSON.stringify(request));
    expect(mark?.where).toBe(`warning ${where}`);
    expect(mark?.says).toMatch(says);
    expect(more).toEqual([]);
  });

  test('and not of what is heeded', () => {
    for (const request of [
      {},
      { modes: ['sendfile', 'splice'], buffers: [4096], pipeSize: '64KiB' },
      { modes: 'all', queueDepth: 4 },
      { path: 'file-to-socket', receiver: 'save', receiverDirectory: '/tmp', receiverBuffer: 4096 },
      { path: 'process-to-process', peer: 'thread', pipeSize: '64KiB' },
    ]) {
      expect(marks(JSON.stringify(request)), JSON.stringify(request)).toEqual([]);
    }
  });
});

describe('a preset written out', () => {
  const all = PATHS.flatMap((id) => presetsFor(id, false).map((preset) => ({ id, preset, name: preset.id })));

  test.each(all)('$name, $id: is the same experiment, and nothing in it is marked', ({ id, preset }) => {
    const written = JSON.stringify(writtenOut(preset, id), null, 2);
    expect(diagnoseExperiment(written)).toEqual([]);
    const surroundings = { directory: '/d' };
    const read = granted(readExperiment(written, '/d/a.zcexp.json'));
    const { modesChosen: _, preset: __, ...fromFile } = granted(resolveExperiment(read, surroundings));
    const asked = granted(resolveExperiment({ path: id, preset: preset.id }, surroundings));
    expect(asked).toMatchObject(fromFile);
  });
});

describe('paths in an experiment file', () => {
  test('start from its folder', () => {
    const text = JSON.stringify({ source: 'a.bin', directory: '../out', receiverDirectory: '/abs' });
    expect(granted(readExperiment(text, '/w/x/my.zcexp.json'))).toEqual({
      source: '/w/x/a.bin',
      directory: '/w/out',
      receiverDirectory: '/abs',
    });
  });

  test('a broken file is named as its reader wants it', () => {
    expect(refusal(readExperiment('{', '/w/x/my.zcexp.json', 'my.zcexp.json')).message).toBe(
      'my.zcexp.json is not JSON.',
    );
  });
});

describe('the schema of experiment files helps whoever writes one', async () => {
  interface Schema {
    readonly description?: string;
    readonly enum?: readonly string[];
    readonly enumDescriptions?: readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly { readonly if: Schema; readonly then: Schema }[];
    readonly defaultSnippets?: readonly { readonly label: string; readonly body: unknown }[];
  }
  const script = pathToFileURL(path.join(ROOT, 'scripts/lib/schemas.mjs')).href;
  const { currentSchemas } = (await import(script)) as { currentSchemas(): Promise<{ file: string; text: string }[]> };
  const text = (await currentSchemas()).find(({ file }) => file.includes('zcexp'))?.text ?? '';
  const schema = JSON.parse(text) as Schema;
  const accepts = (data: unknown) => new Ajv({ strict: false }).compile(schema)(data);

  /** Everything below a schema that has such a keyword. */
  function withKeyword(keyword: keyof Schema, from: unknown): Schema[] {
    if (typeof from !== 'object' || from === null) return [];
    const below = Object.values(from).flatMap((each) => withKeyword(keyword, each));
    return keyword in from ? [from as Schema, ...below] : below;
  }

  test('every property is explained', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(experimentFileSchema.entries));
    for (const [name, { description }] of Object.entries(schema.properties ?? {})) {
      expect(description, name).toMatch(/\.$/);
    }
  });

  test('every proposed value is explained', () => {
    const proposing = withKeyword('enum', schema);
    expect(proposing.length).toBeGreaterThan(8);
    for (const { enum: values = [], enumDescriptions = [] } of proposing) {
      expect(enumDescriptions).toHaveLength(values.length);
      for (const each of enumDescriptions) expect(each).toMatch(/\S/);
    }
  });

  test.each(PATHS)('on %s its own modes are proposed', (id) => {
    const validate = (condition: Schema) => new Ajv({ strict: false }).validate(condition, { path: id });
    const matching = (schema.allOf ?? []).filter((each) => validate(each.if));
    const proposed = matching.flatMap(({ then }) => withKeyword('enum', then).flatMap((each) => each.enum ?? []));
    expect(proposed).toEqual(['all', ...modesOfPath(id).map((mode) => mode.id)]);
  });

  test('a file without a path is offered the modes of the default path', () => {
    const matching = (schema.allOf ?? []).filter((each) => new Ajv({ strict: false }).validate(each.if, {}));
    const proposed = matching.flatMap(({ then }) => withKeyword('enum', then).flatMap((each) => each.enum ?? []));
    expect(proposed).toEqual(['all', ...modesOfPath('file-to-file').map((mode) => mode.id)]);
  });

  test('whole files are offered, each of them good', () => {
    expect(schema.defaultSnippets?.length).toBeGreaterThan(10);
    for (const { label, body } of schema.defaultSnippets ?? []) {
      expect(accepts(body), label).toBe(true);
      expect(diagnoseExperiment(JSON.stringify(body)), label).toEqual([]);
    }
  });

  test('it forbids no value: those are marked in the words of a run', () => {
    expect(accepts({ path: 'x', modes: ['x'], cache: 'x', preset: 'x', receiver: 'x', peer: 'x', evidence: 'x' })).toBe(
      true,
    );
    expect(accepts({ path: 1 })).toBe(false);
    expect(accepts({ modes: [1] })).toBe(false);
    expect(accepts({ novelty: 1 })).toBe(false);
  });
});
