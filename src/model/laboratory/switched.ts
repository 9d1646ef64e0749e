/** Cases that one switch of their laboratories tells apart, and nothing else. */

import { laboratoryText, streamsOf } from '../caseSettings.ts';
import { sizeOf } from '../caseSize.ts';
import { forCase } from '../moved.ts';
import { pathDescriptor } from '../paths.ts';
import type { Case } from '../result/case.ts';
import type { Laboratory } from '../result/network.ts';
import type { Interval } from '../result/numbers.ts';
import type { Result } from '../result/result.ts';
import { cpuNs, ratioOfRounds } from '../summary.ts';
import { settingsText } from './settings.ts';
import { SWITCHES, type Switch, type Value } from './switches.ts';

/** Two cases by their indexes: `more` has the switch on, or the larger value. */
export interface Switched {
  readonly by: Switch;
  readonly more: Side;
  readonly less: Side;
  /** How often the time of `more` goes into that of `less`, round by round: the ratio of their speeds. */
  readonly speed: Interval;
  /** CPU time of both sides of `more` over that of `less`, round by round. */
  readonly cpu: Interval;
}

export interface Side {
  readonly index: number;
  readonly one: Case;
}

/** Every such pair of cases that were measured: what the run is about first, what it is compared with last. */
export function switchedCases({ experiment, cases }: Result): readonly Switched[] {
  const laboratories = experiment.laboratories ?? [];
  const byText = new Map(laboratories.map((each) => [settingsText(each), each]));
  const found = cases.flatMap((one, index) =>
    cases.slice(index + 1).flatMap((other, offset): Switched[] => {
      const [mine, theirs] = [byText.get(laboratoryText(one)), byText.get(laboratoryText(other))];
      if (!areAlike(one, other) || mine === undefined || theirs === undefined) return [];
      const by = onlyDifference({ ...mine, ...theirs }, one, other);
      if (by === undefined) return [];
      const sides: readonly [Side, Side] = [
        { index, one },
        { index: index + 1 + offset, one: other },
      ];
      return compared(by, sides);
    }),
  );
  const { baseline } = pathDescriptor(experiment.path);
  const isBaseline = ({ more }: Switched) => Number(more.one.mode === baseline);
  return found.sort((a, b) => isBaseline(a) - isBaseline(b));
}

function areAlike(one: Case, other: Case): boolean {
  return (
    one.mode === other.mode &&
    sizeOf(one) === sizeOf(other) &&
    one.bufferBytes === other.bufferBytes &&
    streamsOf(one) === streamsOf(other) &&
    !one.control &&
    !other.control
  );
}

/**
 * By what was read back: a switch that one laboratory leaves alone may stand as another sets it, and one may take others
 * with it, as `sg` takes `tso`. So only those count that were asked for.
 */
function onlyDifference(asked: Laboratory, one: Case, other: Case): Switch | undefined {
  const different = SWITCHES.filter(
    ({ property }) => asked[property] !== undefined && setTo(one, property) !== setTo(other, property),
  );
  return different.length === 1 ? different[0] : undefined;
}

function setTo({ interface: found }: Case, property: keyof Laboratory): Value | null {
  return found?.[property] ?? null;
}

function compared(by: Switch, [one, other]: readonly [Side, Side]): Switched[] {
  const [more, less] =
    rank(setTo(one.one, by.property)) > rank(setTo(other.one, by.property)) ? [one, other] : [other, one];
  const speed = ratioOfRounds(less.one, more.one, (sample, side) => forCase(side, sample, sample.wallNs));
  const cpu = ratioOfRounds(more.one, less.one, (sample, side) => forCase(side, sample, cpuNs(sample)));
  return speed === null || cpu === null ? [] : [{ by, more, less, speed, cpu }];
}

/** No rate is the highest one. */
function rank(value: Value | null): number {
  return value === null ? Number.POSITIVE_INFINITY : Number(value);
}
