/** The page's one way to the extension host: requests with replies, and messages that come by themselves. */
import * as l10n from '@vscode/l10n';
import type {
  KeptArrangement,
  LearnPlace,
  PageAnswer,
  PageAnswers,
  PageMessage,
  PageRequest,
} from '../../model/messages.ts';
import type { Problem } from '../../model/result/problem.ts';
import type { FlowArrangement } from '../flow/flowPanel.ts';

/** What can be asked of the host; it gets its `id` on the way. */
export type Asked = PageRequest extends infer One ? (One extends PageRequest ? Omit<One, 'id'> : never) : never;

/** What the host answers to a request. */
export type AnswerTo<One extends Asked> = AnswerOf<One['type']>;
type AnswerOf<Type> = Type extends keyof PageAnswers ? PageAnswers[Type] : null;

/** What comes from the host without having been asked for. */
export type Unasked = Exclude<PageMessage, { readonly type: 'reply' }>;

/** What the user arranged. Data is never kept here: it is asked for again. */
export interface Arrangement extends FlowArrangement {
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly detailsOpen: boolean;
  /** What a restored page is about, where no editor knows it: URIs of results. */
  readonly files: readonly string[];
  /** Quantity a comparison shows. */
  readonly quantity: string | null;
  /** On the page of words and myths; the extension reads it after a reload of the window. */
  readonly place: LearnPlace | null;
  readonly charts: ChartArrangement;
}

/** What the user chose about the charts. */
export interface ChartArrangement {
  /** Id of the chart whose tab is open; null: the first. */
  readonly shown: string | null;
  /** Id of the chart beside it, or `none`; null: the usual one. */
  readonly beside: string | null;
  readonly log: boolean;
  readonly boxes: boolean;
  readonly table: boolean;
  /** Modes that were taken out. */
  readonly hidden: readonly string[];
}

const UNARRANGED: Arrangement = {
  mode: null,
  compare: null,
  widths: null,
  sort: null,
  detailsOpen: false,
  files: [],
  quantity: null,
  place: null,
  charts: { shown: null, beside: null, log: false, boxes: false, table: false, hidden: [] },
};

/** A request the host could not fulfil. */
export class HostProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Wraps `acquireVsCodeApi`, which may be called once only. */
export class Host {
  private readonly api = acquireVsCodeApi();
  private readonly waiting = new Map<
    number,
    { readonly done: (answer: PageAnswer) => void; readonly failed: (problem: HostProblem) => void }
  >();
  private nextId = 1;

  /** @param heard gets every message that is not a reply */
  constructor(heard: (message: Unasked) => void) {
    window.addEventListener('message', (event: MessageEvent<PageMessage>) => {
      const message = event.data;
      if (message.type !== 'reply') return heard(message);
      const asked = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.ok) asked?.done(message.answer);
      else asked?.failed(new HostProblem(message.problem));
    });
  }

  /** @throws HostProblem when the host says it cannot */
  request<One extends Asked>(asked: One): Promise<AnswerTo<One>> {
    const id = this.nextId++;
    return new Promise((done, failed) => {
      // The type of a request decides what its reply holds; see PageAnswers.
      this.waiting.set(id, { done: (answer) => done(answer as AnswerTo<One>), failed });
      this.api.postMessage({ ...asked, id } satisfies PageRequest);
    });
  }

  get arrangement(): Arrangement {
    // A state that an earlier version kept may lack some of it.
    const kept = this.api.getState() as Partial<Arrangement> | undefined;
    return { ...UNARRANGED, ...kept, charts: { ...UNARRANGED.charts, ...kept?.charts } };
  }

  keep(change: Partial<Arrangement>): void {
    this.api.setState({ ...this.arrangement, ...change });
  }

  /** Takes up an arrangement of an earlier page. What this page has of its own, from before a reload, is newer. */
  adopt(kept: KeptArrangement): void {
    if (this.api.getState() === undefined) this.api.setState(kept);
  }
}

/** A problem to show, whatever went wrong. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HostProblem) return error.problem;
  return {
    code: 'page',
    message: l10n.t('The page could not do this: {0}', error instanceof Error ? error.message : String(error)),
    hint: l10n.t('Close the page and open the result file again.'),
  };
}
