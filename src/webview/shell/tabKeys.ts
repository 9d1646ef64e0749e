/** The keys of a row of tabs. */

/**
 * The tab that a key leads to, which has the focus then: arrow keys go to the neighbour, Home and End to the ends.
 * Undefined for other keys, and where no tab has the focus.
 * @param row element that the tabs are in
 */
export function tabReached(event: KeyboardEvent, row: Element): HTMLElement | undefined {
  const tabs = [...row.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  const tab = to === undefined ? undefined : tabs.at(to % tabs.length);
  if (at === -1 || tab === undefined) return undefined;
  event.preventDefault();
  tab.focus();
  return tab;
}
