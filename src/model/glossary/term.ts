/** An entry of the glossary: a word, with all that there is to say about it. */
import * as l10n from '@vscode/l10n';
import type { ClassicFlow } from '../modes/descriptor.ts';
import type { Scene } from '../picture/scene.ts';
import type { Word, WordId } from './word.ts';

export interface Term extends Word {
  readonly topic: Topic;
  /** Paragraphs. */
  readonly long: readonly string[];
  readonly picture: Picture;
  readonly seeAlso: readonly WordId[];
  /** Where it can be looked up: man pages, and files of the Linux source. */
  readonly sources: readonly string[];
}

/** In the order of the glossary. */
export const TOPICS = ['places', 'calls', 'memory', 'copies', 'measuring'] as const;
export type Topic = (typeof TOPICS)[number];

export function topicName(topic: Topic): string {
  switch (topic) {
    case 'places':
      return l10n.t('Where bytes are');
    case 'calls':
      return l10n.t('Calls and the CPU');
    case 'memory':
      return l10n.t('Addresses and pages');
    case 'copies':
      return l10n.t('Copies, and ways around them');
    case 'measuring':
      return l10n.t('Measurements');
  }
}

/** A drawing of its own, or a flow of the model where that says it best. */
export type Picture =
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'flow'; readonly classic: ClassicFlow };
