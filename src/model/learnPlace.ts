/** Where the reader of the glossary and the myths is, as the page keeps it over a reload of the window. */
import { LEARN_SECTIONS, type LearnPlace } from './messages.ts';

/** The place among the things that a page had kept; null where there is none that can be used. */
export function readLearnPlace(kept: unknown): LearnPlace | null {
  if (!isRecord(kept) || !isRecord(kept['place'])) return null;
  const { visit, section: asked, anchor } = kept['place'];
  const section = LEARN_SECTIONS.find((each) => each === asked);
  if (section === undefined || typeof visit !== 'number' || !(typeof anchor === 'string' || anchor === null))
    return null;
  return { visit, section, anchor };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
