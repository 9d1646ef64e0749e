/** The modes of a result with their looks: one legend for all charts, in which modes are taken out and put back. */

import * as l10n from '@vscode/l10n';
import { html, svg, type TemplateResult } from 'lit';
import { modeName } from '../../model/caseName.ts';
import type { Pointing } from '../shell/pointing.ts';
import { lookClass, modeLook } from '../shell/theme.ts';

/** @param choose is told the modes that are hidden from now on */
export function chartLegend(
  modes: readonly string[],
  hidden: readonly string[],
  pointing: Pointing,
  choose: (hidden: readonly string[]) => void,
): TemplateResult {
  const toggle = (mode: string) =>
    choose(hidden.includes(mode) ? hidden.filter((each) => each !== mode) : [...hidden, mode]);
  return html`<div class="mode-legend" role="group" aria-label=${l10n.t('Modes in the charts')} data-part="mode-legend">
    <ul role="list" @pointerleave=${() => pointing.at(null)}>
      ${modes.map((mode, nth) => {
        const only = modes.filter((each) => each !== mode);
        return html`<li @pointerenter=${() => pointing.at({ case: null, mode })}>
          <button
            role="checkbox"
            aria-checked=${!hidden.includes(mode)}
            data-legend-mode=${mode}
            @click=${() => toggle(mode)}
            @focus=${() => pointing.at({ case: null, mode })}
            @blur=${() => pointing.at(null)}
          >
            <span class="tick codicon codicon-check" aria-hidden="true"></span> ${lookSample(nth)} ${modeName(mode)}
          </button>
          <button
            class="only"
            data-only=${mode}
            title=${l10n.t('Only {0}', modeName(mode))}
            aria-label=${l10n.t('Only {0}', modeName(mode))}
            @click=${() => choose(only)}
          >
            <span class="codicon codicon-target" aria-hidden="true"></span>
          </button>
        </li>`;
      })}
    </ul>
    <button class="as-link" data-part="all-modes" ?disabled=${hidden.length === 0} @click=${() => choose([])}>${l10n.t('All')}</button>
    <button class="as-link" data-part="no-modes" ?disabled=${hidden.length === modes.length} @click=${() => choose(modes)}>
      ${l10n.t('None')}
    </button>
  </div>`;
}

/** A short piece of the line with its point, as drawn in the charts. */
function lookSample(nth: number): TemplateResult {
  const { dash, shape } = modeLook(nth);
  return html`<svg class="legend-sample ${lookClass(nth)}" viewBox="0 0 36 12" width="36" height="12" aria-hidden="true">
    <line x1="1" y1="6" x2="35" y2="6" stroke-dasharray=${dash.join(' ') || 'none'} />
    ${pointShape(shape)}
  </svg>`;
}

function pointShape(shape: string): TemplateResult {
  switch (shape) {
    case 'rect':
      return svg`<rect x="14.5" y="2.5" width="7" height="7" />`;
    case 'triangle':
      return svg`<path d="M18 1.5 22 9.5 14 9.5Z" />`;
    case 'rectRot':
      return svg`<path d="M18 1 23 6 18 11 13 6Z" />`;
    case 'star':
      return svg`<path d="M18 1V11M13 6H23M14.5 2.5 21.5 9.5M21.5 2.5 14.5 9.5" />`;
    case 'cross':
      return svg`<path d="M18 1V11M13 6H23" />`;
    default:
      return svg`<circle cx="18" cy="6" r="4" />`;
  }
}
