/** Which hosts an ssh configuration names. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configuredHosts } from '../../src/lab/ssh/configuredHosts.ts';

/** The hosts of a home folder with these files in it, and of a configuration for all users. */
function hosts(files: Readonly<Record<string, string>>): readonly string[] {
  const home = mkdtempSync(path.join(tmpdir(), 'zcl-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll('HOME', home));
  }
  const folder = path.join(home, '.ssh');
  const system = path.join(home, 'etc');
  return configuredHosts([
    { file: path.join(folder, 'config'), folder, home },
    { file: path.join(system, 'ssh_config'), folder: system, home: null },
  ]);
}

test('names in the order of the file, however they are written', () => {
  const text = [
    '# Host commented',
    'Host hopper',
    '  HostName 192.0.2.1 # Host behind',
    'host=lovelace',
    '\tHOST  knuth   "turing"  # Host last',
    'Host = dijkstra',
    'Host hopper',
    'HostName nobody',
    'Match host liskov exec "true"',
    '  User ada',
  ].join('\r\n');
  expect(hosts({ '.ssh/config': text })).toEqual(['hopper', 'lovelace', 'knuth', 'turing', 'dijkstra']);
});

test('no patterns, no negations, nothing that looks like an option', () => {
  expect(hosts({ '.ssh/config': 'Host *\nHost *.example !no web? plain -oProxyCommand=x' })).toEqual(['plain']);
});

test('included files, in lexical order, where they stand', () => {
  const files = {
    '.ssh/config':
      'Host first\nInclude conf.d/*.conf "with space" nowhere\nInclude ~/else/[ab]? HOME/absolute\nHost last',
    '.ssh/conf.d/2.conf': 'Host two',
    '.ssh/conf.d/1.conf': 'Host one\nInclude deeper',
    '.ssh/conf.d/.hidden.conf': 'Host hidden',
    '.ssh/conf.d/3.txt': 'Host three',
    '.ssh/deeper': 'Host within',
    '.ssh/with space': 'Host spaced',
    'else/a1': 'Host a1',
    'else/c1': 'Host c1',
    absolute: 'Host absolute',
  };
  expect(hosts(files)).toEqual(['first', 'one', 'within', 'two', 'spaced', 'a1', 'absolute', 'last']);
});

test('those of all users as well, from their own folder', () => {
  const files = {
    '.ssh/config': 'Host mine',
    'etc/ssh_config': 'Include ssh_config.d/*.conf ~/else\nHost theirs mine',
    'etc/ssh_config.d/a.conf': 'Host ours',
    else: 'Host elsewhere',
  };
  expect(hosts(files)).toEqual(['mine', 'ours', 'theirs']);
});

test('a file that includes itself, one that is a folder, and none', () => {
  expect(hosts({ '.ssh/config': 'Host a\nInclude config' })).toEqual(['a']);
  expect(hosts({ '.ssh/config/file': '' })).toEqual([]);
  expect(hosts({})).toEqual([]);
});
