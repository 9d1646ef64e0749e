import { describe, expect, test } from 'vitest';
import { tellHazard } from '../../src/model/hazards.ts';
import { ONE_LINE, preloading, Workplace, whether } from './lab.ts';

const HAZARDS = ['run', '--preset', 'hazards'];

describe('an experiment with hazards', () => {
  test('tells of each mode what the system did, and leaves nothing but its result', async () => {
    const place = new Workplace();
    const modes = ['read-write', 'mmap-mmap', 'sendfile'];
    const { code, stdout, stderr } = await place.run([...HAZARDS, '--modes', modes.join(',')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = place.result();
    expect(result).toMatchObject({ status: 'complete', experiment: { kind: 'hazards' } });
    const label = (mode: string, kind: string) => {
      const one = result.cases.find((each) => each.mode === mode && each.hazard?.kind === kind);
      return one === undefined ? undefined : tellHazard(one)?.label;
    };
    expect(label('mmap-mmap', 'source-truncated')).toBe('SIGBUS, caught');
    expect(label('read-write', 'source-truncated')).toBe('short read');
    expect(label('read-write', 'source-overwritten')).toBe('part old, part new');
    expect(label('read-write', 'source-deleted')).toBe('all arrived');
    expect(label('sendfile', 'destination-full')).toBe('EFBIG');
    expect(label('sendfile', 'source-truncated')).toBe('moment cannot be chosen');
    expect(stdout).toContain('SIGBUS, caught');
    for (const one of result.cases) expect(one.samples).toEqual([]);
    const file = place.resultFile()?.split('/').at(-1);
    expect(place.files()).toEqual(['.zero-copy', '.zero-copy/.gitignore', `.zero-copy/${file}`]);
  });

  test('over a socket: stalls, closes and resets of the receiver', async () => {
    const place = new Workplace();
    const { code } = await place.run([...HAZARDS, '--path', 'file-to-socket', '--modes', 'sendfile', '--quiet']);
    expect(code).toBe(0);
    const labels = Object.fromEntries(
      place.result().cases.map((one) => [one.hazard?.kind ?? '', tellHazard(one)?.label]),
    );
    expect(labels['receiver-stalls']).toBe('waits');
    for (const kind of ['receiver-closes', 'receiver-resets']) expect(labels[kind]).toMatch(/^(EPIPE|ECONNRESET)$/);
    expect(labels['source-deleted']).toBe('all arrived');
  });

  test('a transfer that is slow goes on to its end: only one whose receiver stopped waits for ever', async () => {
    const place = new Workplace();
    const slow = ['--path', 'file-to-socket', '--modes', 'read-write', '--size', '8MiB', '--receiver-buffer', '16KiB'];
    const { code } = await place.run([...HAZARDS, ...slow, '--quiet'], {
      through: preloading(place, 'slow_receiver.c'),
    });
    expect(code).toBe(0);
    const waiting = place.result().cases.filter((one) => one.hazard?.report?.waited);
    expect(waiting.map((one) => one.hazard?.kind)).toEqual(['receiver-stalls']);
  });

  test('a cancel keeps what was met so far', async () => {
    const place = new Workplace();
    const running = place.start([...HAZARDS, '--quiet']);
    await running.until('a hazard is met', () => whether(place.journal().some(({ type }) => type === 'hazard-met')));
    running.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    const result = place.result();
    expect(result.status).toBe('partial');
    expect(result.cases.some((one) => one.hazard?.report != null)).toBe(true);
  });

  test.each([
    { name: 'a file of the user', args: ['--source', 'mine'], says: /takes none of yours/ },
    { name: 'process-to-process', args: ['--path', 'process-to-process'], says: /files and sockets/ },
  ])('$name is refused', async ({ args, says }) => {
    const place = new Workplace();
    place.write('mine', Buffer.alloc(4096, 1));
    const { code, stderr, stdout } = await place.run([...HAZARDS, ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(says);
    expect(place.files()).toEqual(['mine']);
  });
});
