/** The native core as a plain program, with no Node in it, under each of the tools: everything the addon does with it. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyWay } from '../native/addon.ts';
import { skip } from '../skip.ts';
import { build, repository, run, Scratch, TOOLS } from './tools.ts';

/** A file of test/sanitize/core for each, beside those that all share. */
const parts = readdirSync(path.join(repository, 'test/sanitize/core'))
  .map((file) => path.basename(file, '.cc'))
  .filter((name) => name !== 'main' && !name.endsWith('.h'))
  .sort();
const everything = everyWay().map((way) => `${way.mode}:${way.path}`);
const seed = process.env['ZCL_SEED'] ?? '1';

describe.each(TOOLS)('$name', (tool) => {
  const [command] = tool.command;
  const isMissing = command !== undefined && spawnSync(command, ['--version']).error !== undefined;
  const whyNot = (what: string) => tool.cannot.find((one) => one.what.test(what))?.why;
  const ways = everything.filter((way) => whyNot(way) === undefined);
  let scratch: Scratch;
  beforeAll(() => {
    scratch = new Scratch();
    if (!isMissing) build(tool.build);
  });
  afterAll(() => scratch.remove());

  for (const mistake of tool.finds) {
    test(`is seen to find what was planted: ${mistake}`, (context) => {
      if (isMissing) skip(context, `${command} is not installed`);
      expect(run(tool, 'planted', mistake)).not.toMatchObject({ status: 0 });
    });
  }

  for (const what of [...everything, ...parts]) {
    const why = whyNot(what);
    if (why !== undefined) test(`runs ${what}`, (context) => skip(context, why));
  }

  for (const part of parts.filter((name) => whyNot(name) === undefined)) {
    test(`finds nothing in ${part}`, (context) => {
      if (isMissing) skip(context, `${command} is not installed`);
      const { status, signal, stdout, stderr } = run(tool, 'core', part, scratch.directory, seed, ...ways);
      console.log(stdout.trimEnd());
      // What a tool finds ends a program with a status of its own; the log of a receiver is on standard error, too.
      expect({ status, signal }, stderr).toEqual({ status: 0, signal: null });
    });
  }
});
