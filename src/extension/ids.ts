/**
 * Every id that package.json and the code must agree on, written once: a line here for each. contributions.ts has the only
 * functions that take them, and test/unit/contributions.test.ts holds package.json to them, in both directions.
 */
import type * as vscode from 'vscode';
import type { WordId } from '../model/glossary/word.ts';

/** What a type says of an id without being there when the code runs. */
declare const OF: unique symbol;

/** The id of a command that takes these arguments. */
export type CommandId<Arguments extends readonly unknown[] = readonly never[]> = string & {
  readonly [OF]?: (...given: Arguments) => void;
};
/** The id of a context key, for `when` and `enablement`, that has such values. */
export type ContextKeyId<Value> = string & { readonly [OF]?: (value: Value) => void };
/** A setting with the default that package.json gives it. */
export interface Setting<Value> {
  readonly id: string;
  readonly fallback: Value;
}

/** A menu of the Explorer, of a view or of an editor hands over what it is about; the palette and keys hand over nothing. */
type FromMenu = [file?: vscode.Uri];

export const COMMANDS = {
  run: command('zeroCopyLab.run'),
  runOnFile: command<FromMenu>('zeroCopyLab.runOnFile'),
  probe: command('zeroCopyLab.probe'),
  openGlossary: command<[word?: WordId]>('zeroCopyLab.openGlossary'),
  openMyths: command('zeroCopyLab.openMyths'),
} as const;

export const SETTINGS = {
  resultsFolder: setting('zeroCopyLab.resultsFolder', '.zero-copy'),
} as const;

/** Set by the code, and read in package.json. */
export const CONTEXT_KEYS = {} as const;

/** Custom editors. */
export const EDITORS = {
  result: 'zeroCopyLab.result',
} as const;

/** Views in the side bar. */
export const VIEWS = {} as const;

/** Panels that the code opens; the manifest names those that come back after a restart, in an activation event. */
export const PANELS = {
  probe: 'zeroCopyLab.probePanel',
  learn: 'zeroCopyLab.learn',
} as const;

function command<Arguments extends readonly unknown[] = []>(id: string): CommandId<Arguments> {
  return id;
}

function setting<Value>(id: string, fallback: Value): Setting<Value> {
  return { id, fallback };
}
