// docs/myths.md, as the model has it now.
import { anchorOf } from './markdown.mjs';

/**
 * @typedef {import('./model.mjs').Model} Model
 * @typedef {import('../../../src/model/myths.ts').Myth} Myth
 * @typedef {import('../../../src/model/request/file.ts').ExperimentRequest} Request
 */

const INTRODUCTION = `# Myths

<!-- Written by \`npm run documents\` from src/model/myths.ts; edit there. -->

Claims about zero-copy that are wrong, or were right once: what is true instead, and an experiment that shows it on your
host. **Open Myths** in VS Code has the same with a button that runs it. What came out of each here is in
[reliability.md](reliability.md#myths); the words are those of the [glossary](glossary.md).
`;

/** @param {Model} model */
export function mythsDocument(model) {
  const names = new Map(model.terms().map(({ id, name }) => [id, name]));
  return [INTRODUCTION, ...model.myths().map((myth) => section(model, myth, names))].join('\n');
}

/**
 * @param {Model} model
 * @param {Myth} myth
 * @param {ReadonlyMap<string, string>} names of the glossary
 */
function section(model, { claim, truth, since, shown, words }, names) {
  const links = words.map((word) => `[${names.get(word) ?? word}](glossary.md#${anchorOf(names.get(word) ?? word)})`);
  return [
    `## ${claim}\n`,
    ...truth.map((paragraph) => `${paragraph}\n`),
    ...(since === null ? [] : [`So since Linux ${since}; before, it was otherwise.\n`]),
    ...(shown.how === 'not-here' ? [`Why no experiment: ${shown.why}\n`] : experiment(model, shown)),
    `Words: ${links.join(', ')}.\n`,
  ].join('\n');
}

/**
 * @param {Model} model
 * @param {Extract<Myth['shown'], { how: 'run' }>} shown
 */
function experiment(model, { request, look }) {
  return [
    `\`\`\`sh\nnode dist/cli.js run ${optionsOf(model, request)}\n\`\`\`\n`,
    'What to look at:\n',
    `${look.map(({ part, text }) => `- *${model.partName(part)}*: ${text}`).join('\n')}\n`,
  ];
}

/**
 * The options that ask for the same as these properties.
 * @param {Model} model
 * @param {Request} request
 */
function optionsOf(model, request) {
  const properties = /** @type {(import('../../../src/model/request/place.ts').RequestProperty)[]} */ (
    Object.keys(request)
  );
  return properties
    .flatMap((property) => {
      const value = request[property];
      // Laboratories are named one by one: their switches have commas.
      const values = property === 'to' && Array.isArray(value) ? value : [[value].flat().join(',')];
      return values.map((each) => `${model.optionOf(property)} ${each}`);
    })
    .join(' ');
}
