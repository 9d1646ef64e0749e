/** A document as it may be after somebody, or something, has been at it. */
import fc from 'fast-check';

/** What stands where something else should. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'NaN',
    'Infinity',
    0,
    -0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    -(2 ** 53),
    [],
    {},
    [[]],
    '__proto__',
    'constructor',
    'x'.repeat(10_000),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** How many places are changed at once. */
const MOST_CHANGES = 3;

type Way = readonly (string | number)[];

/** The document with a few of its parts left out, doubled, or replaced by what is not meant to be there. */
export function damaged(document: object): fc.Arbitrary<unknown> {
  const ways = waysInto(document, []);
  const change = fc.record({
    way: fc.constantFrom(...ways),
    other: fc.constantFrom(...ways),
    how: fc.constantFrom('replaced' as const, 'left-out' as const, 'swapped' as const, 'doubled' as const),
    strange,
  });
  return fc.array(change, { minLength: 1, maxLength: MOST_CHANGES }).map((changes) => {
    const copy = structuredClone(document);
    for (const { way, other, how, strange: value } of changes) {
      const [parent, name] = placeOf(copy, way);
      if (parent === undefined || name === undefined) continue;
      if (how === 'left-out') delete parent[name];
      else if (how === 'replaced') parent[name] = structuredClone(value);
      else if (how === 'swapped') parent[name] = structuredClone(valueAt(document, other));
      else if (Array.isArray(parent[name])) (parent[name] as unknown[]).push(...(parent[name] as unknown[]));
    }
    return copy;
  });
}

function waysInto(value: unknown, way: Way): readonly Way[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [
    ...(way.length === 0 ? [] : [way]),
    ...Object.entries(value).flatMap(([name, each]) => waysInto(each, [...way, name])),
  ];
}

function valueAt(document: unknown, way: Way): unknown {
  return way.reduce<unknown>((value, name) => (value as Record<string | number, unknown> | null)?.[name], document);
}

/** The object that holds the last name of a way, as long as the way is still there. */
function placeOf(document: object, way: Way): [parent?: Record<string | number, unknown>, name?: string | number] {
  const parent = valueAt(document, way.slice(0, -1));
  const name = way.at(-1);
  return typeof parent === 'object' && parent !== null && name !== undefined
    ? [parent as Record<string | number, unknown>, name]
    : [];
}
