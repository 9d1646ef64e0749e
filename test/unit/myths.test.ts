/** Every myth says what is true, and its experiment is one that the lab runs, or it says why there is none. */
import { describe, expect, test } from 'vitest';
import { resolveExperiment } from '../../src/model/experiment.ts';
import { readLearnPlace } from '../../src/model/learnPlace.ts';
import { findMode } from '../../src/model/modes/catalogue.ts';
import { findMyth, myths, partName } from '../../src/model/myths.ts';
import { parseExperimentFile } from '../../src/model/request/file.ts';
import { experimentFileText } from '../../src/model/request/text.ts';

const all = myths();
const shown = all.flatMap(({ id, shown: how }) =>
  how.how === 'run' ? [{ id, request: how.request, look: how.look }] : [],
);

test('there are fifteen, each with an id of its own by which it is found', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(15);
  for (const myth of all) expect(findMyth(myth.id)?.claim).toBe(myth.claim);
  expect(findMyth('no-such-myth')).toBeUndefined();
});

test.each(all)(
  '$id: a claim in quotation marks, the truth in sentences, a kernel where it was otherwise before',
  (myth) => {
    expect(myth.claim).toMatch(/^“.+\.”$/);
    expect(myth.truth.length).toBeGreaterThan(0);
    for (const paragraph of myth.truth) expect(paragraph).toMatch(/^[^\n]+\.$/);
    if (myth.since !== null) expect(myth.since).toMatch(/^\d+\.\d+(\.\d+)?$/);
    if (myth.shown.how === 'not-here') expect(myth.shown.why).toMatch(/^[^\n]+\.$/);
  },
);

describe.each(shown)('the experiment of $id', ({ request, look }) => {
  test('comes back from its text as it went in', () => {
    const read = parseExperimentFile(experimentFileText(request), 'myth.zcexp.json');
    expect(read.ok && read.value).toEqual({ format: 'zero-copy-lab/experiment', version: 1, ...request });
  });

  test('is accepted for its path, with modes that it names', () => {
    const experiment = resolveExperiment(request, { directory: '/data' });
    expect(experiment.ok ? null : experiment.problem).toBeNull();
    if (!experiment.ok) return;
    expect(experiment.value.path).toBe(request.path);
    expect(experiment.value.modes).toEqual(request.modes);
    for (const mode of experiment.value.modes) expect(findMode(mode)?.paths).toContain(experiment.value.path);
  });

  test('is small enough to be over in seconds', () => {
    const experiment = resolveExperiment(request, { directory: '/data' });
    expect(experiment.ok && experiment.value.bytes).toBeLessThanOrEqual(64 * 2 ** 20);
    expect(experiment.ok && experiment.value.rounds).toBeLessThanOrEqual(6);
  });

  test('says where to look, at parts that it makes', () => {
    expect(look.length).toBeGreaterThan(0);
    for (const { part, text } of look) {
      expect(partName(part)).toMatch(/\S/);
      expect(text).toMatch(/^[^\n]+\.$/);
    }
    const experiment = resolveExperiment(request, { directory: '/data' });
    const made = experiment.ok ? experiment.value : null;
    const parts = look.map(({ part }) => part);
    if (parts.includes('evidence')) expect(made?.evidence).not.toBe('off');
    if (parts.includes('latency')) expect(made?.latency).toBe(true);
    expect(parts.includes('hazards')).toBe(made?.kind === 'hazards');
  });
});

test('a place that a page had kept is read back, and nothing else is', () => {
  const place = { visit: 3, section: 'myths', anchor: 'drop-in' } as const;
  expect(readLearnPlace({ mode: null, place })).toEqual(place);
  expect(readLearnPlace({ place: { ...place, anchor: null } })).toEqual({ ...place, anchor: null });
  for (const wrong of [
    undefined,
    null,
    'myths',
    {},
    { place: null },
    { place: { ...place, section: 'x' } },
    { place: { ...place, anchor: 1 } },
    { place: { ...place, visit: '3' } },
  ]) {
    expect(readLearnPlace(wrong)).toBeNull();
  }
});
