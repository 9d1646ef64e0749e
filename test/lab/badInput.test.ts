import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { journalOf } from '../../src/lab/journal.ts';
import { openResult } from '../../src/lab/resultFile.ts';
import type { Ended } from './lab.ts';
import { enlarge, needNobody, ONE_LINE, parsed, smallFilesystem, Workplace } from './lab.ts';

function expectRefused(ended: Ended, code: number, says: RegExp): void {
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).toMatch(ONE_LINE);
  expect(ended.stderr).not.toMatch(/internal error| at .*:\d+/);
  expect(ended).toMatchObject({ code, stdout: '' });
}

describe('is refused in one line, and leaves nothing behind', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--size', '0'], /--size 0 /],
    [['--size', '-1'], /--size -1 /],
    [['--size=-1'], /--size -1 /],
    [['--size', 'abc'], /--size abc /],
    [['--size', '4096TiB'], /The run needs .* and only .* are free/],
    [['--size', '4096TiB', '--path', 'file-to-socket'], /The run needs .* and only .* are free/],
    // 4096 TiB once as the source and once as its copy.
    [['--objects', '4KiB,4096TiB'], /The run needs .* and only .* are free/],
    [['--objects', '4KiB', '--rate', 'auto'], /--objects and --rate exclude each other/],
    [['--objects', '4KiB', '--source', 'file'], /--source has no place/],
    [['--pin', '8191'], /CPU 8191 is not there/],
    [['--durable', '--path', 'file-to-socket'], /--durable has no place/],
    [['--buffers', '0'], /--buffers 0 /],
    [['--buffers', '-1'], /--buffers -1 /],
    [['--buffers', '64KiB,2GiB'], /--buffers 2GiB /],
    [['--buffers', ''], /--buffers/],
    [['--receiver-buffer', '0', '--path', 'file-to-socket'], /--receiver-buffer 0 /],
    [['--modes', 'teleport'], /--modes "teleport"/],
    [['--path', 'file-to-moon'], /--path "file-to-moon"/],
    [['--preset', 'huge'], /--preset "huge"/],
    [['--rounds', '0'], /--rounds 0 /],
    [['--rounds', '-3'], /--rounds -3 /],
    [['--cache', 'lukewarm'], /--cache "lukewarm"/],
    [['--time-limit', '0'], /--time-limit 0 /],
    [['--seed', '-1'], /--seed -1 /],
    [['--fast'], /--fast/],
    [['--size'], /--size/],
    [['--source', 'none'], /\/work\/none does not exist/],
    [['--source', 'file/below'], /\/work\/file\/below is not a folder|\/work\/file\/below/],
    [['--source', 'folder'], /\/work\/folder is a folder/],
    [['--source', 'fifo'], /\/work\/fifo is a FIFO/],
    [['--source', 'empty'], /\/work\/empty is empty/],
    [['--source', '/dev/zero'], /\/dev\/zero is a device/],
    [['--source', 'file', '--size', '1MiB'], /--size and --source/],
    [['--dir', 'none'], /\/work\/none does not exist/],
    [['--dir', 'file'], /\/work\/file is not a folder/],
    [['--json', 'none/result.json'], /\/work\/none\/result\.json cannot be created/],
    [['--json', 'folder'], /folder is there already, and is not a regular file/],
    [['--json', 'fifo'], /fifo is there already, and is not a regular file/],
    [['--source', 'file', '--json', 'file'], /file is the source, which is only read/],
    [['--source', 'file', '--csv', 'folder/../file'], /file is the source, which is only read/],
    [['none.zcexp.json'], /none\.zcexp\.json does not exist/],
    [['file'], /file is not JSON/],
    [['folder'], /folder/],
    [['odd.zcexp.json'], /"sise" is not understood/],
    [['list.zcexp.json'], /list\.zcexp\.json is not a JSON object/],
    [['file', 'odd.zcexp.json'], /one experiment file/],
  ];
  test.each(cases)('run %j', async (args, says) => {
    const place = new Workplace();
    place.write('file', 'mine');
    place.write('empty', '');
    place.write('odd.zcexp.json', '{ "sise": "1MiB" }');
    place.write('list.zcexp.json', '[]');
    mkdirSync(place.path('folder'));
    expect(spawnSync('mkfifo', [place.path('fifo')]).status).toBe(0);
    const before = place.files();
    expectRefused(await place.run(['run', ...args]), 2, says);
    expect(place.files()).toEqual(before);
    expect(readFileSync(place.path('file'), 'utf8')).toBe('mine');
  });

  test.each([
    [['fly'], /"fly" is not a command/],
    [['compare'], /compare takes 2 to 8 results/],
    [['probe', '--size', '1'], /--size/],
    [['receive', '--listen', '0.0.0.0'], /Other hosts reach 0\.0\.0\.0: say --allow-network if they may/],
    [['receive', '--listen', '::'], /Other hosts reach ::: say --allow-network if they may/],
    [['receive', '--listen', 'nonsense'], /“nonsense” is not an IPv4 or IPv6 address/],
  ])('%j', async (args, says) => {
    const place = new Workplace();
    expectRefused(await place.run(args), 2, says);
    expect(place.files()).toEqual([]);
  });

  test('a socket as the source', async () => {
    const place = new Workplace();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(place.path('socket'), resolve));
    onTestFinished(() => void server.close());
    expectRefused(await place.run(['run', '--source', 'socket']), 2, /\/work\/socket is a socket/);
    expect(place.files()).toEqual(['socket']);
  });
});

describe('for a user without rights', () => {
  test('a source that may not be read', async (context) => {
    needNobody(context);
    const place = new Workplace();
    chmodSync(place.base, 0o755);
    chmodSync(place.write('secret', 'mine'), 0o600);
    const ended = await place.run(['run', '--source', 'secret'], { asNobody: true });
    expectRefused(ended, 2, /You may not access .*\/work\/secret/);
    expect(place.files()).toEqual(['secret']);
  });

  test('a folder that may not be written', async (context) => {
    needNobody(context);
    const place = new Workplace();
    chmodSync(place.base, 0o755);
    mkdirSync(place.path('locked'));
    const ended = await place.run(['run', '--size', '1MiB', '--dir', 'locked'], { asNobody: true });
    expectRefused(ended, 2, /You may not access .*\/work\/locked/);
    expect(place.files()).toEqual(['locked']);
  });

  test('a place for the result that may not be written', async (context) => {
    needNobody(context);
    const place = new Workplace();
    chmodSync(place.base, 0o755);
    const open = path.join(place.base, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const ended = await place.run(['run', '--size', '1MiB', '--dir', open], { asNobody: true });
    expectRefused(ended, 2, /You may not access .*\.zero-copy.*--json/);
    expect(place.files()).toEqual([]);
    expect(readdirSync(open)).toEqual([]);
  });
});

describe('a full disk', () => {
  test('too small for the run is refused beforehand', async (context) => {
    const place = new Workplace();
    const small = smallFilesystem(context, place, 'size=2m');
    const ended = await place.run(['run', '--size', '4MiB', '--dir', 'small']);
    expectRefused(ended, 2, /The run needs 8 MiB in .*small, and only 2 MiB are free/);
    expect(readdirSync(small)).toEqual([]);
    expect(place.files()).toEqual(['small']);
  });

  test('without room for a copy fails each case, with the reason, and the result says so', async (context) => {
    const place = new Workplace();
    // Room for the folder itself and for the source, and for no other file.
    const small = smallFilesystem(context, place, 'size=8m,nr_inodes=2');
    const ended = await place.run(['run', '--size', '1MiB', '--rounds', '1', '--dir', 'small', '--quiet']);
    expectRefused(ended, 1, /read \+ write, 64 KiB: The filesystem of .*small is full/);
    const result = place.result();
    expect(result.status).toBe('failed');
    for (const one of result.cases.filter((each) => !each.control)) {
      expect(one).toMatchObject({ status: 'failed', reason: { code: 'ENOSPC' } });
    }
    expect(readdirSync(small)).toEqual([]);
    expect(existsSync(journalOf(place.resultFile() as string))).toBe(false);
  });

  test('under the results from the start is refused', async (context) => {
    const place = new Workplace();
    const small = smallFilesystem(context, place, 'size=64k');
    fill(path.join(small, 'full'));
    const ended = await place.run(['run', '--size', '1MiB', '--dir', place.folder], { cwd: small });
    expectRefused(ended, 2, /The filesystem of .*small\S* is full/);
    expect(readdirSync(small)).toEqual(['full']);
  });

  test('under the document from the start leaves neither it nor a journal', async (context) => {
    const place = new Workplace();
    const small = smallFilesystem(context, place, 'size=64k');
    fill(path.join(small, 'full'));
    const ended = await place.run(['run', '--size', '1MiB', '--json', 'small/result.json']);
    expectRefused(ended, 2, /The filesystem of .*small\/result\.json is full/);
    expect(readdirSync(small)).toEqual(['full']);
  });

  test('that fills up during a run keeps what was measured', async (context) => {
    const place = new Workplace();
    const small = smallFilesystem(context, place, 'size=256k');
    const args = ['run', '--size', '64KiB', '--rounds', '1000', '--json', 'small/result.json'];
    expectRefused(await place.run(args), 2, /The filesystem of .*small\/result\.json is full/);
    expect(readdirSync(small).sort()).toEqual(['result.json', 'result.json.zcjournal.ndjson']);
    const result = path.join(small, 'result.json');
    expect(parsed(readFileSync(result, 'utf8')).status).toBe('running');
    // Who opens it now sees all of it, even where nothing can be written; with room again the file is finished.
    const samples = readFileSync(journalOf(result), 'utf8').split('"type":"sample"').length - 1;
    expect(samples).toBeGreaterThan(100);
    for (const room of [null, '4m']) {
      if (room !== null) enlarge(small, room);
      const opened = openResult(result);
      if (!opened.ok) throw new Error(opened.problem.message);
      expect(opened.value.status).toBe('partial');
      const kept = opened.value.cases.flatMap((one) => one.samples).length;
      // The very last line may have been cut off by the end of the disk.
      expect([samples, samples - 1]).toContain(kept);
    }
    expect(readdirSync(small)).toEqual(['result.json']);
    expect(parsed(readFileSync(result, 'utf8')).status).toBe('partial');
  });
});

/** Takes every byte there is. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeFileSync(descriptor, Buffer.alloc(4096, 1));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  } finally {
    closeSync(descriptor);
  }
}
