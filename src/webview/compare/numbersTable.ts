/** The numbers of a comparison as a plain table: for those who read or copy instead of looking. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Comparison, Quantity } from '../../model/comparison/comparison.ts';
import { numbersOf } from '../../model/comparison/words.ts';

export function numbersTable(comparison: Comparison, quantity: Quantity): TemplateResult | typeof nothing {
  const { head, rows, names } = numbersOf(comparison, quantity);
  if (rows.length === 0) return nothing;
  const isName = (column: number) => column < names || column === head.length - 1;
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${quantity.name}>
    <table class="numbers" data-quantity=${quantity.id}>
      <caption>
        ${quantity.name}
      </caption>
      <thead>
        <tr>
          ${head.map((text, column) => html`<th scope="col" class=${isName(column) ? '' : 'number'}>${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            ${row.map((text, column) =>
              column === 0
                ? html`<th scope="row">${text}</th>`
                : html`<td class=${isName(column) ? '' : 'number'}>${text}</td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
