/** Any document that a schema allows, as fast-check makes them: what a reader has to cope with, however odd it is. */
import fc from 'fast-check';
import type * as v from 'valibot';
import { modeDescriptors } from '../src/model/modes/catalogue.ts';

/** Sizes, durations and counts up to what a double holds exactly, small ones more often. */
const integers = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 100 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 ** 31 - 1 }) },
  { weight: 1, arbitrary: fc.maxSafeNat() },
);
const numbers = fc.oneof(integers, fc.double({ noNaN: true, noDefaultInfinity: true }));

/** Ids that mean something, words that mean nothing, and text that would be markup if somebody took it for that. */
const strings = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...modeDescriptors().map(({ id }) => id), 'here', 'classic-0', 'read', 'ENOSPC'),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<script>document.title = "taken"</script>',
      '<img src=x onerror="document.title = 1">',
      '"><svg onload=alert(1)>',
      '__proto__',
      'constructor',
      '\u202e\u0000\u001b[31m',
      'x'.repeat(2000),
    ),
  },
);

type AnySchema = v.GenericSchema & Record<string, unknown>;

/** What of a pipe narrows the values it lets through. */
interface Bounds {
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
  readonly minLength: number;
  readonly timestamp: boolean;
}

const UNBOUNDED: Bounds = { integer: false, min: -Infinity, max: Infinity, minLength: 0, timestamp: false };

/**
 * Values of a Valibot schema, of the kinds that this project's schemas are made of.
 * @throws Error for a kind of schema or check it does not know, so that a new one is not left out unnoticed
 */
export function anyOf<const S extends v.GenericSchema>(schema: S): fc.Arbitrary<v.InferInput<S>> {
  return arbitraryOf(schema as AnySchema, UNBOUNDED) as fc.Arbitrary<v.InferInput<S>>;
}

function arbitraryOf(schema: AnySchema, bounds: Bounds): fc.Arbitrary<unknown> {
  if (Array.isArray(schema['pipe'])) {
    const [first, ...checks] = schema['pipe'] as [AnySchema, ...Record<string, unknown>[]];
    return arbitraryOf(first, checks.reduce(narrowed, bounds));
  }
  switch (schema.type) {
    case 'string':
      return bounds.timestamp
        ? fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString())
        : strings;
    case 'number':
      return (bounds.integer ? integers : numbers).map((each) => Math.min(bounds.max, Math.max(bounds.min, each)));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'literal':
      return fc.constant(schema['literal']);
    case 'picklist':
      return fc.constantFrom(...(schema['options'] as unknown[]));
    case 'nullable':
      return fc.option(inner(schema), { nil: null, freq: 2 });
    case 'optional':
    case 'exact_optional':
      // A key that is left out; `fc.record` below leaves it out for real.
      return inner(schema);
    case 'array':
      return fc.array(arbitraryOf(schema['item'] as AnySchema, UNBOUNDED), {
        minLength: bounds.minLength,
        maxLength: Math.max(4, bounds.minLength),
      });
    case 'record':
      return fc.dictionary(strings, arbitraryOf(schema['value'] as AnySchema, UNBOUNDED), { maxKeys: 4 });
    case 'union':
    case 'variant':
      return fc.oneof(...(schema['options'] as AnySchema[]).map((each) => arbitraryOf(each, UNBOUNDED)));
    case 'object': {
      const entries = Object.entries(schema['entries'] as Record<string, AnySchema>);
      return fc.record(Object.fromEntries(entries.map(([key, each]) => [key, arbitraryOf(each, UNBOUNDED)])), {
        requiredKeys: entries.filter(([, each]) => !each.type.endsWith('optional')).map(([key]) => key),
      });
    }
    default:
      throw new Error(`no values are known for a schema of type "${schema.type}"`);
  }
}

function inner(schema: AnySchema): fc.Arbitrary<unknown> {
  return arbitraryOf(schema['wrapped'] as AnySchema, UNBOUNDED);
}

function narrowed(bounds: Bounds, check: Record<string, unknown>): Bounds {
  const requirement = check['requirement'] as number;
  switch (check['type']) {
    case 'integer':
      return { ...bounds, integer: true };
    case 'min_value':
      return { ...bounds, min: Math.max(bounds.min, requirement) };
    case 'max_value':
      return { ...bounds, max: Math.min(bounds.max, requirement) };
    case 'min_length':
      return { ...bounds, minLength: requirement };
    case 'iso_timestamp':
      return { ...bounds, timestamp: true };
    case 'description':
    case 'title':
    case 'metadata':
      return bounds;
    default:
      throw new Error(`no values are known for the check "${check['type']}"`);
  }
}
