/** `zero-copy-lab selfcheck`. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { BenchOptions } from '../lab/client.ts';
import { startSelfcheck } from '../lab/client.ts';
import { printableDocument, printableJson } from '../model/plainText.ts';
import { counterparts, judged } from '../model/selfcheck.ts';
import type { SelfcheckOptions } from './arguments.ts';
import { complain } from './complaint.ts';
import { EXIT, exitCodeOfRefusal } from './exitCode.ts';
import { reportSelfcheck } from './selfcheckReport.ts';

/** @returns the exit code: 1 where the lab differs from a tool that does the same work, 3 where none was compared */
export async function selfcheck(options: SelfcheckOptions, width: number, bench: BenchOptions): Promise<number> {
  const directory = path.resolve(options.directory ?? '');
  const { bytes, rounds } = options;
  const live = process.stderr.isTTY ? process.stderr : null;
  const names = new Map(counterparts().map(({ id, name }) => [id, name]));
  const running = startSelfcheck({ directory, bytes, rounds }, bench, (id, fraction) =>
    live?.write(`\r${String(Math.floor(fraction * 100)).padStart(3)} %  ${names.get(id) ?? id}\x1b[K`),
  );
  const stop = () => running.cancel();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const report = await running.report;
  process.off('SIGINT', stop).off('SIGTERM', stop);
  live?.write('\r\x1b[K');
  if (!report.ok) {
    complain(report.problem);
    return report.problem.code === 'cancelled' ? EXIT.cancelled : exitCodeOfRefusal(report.problem);
  }
  const comparisons = judged(report.value);
  const text = options.json
    ? printableJson({ ...report.value, comparisons }, 1)
    : reportSelfcheck(printableDocument(report.value), width);
  process.stdout.write(`${text}\n`);
  if (comparisons.every(({ verdict }) => verdict === 'not-compared')) {
    complain({ message: l10n.t('None of the tools could be compared.'), hint: '' });
    return EXIT.nothingWorks;
  }
  return comparisons.some(({ verdict }) => verdict === 'differs') ? EXIT.caseFailed : EXIT.done;
}
