/** The picture of a word: a scene, or a flow with its steps in words. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Term } from '../../model/glossary/term.ts';
import type { ClassicFlow } from '../../model/modes/descriptor.ts';
import { scenePicture } from '../../model/picture/draw.ts';
import { stepNote } from '../../model/picture/flow/words.ts';
import { sidesOf } from '../../model/sides.ts';
import { diagramElement, diagramOf } from '../flow/diagram.ts';
import { svgElement } from '../shell/svgElement.ts';

/** Room for the diagram of a flow, in pixels. */
const FLOW_WIDTH = 520;

/** Drawn once: whatever is typed into the filter, the pictures stay the same. */
const drawn = new Map<string, SVGElement>();

export function pictureOf({ id, name, picture }: Pick<Term, 'id' | 'name' | 'picture'>): TemplateResult {
  const draw = () =>
    picture.kind === 'scene'
      ? svgElement(scenePicture(picture.scene, `picture-${id}`))
      : diagramElement(
          diagramOf(picture.classic.flow, {
            id: `picture-${id}`,
            title: picture.classic.title,
            width: FLOW_WIDTH,
            sides: sidesOf(picture.classic.path),
          }),
        );
  const element = drawn.get(id) ?? draw();
  drawn.set(id, element);
  return html`<figure>
    <div class="scroll-x" tabindex="0" role="region" aria-label=${l10n.t('Picture: {0}', name)}>${element}</div>
    ${picture.kind === 'flow' ? steps(picture.classic) : ''}
  </figure>`;
}

function steps({ flow, path }: ClassicFlow): TemplateResult {
  return html`<ol class="steps">
    ${flow.steps.map(
      (step, index) => html`<li>
        <span class="number-sample ${step.later ? 'later' : ''}" aria-hidden="true">${index + 1}</span>
        <span>${step.text}<span class="note">${stepNote(step, sidesOf(path))}</span></span>
      </li>`,
    )}
  </ol>`;
}
