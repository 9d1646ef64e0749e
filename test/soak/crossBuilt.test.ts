/** The packages for machines other than this one: built anew by a compiler of that machine, and what they hold. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringsCompiler, buildFor, canBuildFor, otherMachines } from '../../scripts/lib/machines.mjs';
import { programs, sizeBudgetBytes, targets } from '../../scripts/lib/targets.mjs';
import type { Unpacked } from '../packages/unpacked.ts';
import { expectAsDeclared, unpacked } from '../packages/unpacked.ts';
import { skip } from '../skip.ts';

/** Two minutes on two idle cores. */
const BUILD_MS = 30 * 60_000;

const others = Object.entries(targets).flatMap(([name, { machine }]) =>
  machine && otherMachines.includes(machine) ? [{ name, machine }] : [],
);

describe.each(others)('$name', ({ name, machine }) => {
  let its: Unpacked | undefined;
  beforeAll(async () => {
    if (!canBuildFor(machine)) return;
    await buildFor(machine, programs);
    its = await unpacked(name);
  }, BUILD_MS);
  afterAll(() => its?.remove());

  test('holds what it should, for its machine, and is small enough', (context) => {
    if (!its) skip(context, `there is no compiler for ${machine}: ${bringsCompiler(machine)}`);
    expectAsDeclared(its, name);
    expect(its.bytes).toBeLessThanOrEqual(sizeBudgetBytes);
  });
});
