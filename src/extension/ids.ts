/**
 * Every id that package.json and the code must agree on, written once: a line here for each. contributions.ts has the only
 * functions that take them, and test/unit/contributions.test.ts holds package.json to them, in both directions.
 */
import type * as vscode from 'vscode';
import type { WordId } from '../model/glossary/word.ts';
import type { ResultNode } from './results/groups.ts';

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

/** In which group an editor is. */
interface InGroup {
  readonly groupId: number;
}
/**
 * A menu of the Explorer, of a view or of an editor hands over what it is about; the palette and keys hand over nothing.
 * The title of an editor that has just opened does not know its file yet. `fileOf` in contributions.ts tells them apart.
 */
type FromMenu = [about?: vscode.Uri | InGroup];
/** A menu of the Explorer hands over what was clicked, and all that is selected with it; that of a title, in which group it is. */
type FromSelection = [about?: vscode.Uri | InGroup, selected?: readonly vscode.Uri[] | InGroup];
/** A menu of the tree hands over what was clicked, and all that is selected with it. */
type FromTree = [node?: ResultNode, selected?: readonly ResultNode[]];

export const COMMANDS = {
  run: command('zeroCopyLab.run'),
  runOnFile: command<FromMenu>('zeroCopyLab.runOnFile'),
  probe: command('zeroCopyLab.probe'),
  runExperimentFile: command<FromMenu>('zeroCopyLab.runExperimentFile'),
  newExperimentFile: command('zeroCopyLab.newExperimentFile'),
  runAgain: command<FromMenu>('zeroCopyLab.runAgain'),
  exportResult: command<FromMenu>('zeroCopyLab.exportResult'),
  compare: command<FromSelection>('zeroCopyLab.compare'),
  openGlossary: command<[word?: WordId]>('zeroCopyLab.openGlossary'),
  openMyths: command('zeroCopyLab.openMyths'),
  showRun: command('zeroCopyLab.showRun'),
  cancel: command('zeroCopyLab.cancel'),
  showLog: command('zeroCopyLab.showLog'),

  // Other hosts.
  runAgainstHost: command('zeroCopyLab.runAgainstHost'),
  startReceiver: command('zeroCopyLab.startReceiver'),
  showReceiver: command('zeroCopyLab.showReceiver'),
  stopReceiver: command('zeroCopyLab.stopReceiver'),

  // The tree of results.
  openResultsFolder: command('zeroCopyLab.openResultsFolder'),
  refreshResults: command('zeroCopyLab.refreshResults'),
  filterResults: command('zeroCopyLab.filterResults'),
  clearFilter: command('zeroCopyLab.clearFilter'),
  labelResult: command<FromTree>('zeroCopyLab.labelResult'),
  deleteResults: command<FromTree>('zeroCopyLab.deleteResults'),
  revealResult: command<FromTree>('zeroCopyLab.revealResult'),
  openAsJson: command<FromTree>('zeroCopyLab.openAsJson'),
  compareSelected: command('zeroCopyLab.compareSelected'),
} as const;

export const SETTINGS = {
  resultsFolder: setting('zeroCopyLab.resultsFolder', '.zero-copy'),
} as const;

/** What the page of a result shows. */
export type ShownResult = 'running' | 'complete' | 'partial' | 'failed' | 'unreadable';

/** Set by the code, and read in package.json. */
export const CONTEXT_KEYS = {
  /** A run or a probe of this window is under way. */
  running: contextKey<boolean>('zeroCopyLab.running'),
  /** A receiver of this window listens. */
  receiving: contextKey<boolean>('zeroCopyLab.receiving'),

  /** What the tree of results shows; unset until it is known. */
  resultsShown: contextKey<'some' | 'empty' | 'no-hits'>('zeroCopyLab.resultsShown'),
  resultsFiltered: contextKey<boolean>('zeroCopyLab.resultsFiltered'),
  /** As many results are selected in the tree as a comparison takes, and each can be compared. */
  resultsComparable: contextKey<boolean>('zeroCopyLab.resultsComparable'),
  /** Whether anything can run on this side of VS Code. */
  host: contextKey<'linux' | 'other' | 'virtual'>('zeroCopyLab.host'),
  /** What the active editor shows of a result; unset where it shows something else. */
  activeResult: contextKey<ShownResult>('zeroCopyLab.activeResult'),
} as const;

/** Custom editors. */
export const EDITORS = {
  result: 'zeroCopyLab.result',
} as const;

/** Views in the side bar. */
export const VIEWS = {
  results: 'zeroCopyLab.results',
} as const;

/** Panels that the code opens; the manifest names those that come back after a restart, in an activation event. */
export const PANELS = {
  probe: 'zeroCopyLab.probePanel',
  learn: 'zeroCopyLab.learn',
  compare: 'zeroCopyLab.comparePanel',
} as const;

function command<Arguments extends readonly unknown[] = []>(id: string): CommandId<Arguments> {
  return id;
}

function contextKey<Value>(id: string): ContextKeyId<Value> {
  return id;
}

function setting<Value>(id: string, fallback: Value): Setting<Value> {
  return { id, fallback };
}
