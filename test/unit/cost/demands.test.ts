import { expect, test } from 'vitest';
import type { StepContext } from '../../../src/model/cost/demands.ts';
import { accountOf } from '../../../src/model/cost/demands.ts';
import { priced } from '../../../src/model/cost/price.ts';
import { units } from '../../../src/model/cost/units.ts';
import type { Step } from '../../../src/model/flow.ts';
import { signature } from '../../../src/model/flow.ts';
import { modeDescriptors } from '../../../src/model/modes/catalogue.ts';
import { variants } from '../../facts.ts';
import { aCalibration } from './calibration.ts';

const context: StepContext = {
  shape: { bytes: 1048576, calls: 16, callsAtMost: false },
  callBytes: 65536,
  receiverBytes: 65536,
  lent: false,
};

const flows = modeDescriptors().flatMap((mode) =>
  mode.paths.flatMap((path) =>
    variants(path).map(([what, facts]) => ({ name: `${mode.id}, ${path}, ${what}`, steps: mode.here(facts).steps })),
  ),
);

// A step that a new mode brings fails here until somebody has said what it costs, or why that cannot be told.
test.each(flows)('every step of $name has unit costs, or a reason why not', ({ steps }) => {
  for (const step of steps) expect(() => accountOf(step, context)).not.toThrow();
});

test('a kind of step that nobody has thought about is named', () => {
  const step: Step = { kind: 'cpu-copy', from: 'nic', to: 'disk', per: { each: 'call' }, text: '' };
  expect(() => accountOf(step, context)).toThrow('cpu-copy nic to disk');
});

test('every unit that is demanded is one of those that are calibrated', () => {
  const known = new Set<string>(units().map(({ id }) => id));
  const calibration = aCalibration();
  for (const step of flows.flatMap((flow) => flow.steps)) {
    const account = accountOf(step, context);
    for (const demand of 'demands' in account ? account.demands : []) {
      expect(known, signature(step)).toContain(demand.unit);
      expect(priced(demand, calibration), signature(step)).not.toBeNull();
    }
  }
});

test('what happens after the call returned costs the transfer nothing', () => {
  const later: Step = {
    kind: 'dma-copy',
    from: 'destination-cache',
    to: 'destination-disk',
    per: { each: 'page' },
    later: true,
    text: '',
  };
  expect(accountOf(later, context)).toEqual({ demands: [] });
  expect(accountOf({ ...later, later: false }, context)).toEqual({ unpredictable: 'device' });
});

test('a call that need not be made has no count', () => {
  const call: Step = { kind: 'system-call', call: 'read', into: 'page-cache', per: { each: 'call' }, text: '' };
  expect(accountOf(call, context)).toEqual({
    demands: [
      { unit: 'system-call', count: 16 },
      { unit: 'file-read', count: 16 },
    ],
  });
  expect(accountOf({ ...call, atMost: true }, context)).toEqual({ unpredictable: 'number' });
});
