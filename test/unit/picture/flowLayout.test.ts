/** Geometry of the diagrams, without a browser: nothing may run over anything else, at any width. */
import { expect, test } from 'vitest';
import type { Flow, Step } from '../../../src/model/flow.ts';
import { modeDescriptors } from '../../../src/model/modes/catalogue.ts';
import type { FlowFacts } from '../../../src/model/modes/descriptor.ts';
import { FILE_PATHS, PATHS } from '../../../src/model/paths.ts';
import { type Point, type Rect, roundedPath } from '../../../src/model/picture/flow/layout/geometry.ts';
import { layoutFlow } from '../../../src/model/picture/flow/layout/layout.ts';
import { BADGE_RADIUS, MARK_ASIDE, MARK_RADIUS } from '../../../src/model/picture/flow/layout/sizes.ts';
import type { Arrow, FlowLayout } from '../../../src/model/picture/flow/layout/types.ts';
import { places } from '../../../src/model/places.ts';
import { receiverKindSchema } from '../../../src/model/result/experiment.ts';
import type { PathId } from '../../../src/model/result/path.ts';
import { factsFor, TO_HOST } from '../../facts.ts';

const measure = (text: string): number => text.length * 7;
const WIDTHS = [200, 280, 360, 430, 560, 800, 1400];

/** What the flows here depend on, so that every step a mode can have is in one of them at least. */
const SITUATIONS: readonly (readonly [name: string, changes: Partial<FlowFacts>, paths: readonly PathId[]])[] = [
  ['warm', {}, PATHS],
  ['cold', { cold: true }, FILE_PATHS],
  ['Btrfs, a tail', { filesystem: 'btrfs', wholeBlocks: false }, FILE_PATHS],
  ['blocks shared', { filesystem: 'xfs', sharesBlocks: true }, ['file-to-file']],
  ['no scatter-gather', { scatterGather: false, cold: true }, ['file-to-socket']],
  ['no checksums', { checksumOffload: false }, ['file-to-socket']],
  ['out of a NIC', { ...TO_HOST, cold: true }, ['file-to-socket']],
  ['virtual interfaces', { delivery: 'host', outOf: 'virtual', into: 'virtual' }, ['file-to-socket']],
  ['from a virtual interface into a NIC', { ...TO_HOST, outOf: 'virtual', scatterGather: false }, ['file-to-socket']],
  ...receiverKindSchema.options.flatMap(
    (receiver) =>
      [
        [`receiver ${receiver}`, { receiver }, ['file-to-socket']],
        [`another host, ${receiver}`, { ...TO_HOST, receiver }, ['file-to-socket']],
      ] as const,
  ),
];

const FLOWS: readonly { readonly name: string; readonly flow: Flow }[] = modeDescriptors().flatMap((mode) =>
  mode.paths.flatMap((path) => [
    ...mode.classic
      .filter((one) => one.path === path)
      .map((one) => ({ name: `${one.title}, ${path}`, flow: one.flow })),
    ...SITUATIONS.filter(([, , paths]) => paths.includes(path)).map(([name, changes]) => ({
      name: `${mode.id} here, ${path}, ${name}`,
      flow: mode.here(factsFor(path, changes)),
    })),
  ]),
);

/** Moves no mode of today makes, for the ways of leading an arrow that only they need. */
const OTHER: readonly { readonly name: string; readonly flow: Flow }[] = [
  { name: 'device to user buffer', flow: { steps: [move('disk', 'user-buffer'), move('user-buffer', 'nic')] } },
  {
    name: 'over a place between',
    flow: { steps: [move('page-cache', 'pipe'), move('page-cache', 'socket-buffer'), move('pipe', 'socket-buffer')] },
  },
  {
    name: 'there and back',
    flow: { steps: [move('page-cache', 'socket-buffer'), move('socket-buffer', 'page-cache')] },
  },
  { name: 'two user places', flow: { steps: [move('page-cache', 'user-buffer'), move('user-buffer', 'mapping')] } },
];

function move(from: 'disk' | 'page-cache' | 'pipe' | 'socket-buffer' | 'user-buffer', to: string): Step {
  return { kind: 'cpu-copy', from, to: to as 'nic', per: { each: 'call' }, text: `${from} to ${to}` };
}

function lay(flow: Flow, width: number): FlowLayout {
  return layoutFlow(flow, { width, places: places(), measure, eventName: (kind) => kind });
}

interface Piece {
  readonly arrow: Arrow;
  readonly from: Point;
  readonly to: Point;
}

function pieces(layout: FlowLayout): readonly Piece[] {
  return layout.arrows.flatMap((arrow) =>
    arrow.lines.flatMap((line) => line.slice(1).map((to, index): Piece => ({ arrow, from: line[index] as Point, to }))),
  );
}

/** The rectangle around a piece, `margin` wider on every side. */
function around({ from, to }: Piece, margin: number): Rect {
  return {
    x: Math.min(from.x, to.x) - margin,
    y: Math.min(from.y, to.y) - margin,
    width: Math.abs(from.x - to.x) + 2 * margin,
    height: Math.abs(from.y - to.y) + 2 * margin,
  };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function badge(arrow: Arrow): Rect {
  const size = 2 * BADGE_RADIUS;
  return { x: arrow.badge.x - BADGE_RADIUS, y: arrow.badge.y - BADGE_RADIUS, width: size, height: size };
}

function labels(layout: FlowLayout): readonly (Rect & { readonly arrow: Arrow })[] {
  return layout.arrows.flatMap((arrow) =>
    arrow.label === null
      ? []
      : [{ arrow, x: arrow.label.x, y: arrow.label.y - 6, width: measure(arrow.label.text), height: 12 }],
  );
}

/** Everything that runs over something else, in words. */
function collisions(layout: FlowLayout): readonly string[] {
  const lines = pieces(layout);
  const found: string[] = [];
  const check = (a: Rect, b: Rect, what: string): void => {
    if (overlap(a, b)) found.push(`${what} at ${layout.width}`);
  };
  for (const [index, a] of lines.entries()) {
    const step = `line ${a.arrow.step + 1}`;
    for (const b of lines.slice(index + 1)) {
      const alongside = (a.from.x === a.to.x) === (b.from.x === b.to.x);
      if (a.arrow !== b.arrow && alongside) check(around(a, 1.5), around(b, 1.5), `${step}, line ${b.arrow.step + 1}`);
    }
    for (const box of layout.boxes) {
      const inner = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
      check(around(a, 0.5), inner, `${step}, ${box.place.id}`);
    }
  }
  for (const [index, arrow] of layout.arrows.entries()) {
    const number = `number ${arrow.step + 1}`;
    for (const other of layout.arrows.slice(index + 1))
      check(badge(arrow), badge(other), `${number}, ${other.step + 1}`);
    for (const box of layout.boxes) check(badge(arrow), box, `${number}, ${box.place.id}`);
  }
  for (const label of labels(layout)) {
    const name = `label ${label.arrow.step + 1}`;
    for (const line of lines) {
      if (line.arrow !== label.arrow) check(label, around(line, 1), `${name}, line ${line.arrow.step + 1}`);
    }
    for (const arrow of layout.arrows) check(label, badge(arrow), `${name}, number ${arrow.step + 1}`);
    for (const box of layout.boxes) check(label, box, `${name}, ${box.place.id}`);
    if (label.x + label.width > layout.width) found.push(`${name}, edge at ${layout.width}`);
  }
  return found;
}

for (const { name, flow } of [...FLOWS, ...OTHER]) {
  test(`nothing overlaps: ${name}`, () => {
    expect(WIDTHS.flatMap((width) => collisions(lay(flow, width)))).toEqual([]);
  });
}

/** What the marks of verdicts run over: numbers of other steps, and names of calls. */
function hidden(layout: FlowLayout): readonly string[] {
  return layout.arrows.flatMap((arrow) => {
    const mark = { x: arrow.badge.x - MARK_ASIDE, y: arrow.badge.y - MARK_ASIDE };
    const square = {
      x: mark.x - MARK_RADIUS,
      y: mark.y - MARK_RADIUS,
      width: 2 * MARK_RADIUS,
      height: 2 * MARK_RADIUS,
    };
    const name = `mark ${arrow.step + 1}`;
    // A pixel over the rim of a number hides nothing of it.
    const near = (other: Arrow) =>
      Math.hypot(other.badge.x - mark.x, other.badge.y - mark.y) < MARK_RADIUS + BADGE_RADIUS - 1;
    return [
      ...layout.arrows.filter((other) => other !== arrow && near(other)).map((other) => `${name}, ${other.step + 1}`),
      ...labels(layout)
        .filter((label) => overlap(label, square))
        .map((label) => `${name}, label ${label.arrow.step + 1}`),
    ].map((what) => `${what} at ${layout.width}`);
  });
}

test('marks of verdicts hide no number and no name', () => {
  const found = FLOWS.flatMap(({ name, flow }) =>
    WIDTHS.flatMap((width) => hidden(lay(flow, width)).map((what) => `${name}: ${what}`)),
  );
  expect(found).toEqual([]);
});

test('arrows end where their step says', () => {
  for (const { flow } of FLOWS) {
    const layout = lay(flow, 560);
    for (const arrow of layout.arrows) {
      const step = flow.steps[arrow.step] as Step;
      if (!('from' in step)) continue;
      const line = arrow.lines[0] as readonly Point[];
      for (const [id, end] of [
        [step.from, line[0]],
        [step.to, line.at(-1)],
      ] as const) {
        const box = layout.boxes.find((each) => each.place.id === id) as Rect;
        const edge = { x: box.x - 3, y: box.y - 3, width: box.width + 6, height: box.height + 6 };
        expect(overlap(edge, { x: end?.x ?? 0, y: end?.y ?? 0, width: 0.1, height: 0.1 })).toBe(true);
      }
    }
  }
});

test('system calls go over the line between user and kernel space, in and back', () => {
  for (const { flow } of FLOWS) {
    const layout = lay(flow, 560);
    for (const arrow of layout.arrows.filter((each) => each.kind === 'system-call')) {
      expect(arrow.lines).toHaveLength(2);
      for (const line of arrow.lines) {
        const [a, b] = [line[0] as Point, line[1] as Point];
        expect(Math.min(a.y, b.y)).toBeLessThan(layout.boundary);
        expect(Math.max(a.y, b.y)).toBeGreaterThan(layout.boundary);
      }
      expect(arrow.heads.map((head) => head.angle)).toEqual([90, -90]);
    }
  }
});

test('a mapping is a double line without heads', () => {
  const flow = FLOWS.find((each) => each.name.startsWith('mmap + write'))?.flow as Flow;
  const arrow = lay(flow, 560).arrows.find((each) => each.kind === 'mapping') as Arrow;
  expect(arrow.lines).toHaveLength(2);
  expect(arrow.heads).toHaveLength(0);
});

test('corners are rounded by no more than the pieces allow', () => {
  expect(
    roundedPath(
      [
        { x: 0, y: 0 },
        { x: 0, y: 10 },
        { x: 4, y: 10 },
      ],
      9,
    ),
  ).toBe('M0 0L0 8Q0 10 2 10L4 10');
});
