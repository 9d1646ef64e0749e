/** The timed pass: one transfer of every case per round, in shuffled order. Round 0 warms up, the others count. */
import * as l10n from '@vscode/l10n';
import { exclusionOf } from '../../../model/exclusion.ts';
import { commonPace, paceOf } from '../../../model/pace.ts';
import { roundOrder } from '../../../model/plan.ts';
import type { Experiment } from '../../../model/result/experiment.ts';
import type { Sample } from '../../../model/result/sample.ts';
import { FEWEST_AUTO_ROUNDS, isSettled, MOST_AUTO_ROUNDS } from '../../../model/stopRule.ts';
import { NoiseWatch } from '../../noise.ts';
import { Stopped, stopIfCancelled } from '../stopped.ts';
import type { Pass } from './pass.ts';
import { type Moved, move, prepareCache } from './transfer.ts';

/** @throws Stopped when the run is cancelled, or its time limit comes before the last of a fixed number of rounds */
export async function measureRounds(pass: Pass): Promise<void> {
  const { document } = pass;
  const { rounds, timeLimitSeconds } = document.result.experiment;
  const last = rounds === 'auto' ? MOST_AUTO_ROUNDS : rounds;
  const deadline = timeLimitSeconds === null ? Number.POSITIVE_INFINITY : performance.now() + timeLimitSeconds * 1000;
  const noise = watchNoise(pass);
  for (let round = 0; round <= last; round++) {
    if (document.activeCases().length === 0) return;
    await measureRound(pass, round, noise);
    noise.roundEnded();
    document.record({ type: 'round-ended', round });
    if (round === 0) setPace(pass);
    document.sync();
    if (rounds === 'auto' && round >= FEWEST_AUTO_ROUNDS && isSettled(document.result)) return;
    if (performance.now() > deadline && round < last) {
      if (rounds === 'auto') return;
      throw outOfTime(timeLimitSeconds ?? 0, round, rounds);
    }
  }
}

async function measureRound(pass: Pass, round: number, noise: NoiseWatch): Promise<void> {
  const { document } = pass;
  const { experiment, cases } = document.result;
  const phase = round === 0 ? 'warm-up' : 'measuring';
  const planned = cases.length * roundsPlanned(experiment, round);
  for (const [place, index] of roundOrder(experiment, cases.length, round).entries()) {
    if (!document.isActive(index)) continue;
    stopIfCancelled(pass.cancelled);
    const residency = await prepareCache(pass, document.caseAt(index));
    const done = round * cases.length + place;
    const purpose = { verify: false, ...paceOf(document.result) };
    const moved = await move(pass, index, purpose, { phase, round, done, planned });
    if (moved.kind === 'failed') document.endCase(index, moved);
    else {
      const sample = sampleOf(experiment, moved, round, residency);
      document.record({ type: 'sample', case: index, sample });
    }
    noise.transferEnded();
  }
}

/** The warm-up and all rounds; of a run that ends by itself, all that is certain so far. */
function roundsPlanned({ rounds }: Experiment, round: number): number {
  return 1 + (rounds === 'auto' ? Math.max(FEWEST_AUTO_ROUNDS, round) : rounds);
}

/** After the warm-up, which goes as fast as it can, the rounds of an equal-rate experiment are paced. */
function setPace({ document }: Pass): void {
  const { kind, bytesPerSecond } = document.result.experiment;
  const pace = kind === 'equal-rate' ? (bytesPerSecond ?? commonPace(document.result)) : null;
  if (pace !== null) document.record({ type: 'paced', bytesPerSecond: pace });
}

function watchNoise({ document }: Pass): NoiseWatch {
  const device = document.result.host.blockDevices[0]?.name ?? null;
  return new NoiseWatch(device, (reading) => document.record({ type: 'noise', reading }));
}

function sampleOf(
  { cache, durationSeconds }: Experiment,
  { measurement, unseenMs }: Extract<Moved, { kind: 'done' }>,
  round: number,
  residency: number | null,
): Sample {
  const { wallNs, senderDoneNs, setupNs, sender, receiver, zerocopy, observed, streams, intervals } = measurement;
  return {
    round,
    warmup: round === 0,
    wallNs,
    senderDoneNs,
    setupNs,
    residency,
    outlier: null,
    excluded: exclusionOf(cache, residency, unseenMs),
    sender,
    receiver,
    zerocopy,
    observed,
    bytes: durationSeconds === null ? null : measurement.bytes,
    streams: streams === null ? null : [...streams],
    intervals: intervals === null ? null : { everyNs: intervals.everyNs, bytes: [...intervals.bytes] },
  };
}

function outOfTime(seconds: number, round: number, rounds: number): Stopped {
  return new Stopped({
    code: 'time-limit',
    message: l10n.t('The time limit of {0} s ended the run after {1} of {2} rounds.', seconds, round, rounds),
    hint: l10n.t('Raise --time-limit, or choose fewer rounds or a smaller size.'),
  });
}
