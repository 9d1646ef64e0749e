import { describe, expect, test } from 'vitest';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { modesOfPath } from '../../src/model/modes/catalogue.ts';
import type { ExperimentRequest } from '../../src/model/request/file.ts';
import { parseExperimentFile } from '../../src/model/request/file.ts';
import { GIB, KIB, MIB } from '../../src/model/units.ts';
import { granted, refusal } from './fixtures.ts';

const surroundings = { directory: '/data' };

/** One sentence that ends, no line break, no trace of a stack. */
const sentence = /^[^\n]+\.$/;

describe('bad input is refused with the thing named and a way out', () => {
  const cases: readonly (readonly [ExperimentRequest, RegExp])[] = [
    [{ path: 'file-to-moon' }, /--path "file-to-moon"/],
    [{ path: '' }, /--path ""/],
    [{ preset: 'huge' }, /--preset "huge"/],
    [{ modes: ['teleport'] }, /--modes "teleport"/],
    [{ modes: ['sendfile', 'Sendfile'] }, /--modes "Sendfile"/],
    [{ modes: [''] }, /--modes ""/],
    [{ modes: [] }, /--modes is empty/],
    [{ size: 0 }, /--size 0 /],
    [{ size: '0' }, /--size 0 /],
    [{ size: -1 }, /--size -1 /],
    [{ size: '-1' }, /--size -1 /],
    [{ size: 'abc' }, /--size abc /],
    [{ size: '' }, /--size {2}is/],
    [{ size: '1.5' }, /--size 1\.5 /],
    [{ size: 1.5 }, /--size 1\.5 /],
    [{ size: '64 MB' }, /--size 64 MB /],
    [{ size: 2 ** 53 }, /--size 9007199254740992 /],
    [{ size: '99999999999GiB' }, /--size 99999999999GiB /],
    [{ buffers: [] }, /--buffers is empty/],
    [{ buffers: [0] }, /--buffers 0 /],
    [{ buffers: ['64KiB', '-1'] }, /--buffers -1 /],
    [{ buffers: ['x'] }, /--buffers x /],
    [{ buffers: ['2GiB'] }, /--buffers 2GiB is above 1 GiB/],
    [{ buffers: [GIB + 1] }, /--buffers 1073741825 is above 1 GiB/],
    [{ rounds: 0 }, /--rounds 0 /],
    [{ rounds: -1 }, /--rounds -1 /],
    [{ rounds: 2.5 }, /--rounds 2\.5 /],
    [{ rounds: 1001 }, /--rounds 1001 /],
    [{ cache: 'lukewarm' }, /--cache "lukewarm"/],
    [{ receiver: 'shred' }, /--receiver "shred"/],
    [{ receiverBuffer: 0 }, /--receiver-buffer 0 /],
    [{ receiverBuffer: '2GiB' }, /--receiver-buffer 2GiB is above 1 GiB/],
    [{ seed: -1 }, /--seed -1 /],
    [{ seed: 2 ** 32 }, /--seed 4294967296 /],
    [{ seed: 0.5 }, /--seed 0\.5 /],
    [{ timeLimitSeconds: 0 }, /--time-limit 0 /],
    [{ timeLimitSeconds: -5 }, /--time-limit -5 /],
    [{ timeLimitSeconds: Number.POSITIVE_INFINITY }, /--time-limit Infinity /],
    [{ source: '/data/a', size: '1MiB' }, /--size and --source exclude each other/],
    [{ durable: true, path: 'file-to-socket' }, /--durable has no place in file-to-socket/],
    [{ durable: true, path: 'process-to-process' }, /--durable has no place in process-to-process/],
    [{ pin: { sender: -1 } }, /--pin -1 /],
    [{ pin: { sender: 0.5 } }, /--pin 0\.5 /],
    [{ pin: { sender: 0, receiver: 8192 }, path: 'file-to-socket' }, /--pin 8192 /],
    [{ pin: { sender: 0, receiver: 1 } }, /--pin names a CPU for the receiver, and file-to-file has none/],
    [{ evidence: 'maybe' }, /--evidence "maybe"/],
    [{ objects: [] }, /--objects is empty/],
    [{ objects: ['4KiB', '0'] }, /--objects 0 /],
    [{ objects: ['4KiB'], rate: '1MiB' }, /--objects and --rate exclude each other/],
    [{ objects: ['4KiB'], preset: 'hazards' }, /--objects and the preset "hazards" exclude each other/],
    [{ objects: ['4KiB'], preset: 'equal-rate' }, /--objects and the preset "equal-rate" exclude each other/],
    [{ objects: ['4KiB'], path: 'process-to-process' }, /process-to-process moves none/],
    [{ preset: 'objects', path: 'process-to-process' }, /process-to-process moves none/],
    [{ preset: 'objects', source: '/data/a' }, /--source has no place/],
    [{ objects: ['4KiB'], buffers: [1, 2] }, /has one buffer size/],
    [{ rate: 'fast' }, /--rate fast /],
    [{ rate: 0 }, /--rate 0 /],
    [{ rate: '1MiB', preset: 'hazards' }, /--rate and the preset "hazards" exclude each other/],
    [{ rate: 'auto', preset: 'objects' }, /--rate and the preset "objects" exclude each other/],
    [{ rate: 'auto', preset: 'full' }, /has one buffer size/],
    [{ preset: 'hazards', latency: true }, /times nothing, so --latency /],
    [{ preset: 'hazards', durable: true }, /times nothing, so --durable /],
    [{ preset: 'hazards', evidence: 'auto' }, /times nothing, so --evidence /],
  ];
  test.each(cases)('%j', (request, names) => {
    const problem = refusal(resolveExperiment(request, surroundings));
    expect(problem.code).toBe('usage');
    expect(problem.message).toMatch(names);
    expect(problem.message).toMatch(sentence);
    expect(problem.hint).toMatch(sentence);
  });

  test('an empty source', () => {
    const problem = refusal(resolveExperiment({ source: '/data/a' }, { directory: '/data', sourceBytes: 0 }));
    expect(problem.message).toMatch(/\/data\/a is empty/);
  });

  test('what can be chosen is named', () => {
    const { hint } = refusal(resolveExperiment({ modes: ['x'] }, surroundings));
    for (const mode of modesOfPath('file-to-file')) expect(hint).toContain(mode.id);
    expect(hint).toContain('all');
  });
});

describe('a good request is made complete', () => {
  test('nothing asked for is the quick preset from file to file', () => {
    expect(granted(resolveExperiment({}, surroundings))).toEqual({
      kind: 'measurement',
      path: 'file-to-file',
      preset: 'quick',
      modes: ['read-write', 'mmap-write', 'sendfile', 'splice'],
      modesChosen: 'preset',
      bytes: 64 * MIB,
      buffers: [64 * KIB],
      rounds: 6,
      timeLimitSeconds: null,
      cache: 'warm',
      source: { kind: 'generated' },
      directory: '/data',
      laboratories: null,
      remote: null,
      target: 'file',
      receiver: null,
      peer: null,
      pipeBytes: null,
      queueDepth: 8,
      durable: false,
      pin: null,
      evidence: 'off',
      latency: false,
      objectSizes: null,
      bytesPerSecond: null,
      streams: [1],
      durationSeconds: null,
      tcp: null,
      seed: 1,
    });
  });

  test('a socket has a receiver with 256 KiB, or with what was asked for', () => {
    const request = { path: 'file-to-socket' };
    expect(granted(resolveExperiment(request, surroundings))).toMatchObject({
      target: 'loopback',
      receiver: { kind: 'read', bufferBytes: 256 * KIB },
    });
    const asked = { ...request, receiver: 'read', receiverBuffer: '4k' };
    expect(granted(resolveExperiment(asked, surroundings)).receiver).toEqual({
      kind: 'read',
      bufferBytes: 4096,
      directory: null,
    });
  });

  test.each([
    { modes: undefined, chosen: 'preset', preset: 'quick' },
    { modes: 'all', chosen: 'all', preset: null },
    { modes: ['sendfile'], chosen: 'named', preset: null },
  ] as const)('modes $modes are $chosen', ({ modes, chosen, preset }) => {
    const request: ExperimentRequest = modes === undefined ? {} : { modes: modes === 'all' ? modes : [...modes] };
    expect(granted(resolveExperiment(request, surroundings))).toMatchObject({ modesChosen: chosen, preset });
  });

  test('a mode named twice runs once', () => {
    const request = { modes: ['sendfile', 'read-write', 'sendfile'] };
    expect(granted(resolveExperiment(request, surroundings)).modes).toEqual(['sendfile', 'read-write']);
  });

  test('a source file gives the size', () => {
    const experiment = granted(resolveExperiment({ source: '/data/a' }, { directory: '/data', sourceBytes: 12345 }));
    expect(experiment).toMatchObject({ source: { kind: 'file', path: '/data/a' }, bytes: 12345 });
  });

  test('auto rounds end after a minute unless another limit is given; fixed rounds have none', () => {
    const limit = (request: ExperimentRequest) => granted(resolveExperiment(request, surroundings)).timeLimitSeconds;
    expect(limit({ rounds: 'auto' })).toBe(60);
    expect(limit({ rounds: 'auto', timeLimitSeconds: 5 })).toBe(5);
    expect(limit({ rounds: 3 })).toBeNull();
    expect(limit({ rounds: 3, timeLimitSeconds: 0.5 })).toBe(0.5);
  });

  test('sizes in every spelling, and the largest buffer', () => {
    const request = { size: '1.5 MiB', buffers: [1, '64', '4k', '1M', '1GiB', '0.5KiB'] };
    const experiment = granted(resolveExperiment(request, surroundings));
    expect(experiment.bytes).toBe(1.5 * MIB);
    expect(experiment.buffers).toEqual([1, 64, 4096, MIB, GIB, 512]);
  });

  test('what is asked for wins over the preset', () => {
    const request = { preset: 'seed', size: 5, rounds: 7, buffers: [3], cache: 'cold', seed: 0 };
    expect(granted(resolveExperiment(request, surroundings))).toMatchObject({
      preset: 'seed',
      bytes: 5,
      rounds: 7,
      buffers: [3],
      cache: 'cold',
      seed: 0,
    });
  });
});

describe('the kind of an experiment', () => {
  const resolved = (request: ExperimentRequest) => granted(resolveExperiment(request, surroundings));

  test('objects: their sizes make the kind, and bring the preset along', () => {
    expect(resolved({ objects: ['4KiB', MIB] })).toMatchObject({
      kind: 'objects',
      preset: 'objects',
      objectSizes: [4 * KIB, MIB],
      bytesPerSecond: null,
      buffers: [64 * KIB],
    });
    expect(resolved({ preset: 'objects' }).objectSizes).toEqual(
      [4, 16, 64, 256, 1024, 4096, 16384, 65536].map((k) => k * KIB),
    );
    expect(resolved({ preset: 'quick', objects: [5] })).toMatchObject({
      kind: 'objects',
      preset: 'quick',
      objectSizes: [5],
    });
  });

  test('an equal rate: given, or to be found', () => {
    expect(resolved({ rate: '500MiB' })).toMatchObject({
      kind: 'equal-rate',
      preset: 'equal-rate',
      bytesPerSecond: 500 * MIB,
      objectSizes: null,
    });
    for (const request of [{ rate: 'auto' }, { preset: 'equal-rate' }, { preset: 'quick', rate: 'auto' }]) {
      expect(resolved(request)).toMatchObject({ kind: 'equal-rate', bytesPerSecond: null });
    }
    expect(resolved({ rate: 'auto', path: 'process-to-process' }).modes).toContain('pipe');
  });

  test.each([
    ['quick', 'off', false],
    ['seed', 'off', false],
    ['full', 'auto', true],
    ['evidence', 'auto', true],
    ['objects', 'off', false],
    ['equal-rate', 'off', true],
    ['hazards', 'off', false],
  ] as const)('%s: evidence %s and latency %s, unless asked otherwise', (preset, evidence, latency) => {
    expect(resolved({ preset })).toMatchObject({ evidence, latency });
    if (preset === 'hazards') return;
    expect(resolved({ preset, evidence: 'require', latency: !latency })).toMatchObject({
      evidence: 'require',
      latency: !latency,
    });
  });

  test('durable, and on which CPUs', () => {
    expect(resolved({ durable: true })).toMatchObject({ durable: true, pin: null });
    expect(resolved({ pin: { sender: 3 } }).pin).toEqual({ sender: 3, receiver: null });
    expect(resolved({ path: 'file-to-socket', pin: { sender: 0, receiver: 1 } }).pin).toEqual({
      sender: 0,
      receiver: 1,
    });
  });
});

describe('an experiment file', () => {
  const parse = (text: string) => parseExperimentFile(text, 'my.zcexp.json');

  test('says what it says', () => {
    const request = {
      $schema: './zcexp.schema.json',
      format: 'zero-copy-lab/experiment',
      version: 1,
      preset: 'full',
      path: 'file-to-socket',
      modes: ['sendfile'],
      size: '1GiB',
      buffers: [4096, '64KiB'],
      rounds: 'auto',
      cache: 'cold',
      directory: 'here',
      receiver: 'read',
      receiverBuffer: 1024,
      seed: 7,
      timeLimitSeconds: 30,
      durable: true,
      pin: { sender: 0, receiver: 1 },
      evidence: 'require',
      latency: true,
      objects: [4096, '64KiB'],
      rate: '500MiB',
    };
    expect(granted(parse(JSON.stringify(request)))).toEqual(request);
    expect(granted(parse('{}'))).toEqual({});
  });

  test.each([
    ['', /is not JSON/],
    ['{', /is not JSON/],
    ['{"size": 1,}', /is not JSON/],
    ['[]', /my\.zcexp\.json/],
    ['null', /my\.zcexp\.json/],
    ['{"sise": 1}', /"sise"/],
    ['{"size": true}', /"size"/],
    ['{"modes": "sendfile"}', /"modes"/],
    ['{"modes": [1]}', /"modes/],
    ['{"buffers": 64}', /"buffers"/],
    ['{"buffers": [null]}', /"buffers/],
    ['{"rounds": "many"}', /"rounds"/],
    ['{"seed": "1"}', /"seed"/],
    ['{"version": 2}', /"version"/],
    ['{"pin": 0}', /"pin"/],
    ['{"pin": {"sender": 0, "cpu": 1}}', /"pin/],
    ['{"durable": "yes"}', /"durable"/],
    ['{"objects": "4KiB"}', /"objects"/],
    ['{"format": "zero-copy-lab/result"}', /"format"/],
  ])('%s is refused', (text, names) => {
    const problem = refusal(parse(text));
    expect(problem.code).toBe('usage');
    expect(problem.message).toContain('my.zcexp.json');
    expect(problem.message).toMatch(names);
    expect(problem.message).toMatch(sentence);
    expect(problem.hint).toMatch(sentence);
  });
});
