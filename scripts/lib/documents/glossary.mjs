// docs/glossary.md, as the model has it now.
import { anchorOf } from './markdown.mjs';

/**
 * @typedef {import('./model.mjs').Model} Model
 * @typedef {import('../../../src/model/glossary/term.ts').Term} Term
 */

const INTRODUCTION = `# Glossary

<!-- Written by \`npm run documents\` from src/model/glossary; edit there. -->

The words of the page. In VS Code they explain themselves on hover and focus, and **Open Glossary** has each with a
picture.
`;

/** @param {Model} model */
export function glossaryDocument(model) {
  const terms = model.terms();
  const names = new Map(terms.map(({ id, name }) => [id, name]));
  return [
    INTRODUCTION,
    ...model.TOPICS.flatMap((topic) => [
      `## ${model.topicName(topic)}\n`,
      ...terms.filter((term) => term.topic === topic).map((term) => entry(term, names)),
    ]),
  ].join('\n');
}

/**
 * @param {Term} term
 * @param {ReadonlyMap<string, string>} names
 */
function entry({ name, short, long, seeAlso, sources }, names) {
  const others = seeAlso.map((id) => names.get(id) ?? id);
  return [
    `### ${name}\n`,
    `**${short}**\n`,
    ...long.map((paragraph) => `${paragraph}\n`),
    ...(others.length === 0
      ? []
      : [`See also: ${others.map((other) => `[${other}](#${anchorOf(other)})`).join(', ')}.\n`]),
    ...(sources.length === 0 ? [] : [`Sources: ${sources.join('; ')}.\n`]),
  ].join('\n');
}
