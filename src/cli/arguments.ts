/** The command line, read into plain data. Only spelling is checked here; meaning is checked by the model. */
import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { FEWEST_RESULTS, MOST_RESULTS } from '../model/comparison/comparison.ts';
import { SHADES, type Shade } from '../model/picture/palettes.ts';
import type { Outcome } from '../model/problems.ts';
import { ok, refuse } from '../model/problems.ts';
import type { ExperimentRequest } from '../model/request/file.ts';
import { formatBytes, MIB, parseBytes } from '../model/units.ts';

export type Command =
  | { readonly name: 'run'; readonly options: RunOptions }
  | { readonly name: 'probe'; readonly options: ProbeOptions }
  | { readonly name: 'calibrate'; readonly options: CalibrateOptions }
  | { readonly name: 'selfcheck'; readonly options: SelfcheckOptions }
  | { readonly name: 'export'; readonly options: ExportOptions }
  | { readonly name: 'compare'; readonly options: CompareOptions }
  | { readonly name: 'receive'; readonly options: ReceiveOptions }
  | { readonly name: 'help' }
  | { readonly name: 'version' };

export interface ProbeOptions {
  readonly directory: string | null;
  readonly json: boolean;
  /** The host to which the way is looked at, `HOST:PORT`; null for none. */
  readonly to: string | null;
}

export interface CalibrateOptions {
  readonly directory: string | null;
  readonly json: boolean;
}

export interface SelfcheckOptions {
  readonly directory: string | null;
  readonly bytes: number;
  readonly rounds: number;
  readonly json: boolean;
}

export interface ExportOptions {
  /** The result document; its stacks are looked for beside it. */
  readonly file: string;
  readonly format: ExportFormat;
  /** `ID` or `ID:BUFFER`; null for all cases. */
  readonly mode: string | null;
  /** What the case is compared with, as `mode`; null for no comparison. */
  readonly against: string | null;
  /** Id of the chart of an SVG; null: the first. */
  readonly chart: string | null;
  /** Ground of pictures. */
  readonly shade: Shade;
  /** A file, or `-` for standard output. */
  readonly output: string;
}

export interface CompareOptions {
  /** The first is the reference. */
  readonly files: readonly string[];
  /** Share of the speed that a case may lose: 0.05 for 5 %; null where nothing is to fail. */
  readonly failIfSlower: number | null;
  readonly json: boolean;
}

export interface ReceiveOptions {
  /** An address in numbers; null for loopback. */
  readonly address: string | null;
  /** Null for a free one. */
  readonly port: number | null;
  /** Whether other hosts may reach it. */
  readonly allowNetwork: boolean;
  /** Folder for data that is to be saved; null where nothing is. */
  readonly saveDirectory: string | null;
  readonly json: boolean;
}

const EXPORT_FORMATS = ['csv', 'md', 'svg', 'folded', 'speedscope'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface RunOptions {
  /** Path of an experiment file; options given beside it win over what it says. */
  readonly file: string | null;
  readonly request: ExperimentRequest;
  /** File that holds the token of a receiver on another host; null for the environment's. */
  readonly tokenFile: string | null;
  /** File for the result document, `-` for standard output, null for the results folder. */
  readonly json: string | null;
  readonly csv: string | null;
  readonly quiet: boolean;
}

const RUN_OPTIONS = {
  preset: { type: 'string' },
  path: { type: 'string' },
  modes: { type: 'string' },
  size: { type: 'string' },
  buffers: { type: 'string' },
  rounds: { type: 'string' },
  cache: { type: 'string' },
  source: { type: 'string' },
  dir: { type: 'string' },
  to: { type: 'string', multiple: true },
  forward: { type: 'boolean' },
  receiver: { type: 'string' },
  'receiver-buffer': { type: 'string' },
  'receiver-dir': { type: 'string' },
  'token-file': { type: 'string' },
  streams: { type: 'string' },
  duration: { type: 'string' },
  mss: { type: 'string' },
  congestion: { type: 'string' },
  'send-buffer': { type: 'string' },
  nodelay: { type: 'boolean' },
  cork: { type: 'boolean' },
  'msg-more': { type: 'boolean' },
  peer: { type: 'string' },
  'pipe-size': { type: 'string' },
  'queue-depth': { type: 'string' },
  durable: { type: 'boolean' },
  pin: { type: 'string' },
  evidence: { type: 'string' },
  latency: { type: 'boolean' },
  'no-latency': { type: 'boolean' },
  objects: { type: 'string' },
  rate: { type: 'string' },
  seed: { type: 'string' },
  'time-limit': { type: 'string' },
  json: { type: 'string' },
  csv: { type: 'string' },
  quiet: { type: 'boolean' },
} as const;

const SELFCHECK_OPTIONS = {
  json: { type: 'boolean' },
  dir: { type: 'string' },
  size: { type: 'string' },
  rounds: { type: 'string' },
} as const;
const SELFCHECK_BYTES = 256 * MIB;
/** Below that, starting a process would take longer than what is to be compared. */
const FEWEST_SELFCHECK_BYTES = 64 * MIB;
const SELFCHECK_ROUNDS = 10;
const MOST_SELFCHECK_ROUNDS = 100;

const EXPORT_OPTIONS = {
  format: { type: 'string' },
  mode: { type: 'string' },
  against: { type: 'string' },
  chart: { type: 'string' },
  theme: { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const;

const COMPARE_OPTIONS = { 'fail-if-slower': { type: 'string' }, json: { type: 'boolean' } } as const;

/** Of probe and calibrate. */
const FOLDER_OPTIONS = { json: { type: 'boolean' }, dir: { type: 'string' } } as const;

const RECEIVE_OPTIONS = {
  listen: { type: 'string' },
  port: { type: 'string' },
  'allow-network': { type: 'boolean' },
  'save-dir': { type: 'string' },
  json: { type: 'boolean' },
} as const;
const LARGEST_PORT = 65535;

/** @param argv what follows the program's name */
export function parseCommandLine(argv: readonly string[]): Outcome<Command> {
  const [name, ...rest] = joinNegativeNumbers(argv);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h' || rest.includes('--help')) {
    return ok({ name: 'help' });
  }
  if (name === '--version') return ok({ name: 'version' });
  if (name === 'run') return parseRun(rest);
  if (name === 'probe') return parseProbe(rest);
  if (name === 'calibrate') return parseCalibrate(rest);
  if (name === 'selfcheck') return parseSelfcheck(rest);
  if (name === 'export') return parseExport(rest);
  if (name === 'compare') return parseCompare(rest);
  if (name === 'receive') return parseReceive(rest);
  return usage(
    l10n.t('"{0}" is not a command.', name),
    l10n.t('Use run, receive, probe, calibrate, selfcheck, export or compare; --help lists all options.'),
  );
}

/** parseArgs takes `-5` after an option for another option; as `--option=-5` the model can say what is wrong with it. */
function joinNegativeNumbers(argv: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const argument of argv) {
    const last = joined.at(-1);
    if (/^-\d/.test(argument) && last?.startsWith('--') && !last.includes('='))
      joined.push(`${joined.pop()}=${argument}`);
    else joined.push(argument);
  }
  return joined;
}

function parseRun(args: readonly string[]): Outcome<Command> {
  const parsed = spelled(() =>
    parseArgs({ args: [...args], options: RUN_OPTIONS, allowPositionals: true, strict: true }),
  );
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  if (positionals.length > 1) {
    return usage(l10n.t('Only one experiment file can be run at a time.'), l10n.t('Name one FILE.zcexp.json.'));
  }
  const numbers = all({
    rounds: values.rounds === 'auto' ? ok('auto' as const) : numberOf('--rounds', values.rounds),
    seed: numberOf('--seed', values.seed),
    queueDepth: numberOf('--queue-depth', values['queue-depth']),
    timeLimitSeconds: numberOf('--time-limit', values['time-limit']?.replace(/s$/, '')),
    durationSeconds: numberOf('--duration', values.duration?.replace(/s$/, '')),
    streams: numbersOf('--streams', values.streams),
    pin: cpusOf(values.pin),
  });
  if (!numbers.ok) return numbers;
  const request: ExperimentRequest = {
    ...given('preset', values.preset),
    ...given('path', values.path),
    ...given('modes', values.modes === 'all' ? ('all' as const) : listed(values.modes)),
    ...given('size', values.size),
    ...given('buffers', listed(values.buffers)),
    ...given('cache', values.cache),
    ...given('source', values.source),
    ...given('directory', values.dir),
    ...given('to', values.to),
    ...given('forward', values.forward),
    ...given('receiver', values.receiver),
    ...given('receiverBuffer', values['receiver-buffer']),
    ...given('receiverDirectory', values['receiver-dir']),
    ...given('streams', numbers.value.streams),
    ...given('durationSeconds', numbers.value.durationSeconds),
    ...given('mss', values.mss),
    ...given('congestion', values.congestion),
    ...given('sendBuffer', values['send-buffer']),
    ...given('noDelay', values.nodelay),
    ...given('cork', values.cork),
    ...given('msgMore', values['msg-more']),
    ...given('peer', values.peer),
    ...given('pipeSize', values['pipe-size']),
    ...given('queueDepth', numbers.value.queueDepth),
    ...given('durable', values.durable),
    ...given('pin', numbers.value.pin),
    ...given('evidence', values.evidence),
    ...given('latency', values['no-latency'] === true ? false : values.latency),
    ...given('objects', listed(values.objects)),
    ...given('rate', values.rate),
    ...given('rounds', numbers.value.rounds),
    ...given('seed', numbers.value.seed),
    ...given('timeLimitSeconds', numbers.value.timeLimitSeconds),
  };
  return ok({
    name: 'run',
    options: {
      file: positionals[0] ?? null,
      request,
      tokenFile: values['token-file'] ?? null,
      json: values.json ?? null,
      csv: values.csv ?? null,
      quiet: values.quiet ?? false,
    },
  });
}

function parseReceive(args: readonly string[]): Outcome<Command> {
  const parsed = spelled(() => parseArgs({ args: [...args], options: RECEIVE_OPTIONS, strict: true }));
  if (!parsed.ok) return parsed;
  const { listen, port, json } = parsed.value.values;
  const number = numberOf('--port', port);
  if (!number.ok) return number;
  if (number.value !== undefined && !(Number.isInteger(number.value) && number.value <= LARGEST_PORT)) {
    return usage(
      l10n.t('--port {0} is out of range.', number.value),
      l10n.t('Give a whole number from {0} to {1}.', 0, LARGEST_PORT),
    );
  }
  return ok({
    name: 'receive',
    options: {
      address: listen ?? null,
      port: number.value ?? null,
      allowNetwork: parsed.value.values['allow-network'] ?? false,
      saveDirectory: parsed.value.values['save-dir'] ?? null,
      json: json ?? false,
    },
  });
}

function parseProbe(args: readonly string[]): Outcome<Command> {
  const options = { ...FOLDER_OPTIONS, to: { type: 'string' } } as const;
  const parsed = spelled(() => parseArgs({ args: [...args], options, strict: true }));
  if (!parsed.ok) return parsed;
  const { json, dir, to } = parsed.value.values;
  return ok({ name: 'probe', options: { json: json ?? false, directory: dir ?? null, to: to ?? null } });
}

function parseCalibrate(args: readonly string[]): Outcome<Command> {
  const parsed = spelled(() => parseArgs({ args: [...args], options: FOLDER_OPTIONS, strict: true }));
  if (!parsed.ok) return parsed;
  const { json, dir } = parsed.value.values;
  return ok({ name: 'calibrate', options: { json: json ?? false, directory: dir ?? null } });
}

function parseSelfcheck(args: readonly string[]): Outcome<Command> {
  const parsed = spelled(() => parseArgs({ args: [...args], options: SELFCHECK_OPTIONS, strict: true }));
  if (!parsed.ok) return parsed;
  const { json, dir, size, rounds } = parsed.value.values;
  const bytes = size === undefined ? SELFCHECK_BYTES : parseBytes(size);
  if (bytes === undefined || bytes < FEWEST_SELFCHECK_BYTES) {
    return usage(
      l10n.t('--size {0} is no size of {1} or more.', size ?? '', formatBytes(FEWEST_SELFCHECK_BYTES)),
      l10n.t('Give one such as 256MiB.'),
    );
  }
  const count = rounds === undefined ? ok(SELFCHECK_ROUNDS) : numberOf('--rounds', rounds);
  if (!count.ok) return count;
  const wanted = count.value ?? SELFCHECK_ROUNDS;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_SELFCHECK_ROUNDS) {
    return usage(
      l10n.t('--rounds {0} is out of range.', wanted),
      l10n.t('Give a whole number from {0} to {1}.', 1, MOST_SELFCHECK_ROUNDS),
    );
  }
  return ok({ name: 'selfcheck', options: { directory: dir ?? null, bytes, rounds: wanted, json: json ?? false } });
}

function parseExport(args: readonly string[]): Outcome<Command> {
  const parsed = spelled(() =>
    parseArgs({ args: [...args], options: EXPORT_OPTIONS, allowPositionals: true, strict: true }),
  );
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    return usage(l10n.t('export takes one result.'), l10n.t('Name one RESULT.zcresult.json.'));
  }
  const format = EXPORT_FORMATS.find((each) => each === values.format);
  if (format === undefined) {
    return usage(
      values.format === undefined
        ? l10n.t('export needs a --format.')
        : l10n.t('--format "{0}" is not known here.', values.format),
      l10n.t('Choose from: {0}.', EXPORT_FORMATS.join(', ')),
    );
  }
  const { mode = null, against = null, chart = null, theme, output = '-' } = values;
  if (against !== null && (format !== 'folded' || mode === null)) {
    return usage(
      l10n.t('--against compares two cases, as folded stacks.'),
      l10n.t('Use --format folded --mode ID --against ID.'),
    );
  }
  if (mode !== null && format === 'md') {
    return usage(l10n.t('A report is about all cases.'), l10n.t('Leave out --mode.'));
  }
  if (chart !== null && (format !== 'svg' || mode !== null)) {
    return usage(
      l10n.t('--chart names the one chart of an SVG.'),
      l10n.t('Use --format svg with --chart ID, or with --mode ID for the flow of that mode.'),
    );
  }
  const shade = SHADES.find((each) => each === (theme ?? 'light'));
  if (shade === undefined || (theme !== undefined && format !== 'svg' && format !== 'md')) {
    return usage(
      l10n.t('--theme is the ground of pictures: {0}.', SHADES.join(' | ')),
      l10n.t('Use it with --format svg or md.'),
    );
  }
  return ok({ name: 'export', options: { file, format, mode, against, chart, shade, output } });
}

function parseCompare(args: readonly string[]): Outcome<Command> {
  const parsed = spelled(() =>
    parseArgs({ args: [...args], options: COMPARE_OPTIONS, allowPositionals: true, strict: true }),
  );
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  if (positionals.length < FEWEST_RESULTS || positionals.length > MOST_RESULTS) {
    return usage(
      l10n.t('compare takes {0} to {1} results.', FEWEST_RESULTS, MOST_RESULTS),
      l10n.t('Name the reference first, such as BEFORE.zcresult.json AFTER.zcresult.json.'),
    );
  }
  const limit = percentOf('--fail-if-slower', values['fail-if-slower']);
  if (!limit.ok) return limit;
  return ok({
    name: 'compare',
    options: { files: positionals, failIfSlower: limit.value, json: values.json ?? false },
  });
}

/** `5%` as 0.05. The sign is asked for, so that nobody means 0.05 and gets 0.05 %. */
function percentOf(option: string, text: string | undefined): Outcome<number | null> {
  if (text === undefined) return ok(null);
  const percent = Number(/^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text)?.[1] ?? Number.NaN);
  if (percent >= 0 && percent < 100) return ok(percent / 100);
  return usage(
    l10n.t('{0} "{1}" is not a share of the speed.', option, text),
    l10n.t('Give a percentage below 100 %, such as 5%.'),
  );
}

/** parseArgs throws for an option it does not know or a value that is missing; its message names it. */
function spelled<T>(parse: () => T): Outcome<T> {
  try {
    return ok(parse());
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error);
    return usage(`${message.replace(/\.$/, '')}.`, l10n.t('--help lists all options.'));
  }
}

function numberOf(option: string, text: string | undefined): Outcome<number | undefined> {
  if (text === undefined) return ok(undefined);
  if (/^-?\d+(\.\d+)?$/.test(text.trim())) return ok(Number(text));
  return usage(l10n.t('{0} "{1}" is not a number.', option, text), l10n.t('Give a whole number, or see --help.'));
}

/** `1` or `1,8,64`. */
function numbersOf(option: string, text: string | undefined): Outcome<number[] | undefined> {
  if (text === undefined) return ok(undefined);
  const numbers: number[] = [];
  for (const each of text.split(',')) {
    const number = numberOf(option, each);
    if (!number.ok) return number;
    if (number.value !== undefined) numbers.push(number.value);
  }
  return ok(numbers);
}

/** `0` or `0,1`: the CPU of the sender, and that of the receiver. */
function cpusOf(text: string | undefined): Outcome<ExperimentRequest['pin']> {
  if (text === undefined) return ok(undefined);
  const [sender, receiver, ...more] = text.split(',').map((each) => each.trim());
  const cpus = all({ sender: numberOf('--pin', sender), receiver: numberOf('--pin', receiver) });
  if (!cpus.ok) return cpus;
  if (cpus.value.sender === undefined || more.length > 0) {
    return usage(l10n.t('--pin "{0}" is not one CPU or two.', text), l10n.t('Give one such as 0, or two such as 0,1.'));
  }
  return ok({ sender: cpus.value.sender, ...given('receiver', cpus.value.receiver) });
}

function listed(text: string | undefined): string[] | undefined {
  return text?.split(',').map((each) => each.trim());
}

/** Every value, or the first refusal. */
function all<T extends Record<string, Outcome<unknown>>>(
  outcomes: T,
): Outcome<{ [K in keyof T]: T[K] extends Outcome<infer V> ? V : never }> {
  const values: Record<string, unknown> = {};
  for (const [key, outcome] of Object.entries(outcomes)) {
    if (!outcome.ok) return outcome;
    values[key] = outcome.value;
  }
  return ok(values as { [K in keyof T]: T[K] extends Outcome<infer V> ? V : never });
}

function given<K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: T };
}

function usage(message: string, hint: string): Outcome<never> {
  return refuse('usage', message, hint);
}
