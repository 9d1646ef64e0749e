/** A case that changes its speed during a run is named. */
import { expect, test } from 'vitest';
import { runWithLiar } from './liars.ts';

test('a mode that slows down midway is named', async () => {
  const request = { modes: ['sendfile'], size: '2MiB', buffers: ['64KiB'], rounds: 16 };
  const result = await runWithLiar(request, 'sendfile', 'liar-tires');
  const drifting = result.findings.filter(({ kind }) => kind === 'drifting');
  const named = drifting.flatMap(({ cases }) => cases.map((index) => result.cases[index]?.mode));
  expect(named).toContain('sendfile');
  expect(drifting.map(({ text }) => text).join(' ')).toMatch(/sendfile took \d+ % longer from round \d+ on/);
});
