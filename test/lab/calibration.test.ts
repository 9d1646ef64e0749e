/** Every experiment calibrates its host first, and does without where that cannot be done. */
import { expect, test } from 'vitest';
import { medianAbsoluteError, predictionErrors } from '../../src/model/cost/prediction.ts';
import { parsed, smallFilesystem, Workplace } from './lab.ts';

test('unit costs come first, and predict the modes the model knows', async () => {
  const place = new Workplace();
  const ended = await place.run(['run', '--preset', 'quick', '--size', '4MiB', '--json', '-']);
  const result = parsed(ended.stdout);
  expect(result.calibration?.unitCosts['system-call']?.median).toBeGreaterThan(0);
  expect(result.calibrationProblem).toBeNull();
  for (const one of result.cases) expect(one.predicted?.totalNs, one.mode).toBeGreaterThan(0);
  expect(medianAbsoluteError(predictionErrors(result))).not.toBeNull();
});

test('a host that cannot be calibrated is measured all the same, and the reason is told', async (context) => {
  const place = new Workplace();
  // Room for the transfers, not for the gauges.
  const folder = smallFilesystem(context, place, 'size=16m');
  const ended = await place.run(['run', '--size', '1MiB', '--rounds', '1', '--dir', folder, '--json', '-']);
  expect(ended.code).toBe(0);
  const result = parsed(ended.stdout);
  expect(result.calibration).toBeNull();
  expect(result.calibrationProblem?.code).toBe('ENOSPC');
  expect(result.cases.every((one) => one.summary !== null && one.predicted === null)).toBe(true);
  expect(result.findings.filter(({ kind }) => kind === 'not-calibrated')).toHaveLength(1);
});
