/**
 * The bench process: owns one run, loads the addon, and ends with it. A crash in here takes neither the extension host
 * nor the command line along, and loses nothing that was measured.
 */
import path from 'node:path';
import type { FromBench, ToBench } from '../../model/messages.ts';
import { describeSystemError } from '../../model/problems.ts';
import type { PathId } from '../../model/result/path.ts';
import { loadAddon } from '../addon.ts';
import { hostLockNote, lockHost, otherUsersAtWork } from '../hostLock.ts';
import { configureLanguage, languageOfEnvironment } from '../language.ts';
import { systemErrorOf } from '../systemError.ts';
import { calibrate } from './calibration.ts';
import { probeLaboratory } from './laboratoryProbe.ts';
import { probeHost } from './probe.ts';
import { runExperiment } from './run.ts';
import { selfcheck } from './selfcheck.ts';
import { Watchers } from './watchers.ts';

/** dist/ holds this bundle; build/ and l10n/ lie beside it. */
const ROOT = path.dirname(__dirname);

const cancel = new AbortController();
/** Of a run that goes on when whoever ordered it is gone. */
let watchers: Watchers | null = null;

process.on('message', (message: ToBench) => {
  if (message.type === 'cancel') cancel.abort();
  else void serve(message).then(sayLast);
});
// Whoever asked is gone: nobody will read the rest, where nobody can find it. What is measured so far is kept by the
// cancelled run itself.
process.on('disconnect', () => {
  if (watchers === null) cancel.abort();
});
// With whoever read what is written there.
process.stderr.on('error', () => undefined);
// Ctrl-C reaches the whole process group; the parent turns it into a cancel message.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => cancel.abort());

async function serve(message: Exclude<ToBench, { type: 'cancel' }>): Promise<FromBench> {
  configureLanguage(ROOT, languageOfEnvironment(process.env));
  const addon = loadAddon(ROOT);
  if (!addon.ok) return { type: 'refused', problem: addon.problem };
  try {
    if (message.type === 'probe') {
      const trying = (mode: string, path: PathId) => tell({ type: 'trying', mode, path });
      const report = await probeHost(addon.value, message.directory, message.towards, trying, cancel.signal);
      return report.ok ? { type: 'probed', report: report.value } : { type: 'refused', problem: report.problem };
    }
    if (message.type === 'probe-laboratory') {
      return { type: 'laboratory-probed', laboratory: await probeLaboratory(addon.value) };
    }
    const lock = lockHost(addon.value, hostLockNote());
    if (!lock.ok) return { type: 'refused', problem: lock.problem };
    for (const problem of otherUsersAtWork(addon.value)) tell({ type: 'notice', problem });
    if (message.type === 'calibrate') {
      const calibration = await calibrate(addon.value, message.directory, cancel.signal);
      lock.value.release();
      return calibration.ok
        ? { type: 'calibrated', calibration: calibration.value }
        : { type: 'refused', problem: calibration.problem };
    }
    if (message.type === 'selfcheck') {
      const report = await selfcheck(
        addon.value,
        message,
        (id, fraction) => tell({ type: 'checking', id, fraction }),
        cancel.signal,
      );
      lock.value.release();
      return report.ok ? { type: 'checked', report: report.value } : { type: 'refused', problem: report.problem };
    }
    if (message.staysAlone) watchers = await Watchers.listen(message.resultFile, () => cancel.abort());
    try {
      const end = await runExperiment(
        addon.value,
        message,
        {
          event: (event) => tell({ type: 'event', event }),
          progress: (progress) => tell({ type: 'progress', progress }),
        },
        ROOT,
        cancel.signal,
      );
      return end.ok ? { type: 'done', end: end.value } : { type: 'refused', problem: end.problem };
    } finally {
      // In this order: who has the lock may take the place of the socket.
      watchers?.hide();
      lock.value.release();
    }
  } catch (error) {
    return { type: 'refused', problem: describeSystemError(systemErrorOf(error, ROOT)) };
  }
}

function tell(message: FromBench): void {
  watchers?.tell(message);
  // A parent that is gone cannot be told anything; the result file says it all.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** Ends the process when the last message is out. Native work that a cancel left behind is ended by that too. */
async function sayLast(message: FromBench): Promise<void> {
  watchers?.tell(message);
  await watchers?.farewell();
  if (process.connected) process.send?.(message, undefined, undefined, () => process.exit());
  else process.exit();
}
