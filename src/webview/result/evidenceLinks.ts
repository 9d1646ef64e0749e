/** The parts of the page that findings rest on: what a link to one is called, where it is, and how it comes into sight. */

import * as l10n from '@vscode/l10n';
import { caseName, modeName } from '../../model/caseName.ts';
import { hasSeveralSizes } from '../../model/caseSize.ts';
import type { ChartKind } from '../../model/charts/description.ts';
import { chartsOf } from '../../model/charts/kinds.ts';
import type { PageResult } from '../../model/pageResult.ts';
import type { EvidenceLink } from '../../model/result/finding.ts';

type LinkTo<Part> = Extract<EvidenceLink, { readonly part: Part }>;

export function linkWords(link: EvidenceLink): string {
  switch (link.part) {
    case 'ranking':
      return l10n.t('Ranking');
    case 'chart':
      return l10n.t('Chart');
    case 'flow':
      return link.flow === null ? l10n.t('Samples') : l10n.t('Flow');
    case 'crossovers':
      return l10n.t('Crossovers');
    case 'hazards':
      return l10n.t('Table');
    case 'tiers':
      return l10n.t('Kinds of evidence');
    case 'noise':
      return l10n.t('Host during the run');
    case 'host':
      return l10n.t('Host');
  }
}

/** The words with what they are about, for those who hear the link without its sentence. */
export function linkName(link: EvidenceLink, result: PageResult): string {
  const about = aboutOf(link, result);
  return about === null ? linkWords(link) : `${linkWords(link)}: ${about}`;
}

function aboutOf(link: EvidenceLink, result: PageResult): string | null {
  if (link.part === 'crossovers') return modeName(link.mode);
  const one = 'case' in link ? result.cases[link.case] : undefined;
  return one === undefined ? null : caseName(one, hasSeveralSizes(result));
}

/** The chart a link means: of the headline of all cases, or of one quantity over the sizes. */
export function chartOf({ chart }: LinkTo<'chart'>, result: PageResult): ChartKind | undefined {
  const kinds = chartsOf(result);
  return chart === 'throughput' ? kinds[0] : kinds.find(({ id }) => id.endsWith('-by-size'));
}

/** What a link leads to, the narrowest first: where that is not on the page, what it would be in. */
export function targetsOf(link: EvidenceLink, result: PageResult): readonly string[] {
  const part = (name: string) => `[data-part="${name}"]`;
  switch (link.part) {
    case 'ranking':
      return [`${part('ranking')} tr[data-case="${link.case}"]`, part('ranking')];
    case 'chart':
      return [`zcl-chart[data-chart="${chartOf(link, result)?.id ?? ''}"]`, part('charts')];
    case 'flow': {
      if (link.flow === null) return [part('evidence'), part('flow')];
      // What a mode is for is drawn as the flow here.
      const key = link.flow.startsWith('classic-') ? link.flow : 'here';
      return [`zcl-flow-card[data-flow="${CSS.escape(key)}"]`, part('flow')];
    }
    case 'crossovers':
      return [`${part('crossovers')} tr[data-crossover="${CSS.escape(link.mode)}"]`];
    case 'hazards': {
      const one = result.cases[link.case];
      const row = `${part('hazards')} tr[data-mode="${CSS.escape(one?.mode ?? '')}"]`;
      return [`${row} [data-hazard="${one?.hazard?.kind ?? ''}"]`, part('hazards')];
    }
    case 'tiers':
      return [part('tiers')];
    case 'noise':
      return [part('noise')];
    case 'host':
      return [part('details')];
  }
}

/** Brings a part of the page into sight and puts the focus there, so that reading goes on from it. */
export function bringIntoSight(target: HTMLElement): void {
  if (target instanceof HTMLDetailsElement) target.open = true;
  if (!target.hasAttribute('tabindex')) {
    target.tabIndex = -1;
    target.addEventListener('blur', () => target.removeAttribute('tabindex'), { once: true });
  }
  target.dataset['shown'] = '';
  target.addEventListener('blur', () => delete target.dataset['shown'], { once: true });
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'center' });
}
