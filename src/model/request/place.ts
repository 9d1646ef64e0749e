/** Where in a request something is wrong: for the command line an option, for a file a property with a place in its text. */
import type { Granted } from '../problems.ts';
import type { Problem } from '../result/problem.ts';
import type { ExperimentRequest } from './file.ts';

/** What can be asked for; the rest of a file says only what kind of file it is. */
export type RequestProperty = Exclude<keyof ExperimentRequest, '$schema' | 'format' | 'version'>;

/** A property, and where it is a list or an object, which part of it. */
export type Place = readonly [property: RequestProperty, part?: number | string];

export interface RequestProblem extends Problem {
  readonly at: Place;
}

/** An `Outcome` whose problem has its place. */
export type Checked<T> = Granted<T> | { readonly ok: false; readonly problem: RequestProblem };

/** What each is called on the command line, and so in the sentences about it. */
const OPTIONS: Readonly<Record<RequestProperty, string>> = {
  preset: '--preset',
  path: '--path',
  modes: '--modes',
  size: '--size',
  buffers: '--buffers',
  rounds: '--rounds',
  cache: '--cache',
  source: '--source',
  directory: '--dir',
  to: '--to',
  forward: '--forward',
  receiver: '--receiver',
  receiverBuffer: '--receiver-buffer',
  receiverDirectory: '--receiver-dir',
  streams: '--streams',
  durationSeconds: '--duration',
  mss: '--mss',
  congestion: '--congestion',
  sendBuffer: '--send-buffer',
  noDelay: '--nodelay',
  cork: '--cork',
  msgMore: '--msg-more',
  peer: '--peer',
  pipeSize: '--pipe-size',
  queueDepth: '--queue-depth',
  durable: '--durable',
  pin: '--pin',
  evidence: '--evidence',
  latency: '--latency',
  objects: '--objects',
  rate: '--rate',
  seed: '--seed',
  timeLimitSeconds: '--time-limit',
};

export function optionOf(property: RequestProperty): string {
  return OPTIONS[property];
}

/** A sentence about options, for somebody who wrote properties into a file: `--dir` becomes `directory`. */
export function inWordsOfFiles(sentence: string): string {
  const names = new Map(Object.entries(OPTIONS).map(([property, option]) => [option, property]));
  return sentence.replaceAll(/--[a-z-]*[a-z]/g, (option) => names.get(option) ?? option);
}
