import { expect, test } from 'vitest';
import { reportCalibration } from '../../../src/cli/costReport.ts';
import { reportResult } from '../../../src/cli/report.ts';
import { withPredictions } from '../../../src/model/cost/prediction.ts';
import { MIB } from '../../../src/model/units.ts';
import { aCompleteResult } from '../fixtures.ts';
import { aCalibration } from './calibration.ts';

const wallNs = 4 * MIB;
const measured = aCompleteResult(() => [wallNs, wallNs, wallNs]);

test('what was predicted stands beside what was measured, with the rest', () => {
  const text = reportResult(withPredictions({ ...measured, calibration: aCalibration() }));
  const row = text.split('\n').find((line) => line.startsWith('read + write, 64 KiB') && line.includes('copy to'));
  // 2 MiB ns and a little more of 4 MiB ns; by the fixture the CPU was busy for 1 ms of it.
  expect(row).toMatch(
    /4\.19 ms +2\.10 ms +50 % +76 % {2}copy to a buffer, 64 KiB 50 %; copy from a buffer, 64 KiB 50 %$/,
  );
  expect(text).toContain('median absolute error');
});

test('nothing is said where nothing was predicted', () => {
  expect(reportResult(measured)).not.toContain('predicted');
});

test('unit costs stand in the order of their units and sizes', () => {
  const lines = reportCalibration(aCalibration()).split('\n');
  expect(lines.slice(1, 6).map((line) => line.split(/ {2,}/)[0])).toEqual([
    'system call',
    'read of a file',
    'write to a file',
    'copy to a buffer, 4 KiB',
    'copy to a buffer, 64 KiB',
  ]);
  expect(lines[1]).toMatch(/1 +– +ns$/);
  expect(lines[4]).toMatch(/1 +– +ns per byte +954 MiB\/s$/);
});
