/** From which buffer, and from which file size, does a mode beat the baseline: as predicted, and as measured. */
import { objectBytesOf } from '../caseSize.ts';
import { forCase } from '../moved.ts';
import { pathDescriptor } from '../paths.ts';
import type { Case } from '../result/case.ts';
import type { Crossover } from '../result/prediction.ts';
import type { Result } from '../result/result.ts';
import { pairedRatio, verdictOf } from '../statistics/comparison.ts';
import { countedSamples } from '../summary.ts';
import { predictionAt } from './prediction.ts';

/** A predicted crossing is narrowed down until it is known to one part in so many. */
const PRECISION = 1.01;

/** One size at which a mode and the baseline both ran. */
interface Meeting {
  readonly bytes: number;
  readonly mode: Case;
  readonly baseline: Case;
}

/**
 * The crossovers of a result: of every mode over the buffers of the baseline where several ran, or over the sizes of the
 * objects. Only modes with something to say: those that are predicted, or measured, to win at some sizes and not at
 * others, or predicted to win or lose everywhere.
 */
export function crossoversOf(result: Result): Crossover[] {
  const { kind, path } = result.experiment;
  const over = kind === 'measurement' ? 'buffer' : kind === 'objects' ? 'object' : null;
  if (over === null) return [];
  const baseline = pathDescriptor(path).baseline;
  const modes = [...new Set(result.cases.map((one) => one.mode))].filter((mode) => mode !== baseline);
  return modes.flatMap((mode): Crossover[] => {
    const meetings = meetingsOf(result.cases, mode, baseline, over);
    if (meetings.length < 2) return [];
    const measured = turnOf(meetings.map(({ bytes, ...each }) => ({ bytes, wins: isFaster(result, each) })));
    const predicted = over === 'buffer' ? predictedTurn(result, meetings) : null;
    if (measured === null && predicted === null) return [];
    return [
      {
        mode,
        baseline,
        over,
        wins: measured?.wins ?? predicted?.wins ?? 'from',
        // The other way round than measured, it is no prediction of what was measured.
        predictedBytes: measured === null || measured.wins === predicted?.wins ? (predicted?.bytes ?? null) : null,
        measured: measured === null ? null : { above: measured.above, upTo: measured.upTo },
      },
    ];
  });
}

function meetingsOf(cases: readonly Case[], mode: string, baseline: string, over: Crossover['over']): Meeting[] {
  const ours = cases.filter((one) => one.mode === mode);
  const theirs = cases.filter((one) => one.mode === baseline && !one.control);
  const meetings = theirs.flatMap((other): Meeting[] => {
    const bytes = over === 'buffer' ? other.bufferBytes : objectBytesOf(other);
    const mine = ours.find(
      (one) =>
        objectBytesOf(one) === objectBytesOf(other) &&
        (one.bufferBytes === null || one.bufferBytes === other.bufferBytes),
    );
    return bytes === null || mine === undefined ? [] : [{ bytes, mode: mine, baseline: other }];
  });
  return meetings
    .sort((a, b) => a.bytes - b.bytes)
    .filter(({ bytes }, index, all) => index === 0 || bytes !== all[index - 1]?.bytes);
}

/** By the decision rule, on the rounds both have. */
function isFaster(result: Result, { mode, baseline }: Pick<Meeting, 'mode' | 'baseline'>): boolean {
  const walls = new Map(
    countedSamples(baseline).map((sample) => [sample.round, forCase(baseline, sample, sample.wallNs)]),
  );
  const pairs = countedSamples(mode).flatMap((sample) => {
    const wallNs = forCase(mode, sample, sample.wallNs);
    const other = walls.get(sample.round);
    return other === undefined || other === 0 || wallNs === 0 ? [] : [{ mine: 1 / wallNs, theirs: 1 / other }];
  });
  if (pairs.length === 0) return false;
  const ratio = pairedRatio(
    pairs.map(({ mine }) => mine),
    pairs.map(({ theirs }) => theirs),
  );
  return verdictOf(ratio, result.noiseFloor ?? 0) === 'faster';
}

interface Turn {
  readonly wins: 'from' | 'up-to';
  readonly above: number;
  readonly upTo: number;
}

/**
 * Where winning begins and lasts to the largest size; else where it ends that began with the smallest. Null where it does
 * not turn, or comes and goes.
 */
function turnOf(sizes: readonly { readonly bytes: number; readonly wins: boolean }[]): Turn | null {
  const wins: Turn['wins'] = sizes.at(-1)?.wins === true ? 'from' : 'up-to';
  const last = sizes.findLastIndex((each) => each.wins !== sizes.at(-1)?.wins);
  const before = sizes[last];
  const after = sizes[last + 1];
  if (before === undefined || after === undefined) return null;
  // What loses at its largest size must have won at all those before it turned.
  if (wins === 'up-to' && !sizes.slice(0, last + 1).every((each) => each.wins)) return null;
  return { wins, above: before.bytes, upTo: after.bytes };
}

/** By the model, also between the sizes that ran; the smallest size for a mode that wins everywhere. */
function predictedTurn(
  result: Result,
  meetings: readonly Meeting[],
): { readonly wins: Turn['wins']; readonly bytes: number } | null {
  const { mode, baseline } = meetings[0] as Meeting;
  const margin = (bytes: number): number | null => {
    const ours = predictionAt(result, mode, mode.bufferBytes === null ? null : bytes);
    const theirs = predictionAt(result, baseline, bytes);
    return ours === null || theirs === null ? null : theirs.totalNs - ours.totalNs;
  };
  const sizes = meetings.map(({ bytes }) => ({ bytes, margin: margin(bytes) }));
  if (sizes.some((each) => each.margin === null)) return null;
  const wins = (each: { readonly margin: number | null }) => (each.margin ?? 0) > 0;
  if (sizes.every(wins)) return { wins: 'from', bytes: (sizes[0] as Meeting & { margin: number }).bytes };
  const turn = turnOf(sizes.map((each) => ({ bytes: each.bytes, wins: wins(each) })));
  if (turn === null) return null;
  let [low, high] = [turn.above, turn.upTo];
  const highWins = turn.wins === 'from';
  while (high / low > PRECISION && high - low > 1) {
    const middle = Math.round(Math.sqrt(low * high));
    if ((margin(middle) ?? 0) > 0 === highWins) high = middle;
    else low = middle;
  }
  return { wins: turn.wins, bytes: highWins ? high : low };
}
