import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { coldnessRules } from '../../src/model/findings/coldness.ts';
import { applyRules } from '../../src/model/findings/rule.ts';
import { skip } from '../skip.ts';
import { needNobody, preloading, Workplace } from './lab.ts';

const COLD = ['run', '--size', '1MiB', '--rounds', '2', '--modes', 'sendfile', '--cache', 'cold', '--quiet'];

test('a cold run that is warm is caught: its samples are kept, marked and not mixed with others', async (context) => {
  const place = new Workplace();
  const honest = await place.run([...COLD, '--json', 'honest.json']);
  expect(honest.code).toBe(0);
  const cold = place.read('honest.json');
  if (cold.host.filesystem.type === 'tmpfs') skip(context, 'the folder for temporary files is on tmpfs, never cold');
  for (const one of cold.cases) {
    for (const sample of one.samples) expect(sample).toMatchObject({ residency: 0, excluded: null });
  }

  await place.run([...COLD, '--json', 'liar.json', '--csv', 'liar.csv'], {
    through: preloading(place, 'never_cold.c'),
  });
  const warm = place.read('liar.json');
  for (const one of warm.cases) {
    expect(one.samples).toHaveLength(3);
    for (const sample of one.samples) expect(sample).toMatchObject({ residency: 1, excluded: 'not-cold' });
  }
  expect(warm.findings.map(({ kind }) => kind)).toContain('not-cold');
  const [head = '', ...rows] = readFileSync(place.path('liar.csv'), 'utf8').trimEnd().split('\r\n');
  const column = head.split(',').indexOf('excluded');
  expect(new Set(rows.map((row) => row.split(',')[column]))).toEqual(new Set(['not-cold']));
});

test('a cold run of a file whose pages nobody tells this user about says that it may not be cold', async (context) => {
  needNobody(context);
  const place = new Workplace();
  chmodSync(place.base, 0o755);
  chmodSync(place.folder, 0o777);
  chmodSync(path.dirname(place.lockFolder), 0o777);
  chmodSync(place.write('of-root', Buffer.alloc(65_536, 1)), 0o444);
  const args = ['run', '--source', 'of-root', '--cache', 'cold', '--rounds', '1', '--modes', 'sendfile', '--quiet'];
  const ended = await place.run([...args, '--json', 'result.json'], { asNobody: true });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const result = place.read('result.json');
  for (const one of result.cases) {
    for (const sample of one.samples) expect(sample).toMatchObject({ residency: null, excluded: null });
  }
  expect(applyRules(coldnessRules, result)).toMatchObject([
    { kind: 'coldness-unknown', text: expect.stringContaining('of-root') },
  ]);
});
