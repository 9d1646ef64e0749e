/** Every message between the processes, one discriminated union per direction. */
import type { Comparison } from './comparison/comparison.ts';
import type { Progress, RunEvent } from './events.ts';
import type { WordId } from './glossary/word.ts';
import type { Listing } from './listings.ts';
import type { PageResult } from './pageResult.ts';
import type { ChartWish } from './picture/chart/chartOf.ts';
import type { PictureText, SlideWish } from './picture/flow/slideOf.ts';
import type { LaboratoryProbe, ProbeReport } from './probe.ts';
import type { Outcome } from './problems.ts';
import type { Experiment } from './result/experiment.ts';
import type { PathId } from './result/path.ts';
import type { Calibration } from './result/prediction.ts';
import type { Problem } from './result/problem.ts';
import type { Result } from './result/result.ts';
import type { SamplePage } from './samplePage.ts';
import type { SelfcheckReport } from './selfcheck.ts';

/** A run as it is asked of the bench process. */
export interface RunOrder {
  readonly experiment: Experiment;
  readonly resultFile: string;
  readonly tool: string;
  /** What a receiver on another host asks for; null where there is none. Never in a result, nor in an argument. */
  readonly token: string | null;
  /** Whether it goes on when whoever ordered it is gone, and can be found again; else it ends then, as if cancelled. */
  readonly staysAlone: boolean;
}

/** Extension host or CLI -> bench process. */
export type ToBench =
  | ({ readonly type: 'run' } & RunOrder)
  | { readonly type: 'probe'; readonly directory: string; readonly towards: Experiment['remote'] }
  /** The part of a probe that takes network namespaces. */
  | { readonly type: 'probe-laboratory' }
  | { readonly type: 'calibrate'; readonly directory: string }
  | { readonly type: 'selfcheck'; readonly directory: string; readonly bytes: number; readonly rounds: number }
  | { readonly type: 'cancel' };

/** How a run that started came to its end. A cancelled run without a single whole round keeps no file. */
export interface RunEnd {
  readonly how: 'ended' | 'cancelled';
  readonly fileKept: boolean;
}

/** Bench process -> extension host or CLI; the last is one of LAST_WORDS. */
export type FromBench =
  /** The first that somebody hears who finds a run; `result` is null until it has begun. */
  | {
      readonly type: 'standing';
      readonly resultFile: string;
      readonly process: Result['process'];
      readonly result: Result | null;
      readonly progress: Progress;
    }
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'notice'; readonly problem: Problem }
  /** A probe is about to try this; what it dies of, it dies of here. */
  | { readonly type: 'trying'; readonly mode: string; readonly path: PathId }
  | { readonly type: 'probed'; readonly report: Omit<ProbeReport, 'laboratory'> }
  | { readonly type: 'laboratory-probed'; readonly laboratory: LaboratoryProbe }
  | { readonly type: 'calibrated'; readonly calibration: Calibration }
  /** A self-check is at this counterpart now, and so far, 0 to 1. */
  | { readonly type: 'checking'; readonly id: string; readonly fraction: number }
  | { readonly type: 'checked'; readonly report: SelfcheckReport }
  | { readonly type: 'done'; readonly end: RunEnd }
  /** Nothing ran: no Linux, no addon, bad source, no space, somebody else's experiment under way. */
  | { readonly type: 'refused'; readonly problem: Problem };

/** After one of these a bench process says nothing more. */
export const LAST_WORDS: readonly FromBench['type'][] = [
  'done',
  'refused',
  'probed',
  'laboratory-probed',
  'calibrated',
  'checked',
];

/** What the page shows, whole: the answer to `ready`, and the page's only source of state. */
export type PageState =
  /** A result as it is in its file; one that is running runs in another window or program. */
  | {
      readonly kind: 'result';
      readonly result: PageResult;
      /** Name of the result file, for the heading. */
      readonly fileName: string;
    }
  /**
   * A run of this window. The page brings the document up to date by the events that follow, and works out what it shows
   * of it, so that the host that is being measured does not.
   */
  | {
      readonly kind: 'run';
      readonly document: Result;
      readonly progress: Progress;
      readonly fileName: string;
      /** Number of the last event this state includes; the next event of this page is one more. */
      readonly sequence: number;
    }
  | { readonly kind: 'unreadable'; readonly fileName: string; readonly problem: Problem }
  | {
      readonly kind: 'probe';
      /** The last one that came to its end. */
      readonly report: ProbeReport | null;
      /** Why the last one did not. */
      readonly problem: Problem | null;
      readonly probing: boolean;
    }
  | {
      readonly kind: 'compare';
      /** URIs of the results, the reference first. The page keeps them, so that it can be restored. */
      readonly files: readonly string[];
      readonly outcome: Outcome<Comparison>;
    }
  | {
      readonly kind: 'learn';
      /** What the page was last opened at. Where its reader went since then is the page's own business. */
      readonly place: LearnPlace;
      /** Why no experiment can be started from here, or null. */
      readonly obstacle: Problem | null;
    };

/** What the user arranged on a page, such as the chosen mode; only the page knows what it means. */
export type KeptArrangement = Readonly<Record<string, unknown>>;

/** Somewhere in the glossary or among the myths. */
export interface LearnPlace {
  /** Counts how often the page was opened at a place: a new number is a wish to go there. */
  readonly visit: number;
  readonly section: LearnSection;
  /** Id of a word or of a myth; null is the top. */
  readonly anchor: string | null;
}

export const LEARN_SECTIONS = ['glossary', 'myths'] as const;
export type LearnSection = (typeof LEARN_SECTIONS)[number];

/** Page -> extension host. `id` is chosen by the page and comes back in the reply. */
export type PageRequest =
  | { readonly type: 'ready'; readonly id: number }
  | { readonly type: 'cancel'; readonly id: number }
  /** How this result was arranged when it was last open, for a page that has nothing of its own yet. */
  | { readonly type: 'arrangement'; readonly id: number }
  /** To be kept until this result is opened again. */
  | { readonly type: 'arrange'; readonly id: number; readonly kept: KeptArrangement }
  | { readonly type: 'open-as-text'; readonly id: number }
  | { readonly type: 'run-again'; readonly id: number }
  | { readonly type: 'probe-again'; readonly id: number }
  /** Of a comparison: opens one of its results. `file` is an index into its files. */
  | { readonly type: 'open-result'; readonly id: number; readonly file: number }
  /** Compares these of its files instead, the reference first. */
  | { readonly type: 'compare-files'; readonly id: number; readonly files: readonly number[] }
  /** All numbers of a comparison to the clipboard. */
  | { readonly type: 'copy-comparison'; readonly id: number }
  /** The glossary, at this word. */
  | { readonly type: 'open-word'; readonly id: number; readonly word: WordId }
  /** The experiment of a myth: started, or to the clipboard as the text of an experiment file. */
  | { readonly type: 'run-myth'; readonly id: number; readonly myth: string }
  | { readonly type: 'copy-myth'; readonly id: number; readonly myth: string }
  /** Raw samples of a case from this place on: the page has but their digest. */
  | { readonly type: 'samples'; readonly id: number; readonly case: number; readonly offset: number }
  /** The slide of a flow: the page has no need of what it takes to compose one. */
  | ({ readonly type: 'flow-picture'; readonly id: number } & SlideWish)
  /** A chart as a picture that stands alone. */
  | ({ readonly type: 'chart-picture'; readonly id: number } & ChartWish)
  /** A picture into a file that is asked for: the text of an SVG, or a PNG in base64. `name` has no ending. */
  | {
      readonly type: 'save-picture';
      readonly id: number;
      readonly name: string;
      readonly mediaType: 'image/svg+xml' | 'image/png';
      readonly data: string;
    }
  /** The listing of a mode, to show it: the page carries none of them. */
  | { readonly type: 'listing'; readonly id: number; readonly mode: string; readonly path: PathId }
  /** A text of the page, such as a table, to the clipboard. */
  | { readonly type: 'copy'; readonly id: number; readonly text: string }
  /** The listing of a mode to the clipboard. */
  | { readonly type: 'copy-listing'; readonly id: number; readonly mode: string; readonly path: PathId }
  /** The listing of a mode into a file that is asked for, with what it takes to run it. */
  | { readonly type: 'save-listing'; readonly id: number; readonly mode: string; readonly path: PathId };

/** What a request comes back with; of the others, only that it was done. */
export interface PageAnswers {
  readonly ready: PageState;
  readonly arrangement: KeptArrangement | null;
  readonly samples: SamplePage;
  readonly 'flow-picture': PictureText;
  readonly 'chart-picture': PictureText;
  readonly listing: Listing;
}
export type PageAnswer = PageAnswers[keyof PageAnswers] | null;

/** Extension host -> page. */
export type PageMessage =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly answer: PageAnswer }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly problem: Problem }
  /** `sequence` counts up by one; a page that sees a gap asks `ready` again. */
  | { readonly type: 'event'; readonly sequence: number; readonly event: RunEvent }
  | { readonly type: 'progress'; readonly progress: Progress | null }
  /** What is behind the page changed, the file by other hands or the probe: ask `ready` again. */
  | { readonly type: 'stale' };
