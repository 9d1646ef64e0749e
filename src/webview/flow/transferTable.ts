/** What the steps say about the whole transfer, beside what the samples counted. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { caseSettings } from '../../model/caseSettings.ts';
import { objectBytesOf, oneOfEachSize, sizeOf } from '../../model/caseSize.ts';
import type { Flow } from '../../model/flow.ts';
import { countsOfCase } from '../../model/modes/calls.ts';
import type { ModeDescriptor } from '../../model/modes/descriptor.ts';
import type { PageCase, PageResult } from '../../model/pageResult.ts';
import { sidesOf } from '../../model/sides.ts';
import { pooledCpuSplit } from '../../model/summary.ts';
import { formatBytes, formatNumber, MIB } from '../../model/units.ts';

/**
 * One row per size of the mode that ran. Where nothing is timed there is nothing counted either.
 * @param settings of the cases whose flow it is
 */
export function transferTable(mode: ModeDescriptor, flow: Flow, result: PageResult, settings: string): TemplateResult {
  const own = result.cases.filter((one) => one.mode === mode.id && !one.control && caseSettings(one) === settings);
  const cases = oneOfEachSize(own);
  const counted = result.experiment.kind !== 'hazards';
  const { sender } = sidesOf(result.experiment.path);
  const objects = result.experiment.kind === 'objects';
  const heading = objects
    ? l10n.t('Whole transfers of many objects, on this host')
    : l10n.t('The whole transfer of {0}, on this host', formatBytes(result.experiment.bytes));
  return html`<h3>${heading}</h3>
    <div class="scroll-x" tabindex="0" role="region" aria-label=${heading}>
      <table class="numbers transfer" data-part="transfer">
        <thead>
          <tr>
            <th scope="col">${objects ? l10n.t('Object') : l10n.t('Buffer')}</th>
            ${objects ? html`<th scope="col" class="number">${l10n.t('Bytes')}</th>` : nothing}
            <th scope="col">${l10n.t('Calls, from the steps')}</th>
            ${counted ? html`<th scope="col">${l10n.t('Calls, counted')}</th>` : nothing}
            <th scope="col" class="number">${l10n.t('Crossings, from the steps')}</th>
            ${counted ? html`<th scope="col" class="number">${l10n.t('Crossings, counted')}</th>` : nothing}
            <th scope="col" class="number">${l10n.t('Copied by the CPU')}</th>
            ${counted ? html`<th scope="col" class="number">${l10n.t('CPU s/GiB, user + system')}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${cases.map((one) => row(mode, flow, one, counted))}
        </tbody>
      </table>
    </div>
    ${
      counted
        ? html`<p class="footnote">
            ${l10n.t('Counted: median of the measured transfers, calls of the {0}. A short read or write, or a call that a signal cut short, adds to the calls of the steps.', sender)}
            ${objects ? l10n.t('Counted with what it takes to open, set up and close every object, which is no step.') : nothing}
            ${l10n.t('User and system time of the {0} are pooled over all rounds: the kernel only samples them, at its timer tick.', sender)}
          </p>`
        : nothing
    }`;
}

function row(mode: ModeDescriptor, flow: Flow, one: PageCase, counted: boolean): TemplateResult {
  const counts = countsOfCase(mode, flow, one);
  const crossings = one.summary?.crossingsPerMib;
  const split = pooledCpuSplit(one);
  const size = sizeOf(one);
  return html`<tr data-size=${size ?? 'whole'}>
    <th scope="row">${size === null ? l10n.t('whole transfer') : formatBytes(size)}</th>
    ${objectBytesOf(one) === null ? nothing : html`<td class="number">${formatBytes(one.bytes)}</td>`}
    <td data-count="calls">${callList(counts.calls, counts.callsAtMost)}</td>
    ${counted ? html`<td data-count="measuredCalls">${callList(one.digest.calls)}</td>` : nothing}
    <td class="number" data-count="transferCrossings">${upTo(counts.crossings, counts.atMost)}</td>
    ${
      counted
        ? html`<td class="number" data-count="measuredCrossings">
            ${crossings === undefined ? '–' : formatNumber(Math.round(crossings.median * (one.bytes / MIB)))}
          </td>`
        : nothing
    }
    <td class="number" data-count="cpuCopiedBytes">${formatBytes(counts.cpuCopiedBytes)}</td>
    ${
      counted
        ? html`<td class="number" data-count="cpuSplit">
            ${split === null ? '–' : `${formatNumber(split.user)} + ${formatNumber(split.system)}`}
          </td>`
        : nothing
    }
  </tr>`;
}

function callList(calls: Readonly<Record<string, number>>, atMost: readonly string[] = []): string {
  const parts = Object.entries(calls).map(([name, count]) => `${name} ${upTo(count, atMost.includes(name))}`);
  return parts.length === 0 ? '–' : parts.join(', ');
}

function upTo(count: number, atMost: boolean): string {
  return atMost ? l10n.t('at most {0}', formatNumber(count)) : formatNumber(count);
}
