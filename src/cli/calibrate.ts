/** `zero-copy-lab calibrate`. */

import path from 'node:path';
import type { BenchOptions } from '../lab/client.ts';
import { startCalibration } from '../lab/client.ts';
import { printableDocument, printableJson } from '../model/plainText.ts';
import type { CalibrateOptions } from './arguments.ts';
import { complain } from './complaint.ts';
import { reportCalibration } from './costReport.ts';
import { EXIT, exitCodeOfRefusal } from './exitCode.ts';

export async function calibrate(options: CalibrateOptions, bench: BenchOptions): Promise<number> {
  const running = startCalibration(path.resolve(options.directory ?? ''), bench);
  const stop = () => running.cancel();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const calibration = await running.calibration;
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (!calibration.ok) {
    complain(calibration.problem);
    return calibration.problem.code === 'cancelled' ? EXIT.cancelled : exitCodeOfRefusal(calibration.problem);
  }
  const text = options.json
    ? printableJson(calibration.value, 1)
    : reportCalibration(printableDocument(calibration.value));
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}
