/** The hosts that the OpenSSH client of this machine knows by name: those of its configuration, as ssh_config(5) has it. */
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A configuration as ssh begins to read it. */
interface Configuration {
  readonly file: string;
  /** Where names of included files start from. */
  readonly folder: string;
  /** What `~` stands for; a configuration for all users has none. */
  readonly home: string | null;
}

/** ssh itself gives up here. */
const DEEPEST_INCLUDE = 16;

/** Those ssh reads by itself. */
export function defaultConfigurations(): readonly Configuration[] {
  const system: Configuration = { file: '/etc/ssh/ssh_config', folder: '/etc/ssh', home: null };
  const home = homeFolder();
  if (home === null) return [system];
  const folder = path.join(home, '.ssh');
  return [{ file: path.join(folder, 'config'), folder, home }, system];
}

/** As ssh finds it: from the system's list of users, whatever HOME says. */
function homeFolder(): string | null {
  try {
    return os.userInfo().homedir;
  } catch {
    // The user is not in that list; ssh refuses to start then.
    return null;
  }
}

/**
 * Their names in the order of the files, each once. Patterns are no hosts, and what cannot be read has none. Blocks that
 * hold only sometimes (`Match`, an `Include` within `Host`) are looked into: what they name is a host all the same.
 */
export function configuredHosts(configurations = defaultConfigurations()): readonly string[] {
  return [...new Set(configurations.flatMap((each) => hostsOf(each.file, each, [])))];
}

/** @param within the files that include it, one within the other */
function hostsOf(file: string, configuration: Configuration, within: readonly string[]): readonly string[] {
  if (within.length > DEEPEST_INCLUDE || within.includes(file)) return [];
  return linesOf(file).flatMap((line) => {
    const [keyword = '', ...words] = wordsOf(line);
    if (keyword.toLowerCase() === 'host') return words.filter(isName);
    if (keyword.toLowerCase() !== 'include') return [];
    return words
      .flatMap((word) => matching(absolute(word, configuration)))
      .flatMap((each) => hostsOf(each, configuration, [...within, file]));
  });
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** `Keyword word "a word"`, or `Keyword=word`, up to a comment. */
function wordsOf(line: string): readonly string[] {
  const words = line.trim().replace(/^(\w+)\s*=\s*/, '$1 ');
  const all = [...words.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([whole, quoted]) => quoted ?? whole);
  const comment = all.findIndex((word) => word.startsWith('#'));
  return comment === -1 ? all : all.slice(0, comment);
}

/** Neither a pattern, nor its negation, nor what the client would take for an option. */
function isName(word: string): boolean {
  return word !== '' && !/[*?]|^[!-]/.test(word);
}

function absolute(file: string, { folder, home }: Configuration): string {
  return path.resolve(folder, home === null ? file : file.replace(/^~(?=\/|$)/, home));
}

/** The files that an absolute path with the wildcards of glob(7) stands for, in lexical order. */
function matching(pattern: string): readonly string[] {
  const [, ...parts] = pattern.split('/');
  return parts.reduce<readonly string[]>((folders, part) => folders.flatMap((each) => step(each, part)), ['/']);
}

function step(folder: string, part: string): readonly string[] {
  if (!/[*?[]/.test(part)) return [path.join(folder, part)];
  const source = part
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  return namesIn(folder)
    .filter((name) => part.startsWith('.') || !name.startsWith('.'))
    .filter((name) => isLike(name, source))
    .sort()
    .map((name) => path.join(folder, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isLike(name: string, source: string): boolean {
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    // A bracket that is not closed stands for nothing but itself.
    return false;
  }
}
